import { copied } from '../metrics/gpu-series';
import type { Matcher } from '../metrics/promql';
import { selector } from '../metrics/promql';

type Labels = Readonly<Record<string, Matcher>>;

/**
 * Series of DCGM about the GPUs of some pods, with `namespace` and `pod` of those pods. A monitor that does not honour
 * labels calls them `exported_namespace` and `exported_pod`, and `pod` is then the exporter's own.
 */
export function podGpuSeries(metric: string, { namespace, pod }: { namespace: Matcher; pod: Matcher }): string {
  const exported = selector(metric, { exported_namespace: namespace, exported_pod: pod });
  const renamed = copied(copied(exported, 'pod', 'exported_pod'), 'namespace', 'exported_namespace');
  return `${renamed} or ${selector(metric, { namespace, pod, exported_pod: '' })}`;
}

/**
 * Series of DCGM with their node as `node`. Which label has it depends on the exporter: `Hostname` up to 4.5.3, `hostname`
 * after NVIDIA/dcgm-exporter#655, and `node` where a monitor sets it.
 */
export function withNode(expr: string): string {
  return copied(copied(expr, 'node', 'Hostname'), 'node', 'hostname');
}

/** What to do about XID errors, by their number (docs.nvidia.com/deploy/xid-errors). */
export const XID_ADVICE =
  '13, 31, 43 and 45 come from the application. 48, 63, 64, 74, 79, 94, 95, 119 and 120 come from the hardware: drain the node.';

/** Matches any value that is not empty. */
export const ANY = { matches: '.+' } as const;

/**
 * Series of DCGM about GPUs that a pod holds, with its `namespace` and `pod`, under every layout of labels. Where the
 * monitor does not honour labels, or does but keeps its own, the series of an idle GPU have the exporter's pod as `pod`;
 * the series `up` of the same target tells which one that is.
 */
export function heldGpuSeries(metric: string, labels: Labels = {}): string {
  const exported = selector(metric, { exported_pod: ANY, ...labels });
  const renamed = copied(copied(exported, 'pod', 'exported_pod'), 'namespace', 'exported_namespace');
  const honoured = selector(metric, { exported_pod: '', pod: ANY, ...labels });
  return `${renamed} or (${honoured} unless on (instance, namespace, pod) ${selector('up', { pod: ANY })})`;
}
