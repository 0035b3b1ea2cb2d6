import type { Any } from '../world/world-api';
import { PORTS } from './ports';

const INTERVAL = '1s';

/** The name of a label in the discovery of Prometheus. */
const sanitized = (label: string): string => label.replaceAll(/[^A-Za-z0-9_]/g, '_');

/** Of the fields of a relabeling in a PodMonitor, the names in a configuration of Prometheus. */
const relabeling = ({ sourceLabels, targetLabel, ...rest }: Any): object => ({
  ...rest,
  ...(sourceLabels && { source_labels: sourceLabels }),
  ...(targetLabel && { target_label: targetLabel }),
});

const copy = (source: string, target: string): object => ({
  source_labels: [source],
  regex: '(.+)',
  target_label: target,
});

const keep = (source: string, value: string): object => ({ action: 'keep', source_labels: [source], regex: value });

/**
 * What the Prometheus Operator writes for a PodMonitor (prometheus-operator pkg/prometheus/promcfg.go,
 * generatePodMonitorConfig), but for the interval.
 */
function podMonitorJobs({ metadata, spec }: Any, kubeconfig: string): object[] {
  const { selector, podTargetLabels, jobLabel, podMetricsEndpoints } = spec;
  const { name, namespace } = metadata;
  return podMetricsEndpoints.map(({ port, path, honorLabels, relabelings, metricRelabelings }: Any, at: number) => ({
    job_name: `podMonitor/${namespace}/${name}/${at}`,
    honor_labels: honorLabels,
    metrics_path: path,
    scrape_interval: INTERVAL,
    scrape_timeout: INTERVAL,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] }, kubeconfig_file: kubeconfig }],
    relabel_configs: [
      ...Object.entries<string>(selector.matchLabels).map(([label, value]) =>
        keep(`__meta_kubernetes_pod_label_${sanitized(label)}`, value),
      ),
      keep('__meta_kubernetes_pod_container_port_name', port),
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      copy('__meta_kubernetes_namespace', 'namespace'),
      copy('__meta_kubernetes_pod_container_name', 'container'),
      copy('__meta_kubernetes_pod_name', 'pod'),
      ...podTargetLabels.map((label: string) =>
        copy(`__meta_kubernetes_pod_label_${sanitized(label)}`, sanitized(label)),
      ),
      { target_label: 'job', replacement: `${namespace}/${name}` },
      copy(`__meta_kubernetes_pod_label_${sanitized(jobLabel)}`, 'job'),
      { target_label: 'endpoint', replacement: port },
      ...relabelings.map(relabeling),
    ],
    metric_relabel_configs: metricRelabelings.map(relabeling),
  }));
}

/** As Argo Rollouts' own ServiceMonitor: the labels of the target hide those of the same name in the series. */
const rolloutsJob = {
  job_name: 'argo-rollouts',
  scrape_interval: INTERVAL,
  scrape_timeout: INTERVAL,
  static_configs: [
    {
      targets: [`127.0.0.1:${PORTS.rollouts.metrics}`],
      labels: { namespace: 'argo-rollouts', service: 'argo-rollouts-metrics', pod: 'argo-rollouts-0' },
    },
  ],
};

/** The jobs of Prometheus for some PodMonitors, and for the controller of Argo Rollouts. */
export function scrapeConfigs(podMonitors: readonly object[], kubeconfig: string): object[] {
  return [rolloutsJob, ...podMonitors.flatMap((each) => podMonitorJobs(each, kubeconfig))];
}
