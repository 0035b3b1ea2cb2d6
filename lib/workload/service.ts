import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/**
 * The Service, with a named target port: the pod sets its number. `appProtocol` declares what the engine serves, so
 * that no gateway or mesh has to guess; for Istio it has precedence over the name of the port
 * (istio/istio:pkg/config/kube/conversion.go). It is never HTTP/2: vLLM serves with uvicorn, which supports HTTP/1.1
 * and WebSockets (encode/uvicorn:docs/index.md).
 */
export function service(workload: WorkloadPlan, name = workload.plan.names.service): object {
  const { plan, selector, ports } = workload;
  return kubeManifest('Service', {
    metadata: objectMetadata(workload, name),
    spec: {
      type: 'ClusterIP',
      selector: { ...selector },
      ports: [
        { name: 'http', port: plan.port, targetPort: 'http', appProtocol: plan.https ? 'https' : 'http' },
        ...ports
          .filter(({ inService }) => inService)
          .map(({ name: target, port, protocol }) => ({
            name: target,
            port,
            targetPort: target,
            protocol: protocol === 'TCP' ? undefined : protocol,
          })),
      ],
    },
  });
}
