import type { EngineSignalName } from '../../lib/scaling/signal-catalogue';
import { type Lifetime, type Load, type Pod, replicas, type Series } from './series';

/** The one element of a signal; undefined for no element. */
type Value = number | undefined;
export type Values = Readonly<Record<EngineSignalName, Value>>;

/** A situation, and what the signals read in it. */
export interface Scenario {
  readonly title: string;
  readonly pods: readonly Pod[];
  /** What kube-state-metrics reports. */
  readonly states: readonly Series[];
  readonly expected: Values;
  /** Where a stack that scales to zero reads something else. */
  readonly toZero?: Values;
}

const NAMES: readonly EngineSignalName[] = [
  'in-flight-requests',
  'kv-cache-use',
  'queued-requests',
  'request-rate',
  'generated-tokens',
  'prompt-tokens',
  'queue-time',
  'time-to-first-token',
];

/** Values in the order of the names. */
const read = (...row: readonly Value[]): Values =>
  Object.fromEntries(NAMES.map((name, index) => [name, row[index]])) as Values;
const all = (value: Value): Values => read(...NAMES.map(() => value));
const NONE = all(undefined);
const ZERO = all(0);

// The 95th percentile of a fast engine is the bound of its first bucket.
const FAST: Load = { running: 3, waiting: 1, kv: 0.25, generated: 40, prompt: 400, buckets: [19, 20, 20] };
const BUSY: Load = { running: 5, waiting: 2, kv: 0.5, generated: 60, prompt: 200, buckets: [19, 20, 20] };
const SLOW: Load = { running: 8, waiting: 4, kv: 0.75, generated: 10, prompt: 100, buckets: [2, 10, 20] };
const QUIET: Load = { running: 0, waiting: 0, kv: 0, generated: 0, prompt: 0, buckets: [0, 0, 0] };

/** Work is 7 per second; models and unknown paths are none. */
const REQUESTS: Pod['requests'] = [
  ['/v1/chat/completions', '2xx', 2],
  ['/v1/chat/completions', '4xx', 1],
  ['/v1/completions', '2xx', 4],
  ['/v1/models', '2xx', 8],
  ['none', '4xx', 16],
];

const pod = (name: string, ...engines: readonly Load[]): Pod => ({ name, engines, requests: REQUESTS });
const FIRST = pod('vllm-a', FAST);
const SECOND = pod('vllm-b', BUSY);
const THIRD = pod('vllm-c', SLOW);
const PARALLEL = pod('vllm-d', FAST, SLOW);

const ONE = read(4, 0.25, 1, 7, 40, 400, 0.3, 0.5);
// 57 of 60 requests a second are 0.7 of the way up the third bucket, which holds those after the 50th.
const THREE = read(23, 1.5, 7, 21, 110, 700, 1.64, 2.05);

const live = (lifetime: Lifetime, ...pods: readonly Pod[]): Pod[] => pods.map((each) => ({ ...each, lifetime }));
const idle = (requests: Pod['requests']): Pod[] =>
  [FIRST, SECOND].map(({ name }) => ({ ...pod(name, QUIET), requests }));

const one = { pods: [FIRST], states: [replicas(1)], expected: ONE };
const gone = live('until 2 minutes ago', FIRST, SECOND);
const leaving = live('until 30 seconds ago', FIRST);
const other = { deployment: 'other' };
const elsewhere = { namespace: 'elsewhere' };

const SERVING: readonly Scenario[] = [
  { title: 'one pod', ...one },
  { title: 'three pods', pods: [FIRST, SECOND, THIRD], states: [replicas(3)], expected: THREE },
  {
    title: 'one pod with two data-parallel engines',
    pods: [PARALLEL],
    states: [replicas(1)],
    expected: read(16, 0.5, 5, 7, 50, 500, 1.76, 2.2),
  },
  {
    title: 'two pods, of which one has two data-parallel engines',
    pods: [PARALLEL, SECOND],
    states: [replicas(2)],
    expected: read(23, 1, 7, 14, 110, 700, 1.64, 2.05),
  },
  {
    title: 'one pod next to another stack in its namespace',
    pods: [FIRST, { ...THIRD, app: 'other' }],
    states: [replicas(1), replicas(3, other)],
    expected: ONE,
  },
  {
    title: 'one pod next to a stack and a pod of the same names in another namespace',
    pods: [FIRST, { ...THIRD, name: FIRST.name, ...elsewhere }],
    states: [replicas(1), replicas(3, elsewhere)],
    expected: ONE,
  },
  { title: 'two idle pods without any request yet', pods: idle([]), states: [replicas(2)], expected: ZERO },
  {
    title: 'two idle pods whose clients only list models',
    pods: idle([['/v1/models', '2xx', 8]]),
    states: [replicas(2)],
    expected: ZERO,
  },
  {
    title: 'two idle pods that had requests before',
    pods: idle([['/v1/completions', '2xx', 0]]),
    states: [replicas(2)],
    expected: ZERO,
  },
  {
    title: 'one pod after another one stopped',
    pods: [FIRST, ...live('until 2 minutes ago', SECOND)],
    states: [replicas(1)],
    expected: ONE,
  },
  {
    title: 'one pod that is scraped for the first time',
    pods: live('for the first time now', FIRST),
    states: [replicas(1)],
    // A rate needs two scrapes. Tokens have no element until then: better an error than a demand of 0.
    expected: read(4, 0.25, 1, 0, undefined, undefined, 0, 0),
  },
  { title: 'one pod without kube-state-metrics', ...one, states: [] },
  { title: 'one pod while kube-state-metrics still reports 0 replicas', ...one, states: [replicas(0)] },
];

const AWAY: readonly Scenario[] = [
  { title: 'no pods, and 0 replicas', pods: [], states: [replicas(0)], expected: NONE, toZero: ZERO },
  { title: 'stopped pods, and 0 replicas', pods: gone, states: [replicas(0)], expected: NONE, toZero: ZERO },
  {
    title: 'no pods, and 0 replicas by two kube-state-metrics',
    pods: [],
    states: [replicas(0, { instance: 'a' }), replicas(0, { instance: 'b' })],
    expected: NONE,
    toZero: ZERO,
  },
  {
    title: 'no pods next to stacks that have some',
    pods: [
      { ...THIRD, app: 'other' },
      { ...THIRD, ...elsewhere },
    ],
    states: [replicas(0), replicas(1, other), replicas(1, elsewhere)],
    expected: NONE,
    toZero: ZERO,
  },
  {
    title: 'a pod that stopped less than a rate window ago, and 0 replicas',
    pods: leaving,
    states: [replicas(0)],
    // Rates fade out: here with 37.5 of 60 s.
    expected: read(undefined, undefined, undefined, 4.375, 25, 250, 0.3, 0.5),
    toZero: read(0, 0, 0, 4.375, 25, 250, 0.3, 0.5),
  },
  { title: 'a missing scrape, and 2 replicas', pods: gone, states: [replicas(2)], expected: NONE },
  { title: 'a missing scrape, and no kube-state-metrics', pods: gone, states: [], expected: NONE },
  {
    title: 'a missing scrape next to stacks with 0 replicas',
    pods: gone,
    states: [replicas(2), replicas(0, other), replicas(0, elsewhere)],
    expected: NONE,
  },
  {
    title: 'a missing scrape, and only others have 0 replicas',
    pods: gone,
    states: [replicas(0, other), replicas(0, elsewhere)],
    expected: NONE,
  },
  { title: 'no series', pods: [], states: [], expected: NONE },
];

export const SCENARIOS: readonly Scenario[] = [...SERVING, ...AWAY];
