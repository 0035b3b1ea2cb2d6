import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/** The Service, with a named target port: the pod sets its number. */
export function service(workload: WorkloadPlan): object {
  const { plan, selector } = workload;
  return kubeManifest('Service', {
    metadata: objectMetadata(workload, plan.names.service),
    spec: {
      type: 'ClusterIP',
      selector: { ...selector },
      ports: [{ name: 'http', port: plan.port, targetPort: 'http' }],
    },
  });
}
