import type { PodMonitorProps, ServiceMonitorProps } from '../../imports/monitoring.coreos.com';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import type { MonitorObject } from './monitor-object';
import type { MonitorPlan } from './monitor-plan';

type Endpoint = NonNullable<PodMonitorProps['spec']['podMetricsEndpoints']>[number];
type Relabeling = NonNullable<Endpoint['relabelings']>[number];

/** A label with one value. In a replacement, Prometheus reads `$` as a group of the expression and `$$` as `$`. */
const constant = (targetLabel: string, value: string): Relabeling => ({
  // The default, which Argo CD would otherwise report as a difference.
  action: 'replace' as never,
  targetLabel,
  replacement: value.replaceAll('$', '$$$$'),
});

function scheme({ tls }: MonitorObject): Pick<Endpoint, 'scheme' | 'tlsConfig'> {
  if (tls === undefined) return {};
  const { serverName, ca } = tls;
  return {
    scheme: 'https' as never,
    tlsConfig:
      serverName === undefined
        ? { insecureSkipVerify: true }
        : { serverName, ca: ca && { secret: { name: ca.secretName, key: ca.key } } },
  };
}

/** Settings of a scrape that both kinds have. */
function endpoint(object: MonitorObject, interval: number) {
  return {
    port: 'http',
    path: '/metrics',
    interval: `${interval}s`,
    scrapeTimeout: `${object.scrapeTimeout}s`,
    honorLabels: false,
    ...scheme(object),
    relabelings: [constant('model', object.model)],
    // Creation times: one more series for each counter and histogram, and no query reads them.
    metricRelabelings: [{ sourceLabels: ['__name__'], regex: '.*_created', action: 'drop' as never }],
  };
}

function podMonitor(object: MonitorObject, interval: number): PodMonitorProps['spec'] {
  return {
    jobLabel: 'app',
    selector: { matchLabels: { ...object.selector } },
    podTargetLabels: [...object.podTargetLabels],
    podMetricsEndpoints: [endpoint(object, interval)],
  };
}

function serviceMonitor(object: MonitorObject, interval: number): ServiceMonitorProps['spec'] {
  const { relabelings, ...rest } = endpoint(object, interval);
  // Other Services may have the labels of the stack too; each would scrape the same pods again.
  const onlyOwn = {
    sourceLabels: ['__meta_kubernetes_service_name'],
    regex: object.service,
    action: 'keep' as never,
  };
  return {
    jobLabel: 'app',
    selector: { matchLabels: { ...object.selector } },
    podTargetLabels: [...object.podTargetLabels],
    endpoints: [{ ...rest, relabelings: [onlyOwn, ...relabelings] } as never],
  };
}

/** The PodMonitor or ServiceMonitor; undefined with `Monitor.none()`. */
export function monitorManifest({ object, scrapeInterval }: MonitorPlan, meta: ObjectMeta): object | undefined {
  if (object === undefined) return undefined;
  const spec = (object.kind === 'PodMonitor' ? podMonitor : serviceMonitor)(object, scrapeInterval.value);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: object.kind,
    metadata: objectMetadata(object.name, meta),
    spec,
  };
}
