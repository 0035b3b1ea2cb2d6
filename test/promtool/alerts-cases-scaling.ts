import type { AlertCase } from './alerts-case';
import { EXPORTER_LAYOUTS, fleet, growing, type Labels, series, steady } from './alerts-series';

const DETAIL = 'keda_scaler_detail_errors_total';
const EMPTY = 'keda_scaler_empty_upstream_responses_total';
const ofObject = { scaledObject: 'vllm-scaler', triggerIndex: '0' };
const ofResource = { scaledResource: 'vllm-scaler', ignoreNullValues: 'false' };
const AUTOSCALER = { horizontalpodautoscaler: 'keda-hpa-vllm-scaler' };
const info = (more: Labels) =>
  steady(
    'kube_horizontalpodautoscaler_info',
    { namespace: 'llm', scaletargetref_kind: 'Deployment', scaletargetref_name: 'vllm', ...more },
    1,
  );
const twice = (values: number) =>
  fleet({ current: values }).map(([selector, each]) => [selector.replace('}', ',instance="b"}'), each] as const);

const ofBoth: readonly AlertCase[] = EXPORTER_LAYOUTS.flatMap(([layout, namespaceOf]): AlertCase[] => [
  {
    title: `a scaler that cannot reach Prometheus, labels ${layout}`,
    series: [growing(DETAIL, { ...namespaceOf('keda'), ...ofObject }, 4)],
    at: 10,
    fires: { VllmScalerErrors: [{}] },
  },
  {
    title: `a scaler that could not reach Prometheus once, labels ${layout}`,
    series: [series(DETAIL, { ...namespaceOf('keda'), ...ofObject }, '0x4 4x240')],
    at: 20,
    silent: ['VllmScalerErrors'],
  },
  {
    title: `a scaler whose query finds nothing, labels ${layout}`,
    series: [growing(EMPTY, { ...namespaceOf('keda'), ...ofResource }, 4)],
    at: 20,
    fires: { VllmScalerBlind: [{}] },
  },
  {
    title: `a scaler whose query found nothing for a moment, labels ${layout}`,
    series: [series(EMPTY, { ...namespaceOf('keda'), ...ofResource }, '0x4 8x240')],
    at: 12,
    silent: ['VllmScalerBlind'],
  },
]);

const CASES: readonly AlertCase[] = [
  {
    title:
      'a scaler of another namespace that cannot reach Prometheus, reported by a KEDA in the namespace of the stack',
    series: [growing(DETAIL, { namespace: 'llm', exported_namespace: 'other', ...ofObject }, 4)],
    at: 10,
    silent: ['VllmScalerErrors'],
  },
  ...ofBoth,
  {
    title: 'an autoscaler that is not active',
    series: fleet({ inactive: 1 }),
    at: 15,
    fires: { VllmScalingInactive: [AUTOSCALER] },
  },
  { title: 'a new autoscaler', series: fleet({ inactive: 1 }), at: 5, silent: ['VllmScalingInactive'] },
  {
    title: 'the maximum of replicas',
    series: fleet({ current: 40 }),
    at: 20,
    fires: { VllmAtMaxReplicas: [AUTOSCALER] },
  },
  {
    title: 'the maximum of replicas for a moment',
    series: fleet({ current: 40 }),
    at: 10,
    silent: ['VllmAtMaxReplicas'],
  },
  {
    title: 'the maximum of replicas, with two kube-state-metrics',
    series: [...fleet({ current: 40 }), ...twice(40)],
    at: 20,
    fires: { VllmAtMaxReplicas: [AUTOSCALER] },
  },
  {
    title: 'two kube-state-metrics',
    series: twice(2),
    at: 30,
    silent: ['VllmAutoscalerConflict', 'VllmAtMaxReplicas', 'VllmReplicasMismatch'],
  },
  {
    title: 'a second autoscaler',
    series: [info({ horizontalpodautoscaler: 'other' })],
    at: 10,
    fires: { VllmAutoscalerConflict: [{}] },
  },
  {
    title: 'an autoscaler of a stack of a fixed size',
    stack: 'fixed',
    at: 10,
    fires: { VllmAutoscalerConflict: [{}] },
  },
  {
    title: 'an autoscaler of another workload',
    series: [info({ horizontalpodautoscaler: 'other', scaletargetref_name: 'vllm-router' })],
    at: 10,
    silent: ['VllmAutoscalerConflict'],
  },
];

/** Without rules about GPUs, which need most of the time. */
export const SCALING_CASES: readonly AlertCase[] = CASES.map((each) => ({ stack: 'other device', ...each }));
