import type { AlertCase } from './alerts-case';
import { fleet, pod, podLabels, POD, series, steady, target, THIRD, turning } from './alerts-series';

const restarts = (values: string) =>
  series('kube_pod_container_status_restarts_total', { ...podLabels(target()), container: 'vllm' }, values);
const inContainer = { pod: POD, container: 'vllm' };
const pending = pod(target(THIRD), { ready: 0, scheduled: 7200, unschedulable: true });

/** Restarts, starts and rollouts. */
export const START_CASES: readonly AlertCase[] = [
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
    title: 'an engine that restarted twice, after two restarts long ago',
    series: [restarts('2x9 3x9 4x200')],
    at: 30,
    silent: ['VllmRestartLoop'],
  },
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
    title: 'a pod on a new node, which pulls the image for six minutes and loads for eight',
    series: [
      ...pod(target(THIRD), { ready: 0, scheduled: 0 }),
      series('kube_pod_status_ready', { ...podLabels(target(THIRD)), condition: 'true' }, '0x13 1x200'),
    ],
    at: 13,
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
    title: 'a rollout in progress',
    series: [
      ...fleet({ desired: 2, available: 1 }),
      steady('kube_deployment_status_replicas_updated', { namespace: 'llm', deployment: 'vllm' }, 1),
    ],
    at: 10,
    silent: ['VllmRolloutStuck', 'VllmReplicasMismatch'],
  },
];
