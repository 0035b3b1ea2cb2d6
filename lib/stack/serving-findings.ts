import { sliceFindings } from '../accelerator/placement';
import type { StackUse } from '../engine/changes/version-changes';
import type { VllmVersion } from '../engine/vllm-version';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import type { ServingProps } from './serving-props';
import { upgradeFindings } from '../engine/changes/upgrade-findings';

/** Findings about the version of vLLM; `said` is true when the user set it. */
export function versionFindings(version: VllmVersion, said: boolean, stack: StackUse): Finding[] {
  if (!version.isChecked) {
    const problem = `is ${version.version}, which the library does not know: flags, variables and metrics are not checked`;
    return [warning('version-unchecked', 'vllmVersion', problem, 'use VllmVersion.of as soon as the library knows it')];
  }
  return said ? upgradeFindings(version, stack) : [];
}

/** Findings for a stack without a placement. */
export function placementFindings({ accelerator }: ServingProps): Finding[] {
  // A claim selects its GPUs.
  if (accelerator.model === undefined || accelerator._claim !== undefined) return [];
  const slice = sliceFindings(accelerator);
  if (slice.length > 0) return slice;
  const problem = `is unset: pods may also run on nodes with GPUs other than ${accelerator.model.name}, which offer ${accelerator.resourceName} too`;
  const fix = 'set a placement if the cluster has several kinds of GPUs, for example Placement.gke()';
  return [notice('placement-open', 'placement', problem, fix)];
}

/** Findings for a model without a revision. */
export function revisionFindings({ model, weights }: ServingProps): Finding[] {
  if (model.options.revision !== undefined || weights?.offline === true) return [];
  const problem = 'is unset: pods that start later may serve other weights';
  return [notice('revision-open', 'model.revision', problem, 'set it to a commit of the model repository')];
}
