import type { AlertCase } from './alerts-case';
import { ENGINES, since, STATES, until } from './alerts-case';
import { engine, fleet, pod, podLabels, POD, SECOND, series, target, THIRD, upLabels } from './alerts-series';

const engines = [POD, SECOND].map((name) => engine(target(name))).flat();
const up = (name: string, values: string) => series('up', upLabels(target(name)), values);
const both = (values: string) => [up(POD, values), up(SECOND, values)];

/** Pods that were never ready, since the beginning. */
const unready = [POD, SECOND].flatMap((name) => pod(target(name), { ready: 0, scheduled: 0 }));
const coldStart = { without: [ENGINES], series: [...both('0x240'), ...unready, ...fleet({ available: 0 })] };

/** New pods load from minute 2 to 10, and old ones stop at 12. */
const surge = [
  ...until(12, [...engines, ...[POD, SECOND].flatMap((name) => pod(target(name)))]),
  up(POD, '1x11 0 stale'),
  up(SECOND, '1x11 0 stale'),
  ...since(10, engine(target(THIRD))),
  up(THIRD, '_x1 0x7 1x200'),
  ...since(2, pod(target(THIRD), { scheduled: 120 })),
  series('kube_pod_status_ready', { ...podLabels(target(THIRD)), condition: 'true' }, '_x1 0x7 1x200'),
];

/** The only pod stops at minute 5, and its successor loads until 14. */
const recreated = [
  ...until(5, [...engine(target()), ...pod(target())]),
  ...since(14, engine(target(THIRD))),
  up(THIRD, '_x5 0x7 1x200'),
  ...since(6, pod(target(THIRD), { scheduled: 360 })),
  series('kube_pod_status_ready', { ...podLabels(target(THIRD)), condition: 'true' }, '_x5 0x7 1x200'),
  ...fleet({ desired: 1, available: 1 }),
  series(
    'kube_deployment_status_replicas_available',
    { namespace: 'llm', deployment: 'vllm', job: 'kube-state-metrics' },
    '1x4 0x8 1x200',
  ),
];
const ONLY = /b9q4z/;

const onPod = { pod: POD };
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
    title: 'a stack scaled to zero',
    stack: 'to zero',
    without: [
      ENGINES,
      /^kube_pod.*"llm",pod="vllm-6/,
      /^DCGM.*exported_namespace="llm",exported_pod="vllm-6/,
      /^slo:.*"llm",app="vllm"/,
    ],
    series: fleet({ desired: 0, available: 0, current: 0, inactive: 1 }),
    at: 45,
    silent: [...DOWN, 'VllmScalingInactive', 'VllmReplicasMismatch', 'VllmGpuIdlePaidFor'],
  },
  {
    title: 'a start from zero',
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
  { title: 'a rolling update when the old pods stop', series: surge, at: 12, silent: START },
  { title: 'a rolling update after it', series: surge, at: 16, silent: [...START, 'VllmEngineStalled'] },
  {
    title: 'a single pod that is replaced, while the new one loads',
    without: [ONLY],
    series: recreated,
    at: 12,
    silent: START,
  },
  { title: 'a single pod that was replaced', without: [ONLY], series: recreated, at: 20, silent: START },
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
    title: 'all pods that crash together, while a third one loads',
    without: [ENGINES],
    series: [
      ...both('1x19 0x200'),
      up(THIRD, '_x19 0x200'),
      ...since(20, pod(target(THIRD), { ready: 0, scheduled: 1200 })),
    ],
    at: 24,
    fires: { VllmAllTargetsDown: [{}] },
  },
  {
    title: 'the last pod that stops, and one that was deleted before it started',
    stack: 'to zero',
    without: [ENGINES],
    series: [up(POD, '1x30 stale'), up(SECOND, '0x8 stale')],
    at: 12,
    silent: DOWN,
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
    title: 'replicas that do not become available',
    series: fleet({ desired: 5, available: 2 }),
    at: 25,
    fires: { VllmReplicasMismatch: [{ deployment: 'vllm' }] },
  },
  {
    title: 'replicas that load',
    series: fleet({ desired: 5, available: 2 }),
    at: 18,
    silent: ['VllmReplicasMismatch'],
  },
  {
    title: 'replicas that become available one after the other',
    series: [
      ...fleet({ desired: 5 }),
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
    title: 'a pod that drains, and hangs until it is killed',
    series: [
      ...until(10, engine(target())),
      ...pod(target(), { leaving: true }),
      up(POD, '1x9 0x3 stale'),
      series('kube_pod_status_ready', { ...podLabels(target()), condition: 'true' }, '1x9 0x3 stale'),
    ],
    at: 13,
    silent: [...START, 'VllmEngineStalled'],
  },
];
