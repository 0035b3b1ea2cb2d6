import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../cluster/server-process';
import type { ControlPlane } from '../world/control-plane';
import type { Certificate } from './certificate';
import { PORTS } from './ports';

/** Namespaces in which the controllers run. */
export const CONTROLLER_NAMESPACES = ['argo-rollouts', 'keda'] as const;

/** Starts the controller of Argo Rollouts. */
export function startRollouts(assets: string, { api, logs }: ControlPlane): ServerProcess {
  const { metrics, health } = PORTS.rollouts;
  const args = [
    ...['--kubeconfig', api.writeKubeconfig(join(logs, 'rollouts')), '--leader-elect=false'],
    ...['--metricsPort', `${metrics}`, '--healthzPort', `${health}`],
  ];
  return new ServerProcess(join(assets, 'rollouts-controller'), args, logs);
}

/** Starts KEDA's operator and its metrics server, from which the HorizontalPodAutoscaler reads. */
export async function startKeda(assets: string, plane: ControlPlane, { folder }: Certificate): Promise<void> {
  const { api, logs } = plane;
  const { keda, adapter } = PORTS;
  const kubeconfig = api.writeKubeconfig(join(logs, 'keda'));
  const environment = {
    WATCH_NAMESPACE: '',
    POD_NAMESPACE: 'keda',
    KEDA_CLUSTER_OBJECT_NAMESPACE: 'keda',
    KUBECONFIG: kubeconfig,
  };
  const operator = [
    ...['--leader-elect=false', '--enable-cert-rotation=false', '--cert-dir', folder],
    ...[
      '--metrics-bind-address',
      `127.0.0.1:${keda.metrics}`,
      '--health-probe-bind-address',
      `127.0.0.1:${keda.health}`,
    ],
    ...['--metrics-service-bind-address', `127.0.0.1:${keda.service}`],
  ];
  const metricsServer = [
    ...['lister', 'authentication', 'authorization'].flatMap((user) => [`--${user}-kubeconfig`, kubeconfig]),
    ...['--bind-address', '127.0.0.1', '--secure-port', `${adapter.api}`, '--port', `${adapter.metrics}`],
    ...['--metrics-service-address', `localhost:${keda.service}`, '--cert-dir', folder],
    ...['--tls-cert-file', join(folder, 'tls.crt'), '--tls-private-key-file', join(folder, 'tls.key')],
  ];
  mkdirSync(join(logs, 'keda-logs'));
  plane.add(new ServerProcess(join(assets, 'keda'), operator, join(logs, 'keda-logs'), environment));
  plane.add(new ServerProcess(join(assets, 'keda-adapter'), metricsServer, join(logs, 'keda-logs'), environment));
  await plane.apply(externalMetrics());
}

/** The API of external metrics, which the metrics server has. */
function externalMetrics(): object[] {
  const service = { name: 'keda-metrics-apiserver', namespace: 'keda' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: service,
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.external.metrics.k8s.io' },
      spec: {
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        service: { ...service, port: PORTS.adapter.api },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ];
}
