import type { AlertCase } from './alerts-case';
import { ENGINES, until } from './alerts-case';
import { engine, ofEngine, POD, SECOND, series, steady, target } from './alerts-series';

const ofPod = ofEngine(target());
const waiting = (values: string) =>
  [POD, SECOND].map((name) => series('vllm:num_requests_waiting', ofEngine(target(name)), values));
const onEngine = { pod: POD, engine: '0' };
const flatFrom20 = ['vllm:generation_tokens_total', 'vllm:prompt_tokens_total'].map((metric) =>
  series(metric, ofPod, '0+600x19 11400x200'),
);
const OLD_KV = 'vllm:gpu_cache_usage_perc';

const CASES: readonly AlertCase[] = [
  {
    title: 'an engine that hangs',
    series: flatFrom20,
    at: 32,
    fires: { VllmEngineStalled: [onEngine] },
  },
  { title: 'an engine that reads a very long prompt', series: flatFrom20, at: 27, silent: ['VllmEngineStalled'] },
  {
    title: 'an engine without requests',
    series: engine(target(), { running: 0, tokens: 0 }),
    at: 30,
    silent: ['VllmEngineStalled', 'VllmPreemptions', 'VllmQueueTimeHigh', 'VllmRequestsRefused'],
  },
  {
    title: 'an engine of an embedding model, which generates nothing',
    series: [series('vllm:generation_tokens_total', ofPod, '0x240')],
    at: 30,
    silent: ['VllmEngineStalled'],
  },
  {
    title: 'a pod that ends its last streams and stops',
    series: until(
      20,
      engine(target(), { running: 1, tokens: 0 }).filter(([selector]) => !selector.includes('_tokens_')),
    ),
    at: 30,
    silent: ['VllmEngineStalled', 'VllmTargetDown'],
  },
  {
    title: 'one engine of two in a pod that hangs',
    series: [
      series('vllm:num_requests_running', { ...ofPod, engine: '1' }, '3x240'),
      series('vllm:generation_tokens_total', { ...ofPod, engine: '1' }, '500x240'),
      series('vllm:prompt_tokens_total', { ...ofPod, engine: '1' }, '500x240'),
    ],
    at: 15,
    fires: { VllmEngineStalled: [{ pod: POD, engine: '1' }] },
  },
  {
    title: 'one request of ten refused',
    series: [POD, SECOND].flatMap((name) => engine(target(name), { refused: 6.7 })),
    at: 16,
    fires: { VllmRequestsRefused: [{}] },
  },
  {
    title: 'one request of sixty refused',
    series: [POD, SECOND].flatMap((name) => engine(target(name), { refused: 1 })),
    at: 30,
    silent: ['VllmRequestsRefused'],
  },
  { title: 'a queue that grows', series: waiting('0+1x240'), at: 40, fires: { VllmQueueGrowing: [{}] } },
  {
    title: 'a queue that grows while a replica starts',
    series: waiting('0x9 0+1x240'),
    at: 26,
    silent: ['VllmQueueGrowing'],
  },
  {
    title: 'a queue that grows, in a stack of a fixed size',
    stack: 'fixed',
    without: [/horizontalpodautoscaler.*"keda-hpa-vllm-scaler"/],
    series: waiting('0x9 0+1x240'),
    at: 29,
    fires: { VllmQueueGrowing: [{}] },
  },
  { title: 'a long queue that does not grow', series: waiting('20x240'), at: 30, silent: ['VllmQueueGrowing'] },
  { title: 'a queue that drains', series: waiting('200-1x190'), at: 30, silent: ['VllmQueueGrowing'] },
  {
    title: 'two seconds in the queue',
    series: [POD, SECOND].flatMap((name) => engine(target(name), { queueTime: 120 })),
    at: 15,
    fires: { VllmQueueTimeHigh: [{}] },
  },
  {
    title: 'two seconds in the queue of one of many pods',
    series: engine(target(), { queueTime: 100 }),
    at: 15,
    silent: ['VllmQueueTimeHigh'],
  },
  {
    title: 'a full cache with a queue behind it',
    series: engine(target(), { kv: 0.99, waiting: 2 }),
    at: 15,
    fires: { VllmKvCacheSaturated: [onEngine] },
  },
  {
    title: 'a full cache of a release with another name for it',
    stack: 'old',
    without: [ENGINES, /^DCGM.*"vllm-6d4cf56db6-b9q4z"/],
    series: [...engine(target(), { kv: 0.99, waiting: 2 }, OLD_KV)],
    at: 15,
    fires: { VllmKvCacheSaturated: [onEngine] },
  },
  {
    title: 'a full cache without a queue',
    series: engine(target(), { kv: 0.99 }),
    at: 30,
    silent: ['VllmKvCacheSaturated'],
  },
  {
    title: 'a queue at one pod and a full cache at the other',
    series: [...engine(target(), { kv: 0.99 }), ...engine(target(SECOND), { waiting: 2 })],
    at: 30,
    silent: ['VllmKvCacheSaturated'],
  },
  {
    title: 'preemptions of one request in ten',
    series: engine(target(), { preempted: 6 }),
    at: 15,
    fires: { VllmPreemptions: [{ pod: POD }] },
  },
  {
    title: 'preemptions before the first long answer is complete',
    series: [
      ...engine(target(), { preempted: 6 }),
      steady('vllm:request_success_total', { ...ofEngine(target()), finished_reason: 'stop' }, 0),
    ],
    at: 30,
    silent: ['VllmPreemptions'],
  },
  {
    title: 'preemptions of one request in sixty',
    series: engine(target(), { preempted: 1 }),
    at: 30,
    silent: ['VllmPreemptions'],
  },
];

/** Without rules about GPUs, which need most of the time. */
export const ENGINE_CASES: readonly AlertCase[] = CASES.map((each) => ({ stack: 'other device', ...each }));
