import { k8s } from 'cdk8s-plus-28';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/** The Service, with a named port that the pod decides. */
export function service(workload: WorkloadPlan): object {
  const { plan, selector } = workload;
  return k8s.KubeService.manifest({
    metadata: objectMetadata(workload, plan.names.service),
    spec: {
      type: 'ClusterIP',
      selector: { ...selector },
      ports: [{ name: 'http', port: plan.port, targetPort: k8s.IntOrString.fromString('http') }],
    },
  });
}
