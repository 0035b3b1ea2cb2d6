import { k8s } from 'cdk8s-plus-28';
import type { ServiceMonitorProps } from '../../../imports/monitoring.coreos.com';
import { DCGM } from '../../defaults';
import type { ExporterContext } from './dcgm-context';
import { exporterLabels, exporterNames, exporterSelector } from './dcgm-context';
import type { ExporterSettings } from './dcgm-settings';

/**
 * What happens to the labels of the target. The exporter's own `pod`, `namespace` and `container` go, so that those of a
 * series are the pod that uses the GPU, and an idle GPU has none; the node is kept. Prometheus Operator appends these
 * after its own rules (prometheus-operator pkg/prometheus/promcfg.go).
 */
export function exporterRelabelings() {
  return [
    { action: 'replace' as never, sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
    { action: 'labeldrop' as never, regex: 'pod|namespace|container' },
  ];
}

/** Addresses of the exporters. It has no address of its own: each exporter knows about its node only. */
export function exporterService(context: ExporterContext): object {
  return k8s.KubeService.manifest({
    metadata: {
      name: exporterNames(context.name).service,
      namespace: context.namespace,
      labels: exporterLabels(context),
    },
    spec: {
      clusterIp: 'None',
      selector: exporterSelector(context),
      ports: [{ name: 'metrics', port: DCGM.port, targetPort: k8s.IntOrString.fromString('metrics') }],
    },
  });
}

/** What Prometheus scrapes. */
export function exporterMonitor({ interval, scrapeTimeout }: ExporterSettings, context: ExporterContext): object {
  const spec = {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: exporterSelector(context) },
    endpoints: [
      {
        port: 'metrics',
        path: '/metrics',
        interval: `${interval}s`,
        scrapeTimeout: `${scrapeTimeout}s`,
        honorLabels: true,
        relabelings: exporterRelabelings(),
      },
    ],
  } satisfies ServiceMonitorProps['spec'];
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      name: exporterNames(context.name).monitor,
      namespace: context.namespace,
      labels: { ...exporterLabels(context), ...context.monitoringLabels },
    },
    spec,
  };
}
