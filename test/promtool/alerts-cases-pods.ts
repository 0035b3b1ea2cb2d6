import type { AlertCase } from './alerts-case';
import { ENGINES, since, STATES, until } from './alerts-case';
import { engine, fleet, pod, podLabels, POD, SECOND, series, steady, target, turning, upLabels } from './alerts-series';

const THIRD = 'vllm-7c9d8e5f41-m2n3p';
const engines = [POD, SECOND].map((name) => engine(target(name))).flat();
const up = (name: string, values: string) => series('up', upLabels(target(name)), values);
const both = (values: string) => [up(POD, values), up(SECOND, values)];

/** Pods that were never ready, since the beginning. */
const unready = [POD, SECOND].flatMap((name) => pod(target(name), { ready: 0, scheduled: 0 }));
const coldStart = { without: [ENGINES], series: [...both('0x240'), ...unready, ...fleet({ available: 0 })] };

/** New pods load from minute 2 to 10, and old ones leave at 12. */
const surge = [
  ...until(12, [...engines, ...[POD, SECOND].flatMap((name) => pod(target(name)))]),
  up(POD, '1x11 0 stale'),
  up(SECOND, '1x11 0 stale'),
  ...since(10, engine(target(THIRD))),
  up(THIRD, '_x1 0x7 1x200'),
  ...since(2, pod(target(THIRD), { scheduled: 120 })),
  series('kube_pod_status_ready', { ...podLabels(target(THIRD)), condition: 'true' }, '_x1 0x7 1x200'),
];

/** The only pod leaves at minute 5, and its successor loads until 14. */
const recreated = [
  ...until(5, [...engine(target()), ...pod(target())]),
  ...since(14, engine(target(THIRD))),
  up(THIRD, '_x5 0x7 1x200'),
  ...since(6, pod(target(THIRD), { scheduled: 360 })),
  series('kube_pod_status_ready', { ...podLabels(target(THIRD)), condition: 'true' }, '_x5 0x7 1x200'),
  ...fleet({ wanted: 1, available: 1 }),
  series(
    'kube_deployment_status_replicas_available',
    { namespace: 'llm', deployment: 'vllm', job: 'kube-state-metrics' },
    '1x4 0x8 1x200',
  ),
];
const ONLY = /b9q4z/;

const restarts = (values: string) =>
  series('kube_pod_container_status_restarts_total', { ...podLabels(target()), container: 'vllm' }, values);
const onPod = { pod: POD };
const inContainer = { pod: POD, container: 'vllm' };
const pending = pod(target(THIRD), { ready: 0, scheduled: 7200, unschedulable: true });
const DOWN = ['VllmTargetAbsent', 'VllmAllTargetsDown', 'VllmTargetDown'];
const START = [...DOWN, 'VllmStartupSlow', 'VllmReplicasMismatch', 'VllmRestartLoop', 'VllmGpuMetricsMissing'];

