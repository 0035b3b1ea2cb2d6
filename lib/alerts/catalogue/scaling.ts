import { ALERTS } from '../../defaults';
import { ofNamespace, selector } from '../../metrics/promql';
import type { Watched } from '../../plan/watched';
import type { AlertRow } from '../alert-row';
import { rate } from '../expressions';

const noScaler = ({ scaler }: Watched): string | undefined =>
  scaler ? undefined : 'the number of replicas is fixed, and no autoscaler changes it';

const BY_AUTOSCALER = 'max by (namespace, horizontalpodautoscaler)';

/** A metric of kube-state-metrics about the autoscaler that KEDA creates. */
function ofAutoscaler(metric: string, watched: Watched, more: Readonly<Record<string, string>> = {}): string {
  const labels = { namespace: watched.namespace, horizontalpodautoscaler: watched.scaler?.autoscaler ?? '', ...more };
  return `${BY_AUTOSCALER} (${selector(metric, labels)})`;
}

/** Growth of a counter of KEDA per second. */
function kedaRate(metric: string, watched: Watched, label: string): string {
  const name = watched.scaler?.name ?? '';
  return `sum${ofNamespace(watched.namespace, (labels) => rate(selector(metric, { ...labels, [label]: name })))}`;
}

export const SCALING_ALERTS: readonly AlertRow[] = [
  {
    name: 'VllmScalerErrors',
    severity: 'warning',
    pending: ALERTS.scalerErrors,
    absent: noScaler,
    expr: (watched) => `${kedaRate('keda_scaler_detail_errors_total', watched, 'scaledObject')} > 0`,
    summary: 'KEDA cannot read the load.',
    description:
      'KEDA fails to read a signal {{ $value | humanize }} times per second. Meanwhile the fallback sets the replicas.',
  },
  {
    name: 'VllmScalerBlind',
    severity: 'warning',
    pending: ALERTS.sustained,
    absent: noScaler,
    expr: (watched) => `${kedaRate('keda_scaler_empty_upstream_responses_total', watched, 'scaledResource')} > 0`,
    summary: 'A query of the scaler finds no series.',
    description: 'Prometheus answers a query of the scaler with an empty result: the series to scale on is missing.',
  },
  {
    name: 'VllmScalingInactive',
    severity: 'warning',
    pending: ALERTS.sustained,
    absent: noScaler,
    expr: (watched) => {
      const condition = { condition: 'ScalingActive', status: 'false' };
      const inactive = ofAutoscaler('kube_horizontalpodautoscaler_status_condition', watched, condition);
      // An autoscaler of no replicas is always inactive.
      return `${inactive} == 1 and ${ofAutoscaler('kube_horizontalpodautoscaler_status_current_replicas', watched)} > 0`;
    },
    summary: 'The autoscaler is not active.',
    description: 'The autoscaler reports that it is not active: the number of replicas does not follow the load.',
  },
  {
    name: 'VllmAtMaxReplicas',
    severity: 'warning',
    pending: ALERTS.atMaxReplicas,
    absent: (watched) => {
      const { min, max } = watched.replicas;
      return noScaler(watched) ?? (min === max ? `the number of replicas is always ${max}` : undefined);
    },
    expr: (watched) => {
      const current = ofAutoscaler('kube_horizontalpodautoscaler_status_current_replicas', watched);
      return `${current} >= ${ofAutoscaler('kube_horizontalpodautoscaler_spec_max_replicas', watched)}`;
    },
    summary: 'The stack is at its maximum of replicas.',
    description: 'The stack has been at its maximum of {{ $value }} replicas; more load will slow it down.',
  },
  {
    name: 'VllmAutoscalerConflict',
    severity: 'warning',
    pending: ALERTS.scalerErrors,
    expr: ({ namespace, workload, scaler }) => {
      const labels = { namespace, scaletargetref_kind: workload.kind, scaletargetref_name: workload.name };
      const names = `group by (namespace, horizontalpodautoscaler) (${selector('kube_horizontalpodautoscaler_info', labels)})`;
      return `count by (namespace) (${names}) > ${scaler ? 1 : 0}`;
    },
    summary: 'Another autoscaler scales this stack.',
    description:
      '{{ if gt $value 1.0 }}{{ $value }} autoscalers set the number of replicas, and each reverts what the others set{{ else }}An autoscaler changes the number of replicas, which the stack fixes: the next deployment of the stack reverts it{{ end }}.',
  },
];
