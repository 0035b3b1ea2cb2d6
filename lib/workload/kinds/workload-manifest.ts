import type { WorkloadPlan } from '../workload-plan';
import { deployment } from './deployment-manifest';
import type { WorkloadKindName } from './workload-kinds';

const MANIFESTS: Readonly<Record<WorkloadKindName, (workload: WorkloadPlan) => object>> = { Deployment: deployment };

/** The manifest of a workload, of the kind that was decided. */
export function workloadManifest(workload: WorkloadPlan): object {
  return MANIFESTS[workload.kind](workload);
}