export const POD_CASES: readonly AlertCase[] = [
  { title: 'no target', without: [ENGINES], at: 10, fires: { VllmTargetAbsent: [{}] } },
  {
    title: 'no target and no kube-state-metrics',
    without: [ENGINES, STATES],
    at: 10,
    fires: { VllmTargetAbsent: [{}] },
  },
  { title: 'no target for four minutes', series: until(6, engines), at: 10, silent: ['VllmTargetAbsent'] },
  {
    title: 'asleep at night, scaled to zero',
    stack: 'to zero',
    without: [
      ENGINES,
      /^kube_pod.*"llm",pod="vllm-6/,
      /^DCGM.*exported_namespace="llm",exported_pod="vllm-6/,
      /^slo:.*ttft"/,
    ],
    series: fleet({ wanted: 0, available: 0, current: 0, inactive: 1 }),
    at: 45,
    silent: [...DOWN, 'VllmScalingInactive', 'VllmReplicasMismatch', 'VllmGpuIdlePaidFor'],
  },
  {
    title: 'waking up from zero',
    stack: 'to zero',
    ...coldStart,
    at: 9,
    silent: START,
  },
  { title: 'a cold start', ...coldStart, at: 9, silent: START },
  {
    title: 'a cold start without kube-state-metrics',
    without: [ENGINES, STATES],
    series: both('0x240'),
    at: 15,
    silent: [...DOWN, 'VllmGpuMetricsMissing'],
  },
  {
    title: 'a cold start that does not end',
    ...coldStart,
    at: 35,
    fires: {
      VllmAllTargetsDown: [{}],
      VllmStartupSlow: [{ pod: POD }, { pod: SECOND }],
      VllmReplicasMismatch: [{ deployment: 'vllm' }],
    },
  },
  {
    title: 'a rolling update while the new pod loads',
    series: surge,
    at: 9,
    silent: START,
  },
  { title: 'a rolling update when the old pods leave', series: surge, at: 12, silent: START },
  { title: 'a rolling update after it', series: surge, at: 16, silent: [...START, 'VllmEngineStalled'] },
  {
    title: 'an only pod that is replaced, while the new one loads',
    without: [ONLY],
    series: recreated,
    at: 12,
    silent: START,
  },
  { title: 'an only pod that was replaced', without: [ONLY], series: recreated, at: 20, silent: START },
  {
    title: 'all pods that crash together',
    without: [ENGINES],
    series: both('1x19 0x200'),
    at: 24,
    fires: { VllmAllTargetsDown: [{}] },
  },
  {
    title: 'all pods that crash together, without kube-state-metrics, half an hour later',
    without: [ENGINES, STATES],
    series: both('1x19 0x200'),
    at: 50,
    fires: { VllmAllTargetsDown: [{}] },
  },
  {
    title: 'one of two pods that crashes',
    series: [...until(20, engine(target())), up(POD, '1x19 0x200'), ...pod(target(), { ready: 0 })],
    at: 40,
    silent: ['VllmAllTargetsDown', 'VllmTargetDown'],
    fires: { VllmStartupSlow: [onPod] },
  },
  {
    title: 'a ready pod that Prometheus cannot scrape',
    series: [...until(10, engine(target())), up(POD, '1x9 0x200')],
    at: 16,
    fires: { VllmTargetDown: [onPod] },
  },
  {
    title: 'a scrape that fails twice',
    series: [up(POD, '1x9 0x1 1x200')],
    at: 12,
    silent: ['VllmTargetDown', 'VllmAllTargetsDown'],
  },
  {
    title: 'replicas that do not come',
    series: fleet({ wanted: 5, available: 2 }),
    at: 25,
    fires: { VllmReplicasMismatch: [{ deployment: 'vllm' }] },
  },
  { title: 'replicas that load', series: fleet({ wanted: 5, available: 2 }), at: 18, silent: ['VllmReplicasMismatch'] },
  {
    title: 'replicas that come one after the other',
    series: [
      ...fleet({ wanted: 5 }),
      series(
        'kube_deployment_status_replicas_available',
        { namespace: 'llm', deployment: 'vllm', job: 'kube-state-metrics' },
        '1x9 2x9 3x9 4x9',
      ),
    ],
    at: 35,
    silent: ['VllmReplicasMismatch'],
  },
  {
    title: 'an engine that restarts every five minutes',
    series: [restarts('0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x200')],
    at: 40,
    fires: { VllmRestartLoop: [inContainer] },
  },
  {
    title: 'an engine that fails at the end of each start',
    series: [restarts('0x12 1x12 2x12 3x12 4x200')],
    at: 60,
    fires: { VllmRestartLoop: [inContainer] },
  },
  { title: 'an engine that restarted twice', series: [restarts('0x9 1x9 2x200')], at: 40, silent: ['VllmRestartLoop'] },
  {
    title: 'an engine that ran out of memory',
    series: [...pod(target(), { outOfMemory: true }), restarts('0x19 1x200')],
    at: 25,
    fires: { VllmOomKilled: [inContainer] },
  },
  {
    title: 'an engine that ran out of memory long ago',
    series: [...pod(target(), { outOfMemory: true }), restarts('0x19 1x200')],
    at: 60,
    silent: ['VllmOomKilled'],
  },
  {
    title: 'an engine that restarted for another reason',
    series: [restarts('0x19 1x200')],
    at: 25,
    silent: ['VllmOomKilled', 'VllmRestartLoop'],
  },
  {
    title: 'a pod that was ready and is not any more',
    series: [turning('kube_pod_status_ready', { ...podLabels(target()), condition: 'true' }, 1, 20, 0)],
    at: 45,
    silent: ['VllmStartupSlow'],
  },
  {
    title: 'a pod that is deleted while it loads',
    series: pod(target(THIRD), { ready: 0, scheduled: 0, leaving: true }),
    at: 14,
    silent: ['VllmStartupSlow'],
  },
  {
    title: 'a pod that waits for a node',
    series: pending,
    at: 12,
    fires: { VllmNoCapacity: [{ pod: THIRD }] },
    silent: ['VllmStartupSlow'],
  },
  { title: 'a pod that waits for a node that starts', series: pending, at: 8, silent: ['VllmNoCapacity'] },
  {
    title: 'a rollout past its deadline',
    series: fleet({ progressing: 0 }),
    at: 5,
    fires: { VllmRolloutStuck: [{ deployment: 'vllm' }] },
  },
  {
    title: 'a rollout that is on its way',
    series: [
      ...fleet({ wanted: 2, available: 1 }),
      steady('kube_deployment_status_replicas_updated', { namespace: 'llm', deployment: 'vllm' }, 1),
    ],
    at: 10,
    silent: ['VllmRolloutStuck', 'VllmReplicasMismatch'],
  },
];
