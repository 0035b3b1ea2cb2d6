import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/** The PodDisruptionBudget. Pods that are not ready never block a drain: they serve no requests. */
export function disruptionBudget(workload: WorkloadPlan): object {
  const { plan, selector, disruption } = workload;
  return kubeManifest('PodDisruptionBudget', {
    metadata: objectMetadata(workload, plan.names.disruptionBudget),
    spec: {
      selector: { matchLabels: { ...selector } },
      ...('minAvailable' in disruption
        ? { minAvailable: disruption.minAvailable }
        : { maxUnavailable: disruption.maxUnavailable }),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
