import { sliceFindings } from '../accelerator/placement';
import type { Finding } from '../preflight/finding';
import { notice } from '../preflight/finding';
import type { ServingProps } from './serving-props';

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
