import { planAlerts } from '../../lib/alerts/alert-plan';
import { parseRelease } from '../../lib/engine/release';
import { COST_RECORDS } from '../../lib/metrics/gpu-records';
import { gpuRules } from '../../lib/metrics/gpu-rules';
import type { RuleGroup } from '../../lib/metrics/rules';
import type { PlannedObjective } from '../../lib/metrics/slo';
import { SLO_RECORDS } from '../../lib/metrics/slo';
import { gatewayRules } from '../../lib/plan/gateway-rules';
import type { Watched } from '../../lib/plan/watched';
import { AT_ENVOY_GATEWAY } from '../support/gateways';
import { AS_ROLLOUT, watchedWith } from '../support/watched';
import { gpu, gpuLabels } from './alerts-gpus';
import { engine, fleet, growing, pod, POD, SECOND, series, steady, target, type Target } from './alerts-series';
import type { Series } from './series';

const OBJECTIVE: PlannedObjective = {
  id: 'llm-vllm-ttft',
  service: 'llm-vllm',
  slo: 'ttft',
  kind: 'time-to-first-token',
  title: '95 % of first tokens within 1 s',
  target: 0.95,
  window: 30,
  latency: { histogram: 'vllm:time_to_first_token_seconds', bound: 1, percentile: 95 },
  burnRates: [],
};

const WATCHED = watchedWith({
  flags: ['--max-num-queued-reqs'],
  device: { nvidia: true, resourceName: 'nvidia.com/gpu', perPod: 2 },
  objectives: [OBJECTIVE],
  dollarsPerDeviceHour: 2.5,
});

/** Stacks that have other rules than each other; together they have all. */
export const STACKS = {
  scaled: WATCHED,
  'other device': { ...WATCHED, device: { nvidia: false, resourceName: 'amd.com/gpu', perPod: 2 } },
  fixed: { ...WATCHED, scaler: undefined, replicas: { min: 2, max: 2 } },
  'to zero': { ...WATCHED, replicas: { min: 0, max: 40 } },
  rollout: { ...WATCHED, workload: AS_ROLLOUT },
  'behind a gateway': {
    ...WATCHED,
    gateway: AT_ENVOY_GATEWAY,
    objectives: [OBJECTIVE, { ...OBJECTIVE, kind: 'gateway-error-rate', slo: 'gateway', latency: undefined }],
  },
  old: { ...WATCHED, release: parseRelease('0.9.0'), flags: [] },
} as const satisfies Readonly<Record<string, Watched>>;

export type StackName = keyof typeof STACKS;

/** The rules of a stack: the records of its GPUs, and all alerts that it can have. */
export function rulesOf(name: StackName): readonly RuleGroup[] {
  const watched: Watched = STACKS[name];
  const plan = planAlerts(watched, { tune: { VllmCostPer1kTokensHigh: { threshold: 0.001 } } });
  return [...gatewayRules(watched), gpuRules(watched), ...plan.groups];
}

/** A completely broken stack, under other names. */
function broken(of: Target, workload: string, uuid: string): Series[] {
  const { namespace } = of;
  const ailing = { running: 4, waiting: 50, tokens: 0, queueTime: 600, kv: 1, preempted: 60, refused: 60 };
  const keda = { namespace: 'keda', exported_namespace: namespace };
  const argo = { namespace: 'argo-rollouts', exported_namespace: namespace };
  return [
    ...engine(of, ailing),
    ...pod(of, { ready: 0, scheduled: 0, unschedulable: true, restarts: 1, outOfMemory: true }),
    ...fleet({ desired: 5, available: 1, progressing: 0, inactive: 1, current: 40 }, namespace, workload),
    ...gpu(gpuLabels(of, 'exported', { UUID: uuid }), {
      active: 0,
      temperature: 99,
      memoryTemperature: 110,
      remapFailure: 1,
      doubleBitErrors: 1,
      remappedRows: 1,
      linkErrors: 9,
      xids: { 79: 1, 31: 1 },
      clockEvents: { hw_thermal: 1 },
    }),
    growing('keda_scaler_detail_errors_total', { ...keda, scaledObject: `${workload}-scaler` }, 4),
    growing('keda_scaler_empty_upstream_responses_total', { ...keda, scaledResource: `${workload}-scaler` }, 4),
    steady('rollout_info', { ...argo, name: workload, phase: 'Abort' }, 1),
    steady('rollout_info', { ...argo, name: workload, phase: 'Paused' }, 1),
    series('analysis_run_info', { ...argo, name: `${workload}-6d4cf56db6-2-1`, phase: 'Failed' }, '_x3 1x200'),
    steady(COST_RECORDS.per1kOutputTokens, { namespace, app: of.app, model: 'other' }, 9),
    steady(SLO_RECORDS.currentBurnRate, { namespace, app: of.app, sloth_id: OBJECTIVE.id }, 99),
  ];
}

/** Next to the stack in every case: one in its namespace, one of its name elsewhere, and a broken GPU that no pod holds. */
const NEIGHBOURS: readonly Series[] = [
  ...broken({ namespace: 'llm', app: 'vllm-b', pod: `vllm-b-${POD.slice('vllm-'.length)}` }, 'vllm-b', 'GPU-21'),
  ...broken({ namespace: 'other', app: 'vllm', pod: POD }, 'vllm', 'GPU-31'),
  ...gpu(gpuLabels(undefined, 'exported', { UUID: 'GPU-41' }), { temperature: 99, xids: { 79: 1 } }),
  ...gpu(gpuLabels(undefined, 'dropped', { UUID: 'GPU-42' }), { temperature: 99, xids: { 79: 1 } }),
];

/** A healthy stack of two pods, and its neighbours. */
export const HEALTHY: readonly Series[] = [
  ...NEIGHBOURS,
  ...[POD, SECOND].flatMap((name) => [...engine(target(name)), ...pod(target(name))]),
  ...fleet(),
  ...gpu(gpuLabels(target(), 'exported')),
  ...gpu(gpuLabels(target(SECOND), 'exported', { UUID: 'GPU-12' })),
  steady('DCGM_FI_DEV_XID_ERRORS', gpuLabels(target(), 'exported'), 0),
  steady(COST_RECORDS.per1kOutputTokens, { namespace: 'llm', app: 'vllm', model: 'llama' }, 0.0005),
  steady(SLO_RECORDS.currentBurnRate, { namespace: 'llm', app: 'vllm', sloth_id: OBJECTIVE.id }, 0.5),
];
