import type { WorkloadPlan } from '../workload-plan';
import { deployment } from './deployment-manifest';
import type { RolloutParts } from './rollout-manifest';
import { rollout } from './rollout-manifest';
import type { WorkloadKindName } from './workload-kinds';

type Manifest = (workload: WorkloadPlan, parts: RolloutParts | undefined) => object;

const MANIFESTS: Readonly<Record<WorkloadKindName, Manifest>> = {
  Deployment: (workload) => deployment(workload),
  Rollout: (workload, parts) => {
    if (parts === undefined) throw new Error('a Rollout without a strategy: its delivery was not planned');
    return rollout(workload, parts);
  },
};

/** The manifest of a workload, of the kind that was decided; `parts` are those of a Rollout. */
export function workloadManifest(workload: WorkloadPlan, parts?: RolloutParts): object {
  return MANIFESTS[workload.kind](workload, parts);
}
