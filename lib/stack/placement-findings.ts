import { sliceFindings } from '../accelerator/placement';
import type { Finding } from '../preflight/finding';
import { notice } from '../preflight/finding';
import type { ServingProps } from './serving-props';

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
