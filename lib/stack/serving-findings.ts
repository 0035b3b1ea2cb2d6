import { sliceFindings } from '../accelerator/placement';
import type { StackUse } from '../engine/changes/version-changes';
import type { VllmVersion } from '../engine/vllm-version';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import type { ServingProps } from './serving-props';
import { upgradeFindings } from '../engine/changes/upgrade-findings';

/** What a version means for a stack; `said` when the user chose it. */
export function versionFindings(version: VllmVersion, said: boolean, stack: StackUse): Finding[] {
  if (!version.isChecked) {
    const problem = `nothing is known about vLLM ${version.version}: flags, variables and metrics go unchecked`;
    return [warning('version-unchecked', 'vllmVersion', problem, 'use VllmVersion.of as soon as the library knows it')];
  }
  return said ? upgradeFindings(version, stack) : [];
}

/** What a stack without a placement leaves open. */
export function placementFindings({ accelerator }: ServingProps): Finding[] {
  // A claim says which GPUs it takes.
  if (accelerator.model === undefined || accelerator._claim !== undefined) return [];
  const slice = sliceFindings(accelerator);
  if (slice.length > 0) return slice;
  const problem = `pods also land on nodes with other GPUs than ${accelerator.model.name}: all of them offer ${accelerator.resourceName}`;
  const fix = 'say a placement if the cluster has several kinds, for example Placement.gke()';
  return [notice('placement-open', 'placement', problem, fix)];
}

/** What a model without a revision leaves open. */
export function revisionFindings({ model, weights }: ServingProps): Finding[] {
  if (model.options.revision !== undefined || weights?.offline === true) return [];
  const problem = 'is not pinned: pods that start later may serve other weights';
  return [notice('revision-open', 'model.revision', problem, 'give the commit of the model repository')];
}
