import { kubeManifest } from '../../../emit/kube-manifest';
import type { ServiceMonitorProps } from '../../../../imports/monitoring.coreos.com';
import { DCGM } from '../../../defaults';
import type { ExporterPlan } from '../dcgm-plan';

/**
 * Changes of the target's labels. The exporter's own `pod`, `namespace` and `container` are dropped, so that those of a
 * series name the pod that uses the GPU, and an idle GPU has none. The node is kept. Prometheus Operator appends these
 * after its own rules (prometheus-operator pkg/prometheus/promcfg.go).
 */
export function exporterRelabelings() {
  return [
    { action: 'replace' as never, sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
    { action: 'labeldrop' as never, regex: 'pod|namespace|container' },
  ];
}

/** Addresses of the exporters. It is headless, since each exporter reports its own node only. */
export function exporterService({ names, namespace, labels, selector }: ExporterPlan): object {
  return kubeManifest('Service', {
    metadata: { name: names.service, namespace, labels: { ...labels } },
    spec: {
      clusterIP: 'None',
      selector: { ...selector },
      ports: [{ name: 'metrics', port: DCGM.port, targetPort: 'metrics' }],
    },
  });
}

/** The ServiceMonitor. */
export function exporterMonitor(plan: ExporterPlan): object {
  const { names, namespace, labels, monitoringLabels, selector, interval, scrapeTimeout } = plan;
  const spec = {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: { ...selector } },
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
    metadata: { name: names.monitor, namespace, labels: { ...labels, ...monitoringLabels } },
    spec,
  };
}
