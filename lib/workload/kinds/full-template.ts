import { claimOfPod } from '../pod/claim-template';
import { merge } from '../pod/merge';
import { podTemplate } from '../pod/pod-template';
import type { WorkloadPlan } from '../workload-plan';

/** The pod template with its claims, and with the user's overrides merged over it: the same for every kind. */
export function fullTemplate(workload: WorkloadPlan): unknown {
  return merge(merge(podTemplate(workload), claimOfPod(workload)), workload.podTemplateOverrides);
}
