import { k8s } from 'cdk8s-plus-28';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/** The PodDisruptionBudget. Pods that are not ready never block a drain: they serve nobody. */
export function disruptionBudget(workload: WorkloadPlan): object {
  const { plan, selector, disruption } = workload;
  return k8s.KubePodDisruptionBudget.manifest({
    metadata: objectMetadata(workload, plan.names.disruptionBudget),
    spec: {
      selector: { matchLabels: { ...selector } },
      ...('minAvailable' in disruption
        ? { minAvailable: k8s.IntOrString.fromNumber(disruption.minAvailable) }
        : { maxUnavailable: k8s.IntOrString.fromNumber(disruption.maxUnavailable) }),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
