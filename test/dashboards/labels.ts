import { parser } from '@prometheus-io/lezer-promql';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import type { Release } from '../../lib/engine/release';
import { COST_RECORDS, GPU_RECORDS } from '../../lib/metrics/gpu-records';

const words = (text: string): string[] => text.split(' ');

/** Labels that the monitor of a stack adds to every series. */
const TARGET = words('namespace app model pod pod_template_hash rollouts_pod_template_hash');

const DCGM = words(
  'gpu UUID modelName GPU_I_ID GPU_I_PROFILE Hostname hostname node namespace pod instance exported_namespace exported_pod',
);
const POD = words('namespace pod');
const AUTOSCALER = words('namespace horizontalpodautoscaler');
const DEPLOYMENT = words('namespace deployment');
const SLO = words('sloth_id sloth_service sloth_slo sloth_window namespace app');
const KEDA = words('namespace exported_namespace scaledObject scaler metric');
const ROLLOUT = words('namespace exported_namespace name phase strategy traffic_router');

/** Metrics of other exporters, and records, with their labels; a name that ends with `*` begins with the rest. */
const OTHERS: readonly (readonly [name: string, labels: readonly string[]])[] = [
  ...Object.values(GPU_RECORDS).map(
    (name) => [name, words('namespace pod gpu UUID modelName GPU_I_ID GPU_I_PROFILE app model')] as const,
  ),
  ...Object.values(COST_RECORDS).map((name) => [name, words('namespace app model')] as const),
  ['slo:sli_error:ratio_rate*', SLO],
  ['slo:current_burn_rate:ratio', SLO],
  ['slo:period_error_budget_remaining:ratio', SLO],
  ['ALERTS', words('alertname alertstate severity namespace app')],
  ['up', words('namespace pod instance job')],
  ['DCGM_FI_*', DCGM],
  ['DCGM_EXP_XID_ERRORS_COUNT', [...DCGM, 'xid']],
  ['DCGM_EXP_CLOCK_EVENTS_COUNT', [...DCGM, 'clock_event']],
  ['kube_pod_status_ready', [...POD, 'condition']],
  ['kube_pod_status_unschedulable', POD],
  ['kube_pod_status_ready_time', POD],
  ['kube_pod_status_scheduled_time', POD],
  ['kube_deployment_status_observed_generation', DEPLOYMENT],
  ['kube_deployment_spec_replicas', DEPLOYMENT],
  ['kube_horizontalpodautoscaler_status_desired_replicas', AUTOSCALER],
  ['kube_horizontalpodautoscaler_status_current_replicas', AUTOSCALER],
  ['kube_horizontalpodautoscaler_spec_max_replicas', AUTOSCALER],
  ['keda_scaler_metrics_value', KEDA],
  ['keda_scaler_detail_errors_total', KEDA],
  ['rollout_info', ROLLOUT],
];

const SUFFIX = /_(bucket|sum|count)$/;

/** A metric as the catalogue of a release has it, by the name of one of its series. */
export function factOf(series: string, release: Release) {
  const catalogue = Catalogue.of(release);
  const histogram = catalogue.metric(series.replace(SUFFIX, ''));
  return histogram?.type === 'histogram' && SUFFIX.test(series) ? histogram : catalogue.metric(series);
}

/** Labels of a series, or undefined when nobody exports it. */
export function labelsOf(series: string, release: Release): readonly string[] | undefined {
  const fact = factOf(series, release);
  if (fact) return [...TARGET, ...fact.labels, ...(series.endsWith('_bucket') ? ['le'] : [])];
  return OTHERS.find(([name]) => (name.endsWith('*') ? series.startsWith(name.slice(0, -1)) : series === name))?.[1];
}

/** A query taken apart. */
export interface Parts {
  readonly errors: number;
  readonly selectors: readonly { readonly series: string; readonly labels: readonly string[] }[];
  /** Labels by which it aggregates or matches. */
  readonly grouping: readonly string[];
  /** Labels that it makes. */
  readonly made: readonly string[];
}

/** Reads a query with the grammar of Prometheus' own editor. */
export function partsOf(expr: string): Parts {
  let errors = 0;
  const selectors: { series: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  const made = Array.from(expr.matchAll(/, "(\w+)", "\$1"/g), ([, label = '']) => label);
  parser.parse(expr).iterate({
    enter: ({ type, from, to, node }) => {
      const text = expr.slice(from, to);
      if (type.isError) errors += 1;
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        selectors.push({ series: text, labels: [] });
      if (type.name === 'LabelName') {
        if (node.parent?.name === 'GroupingLabels') grouping.push(text);
        else selectors.at(-1)?.labels.push(text);
      }
    },
  });
  return { errors, selectors, grouping, made };
}
