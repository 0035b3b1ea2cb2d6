import type { Work } from './guard-series';
import { BAD, fresh, GOOD, good, pod, podName, restarts, STABLE_GOOD, times } from './guard-series';
import { FAULTS } from './guard-scenarios-faults';
import { LIMITS } from './guard-scenarios-limits';
import type { Reads, Situation } from './guard-situation';
import { BAD_READS, COMPARISONS, ERROR_RATES, errors, GUARDS, NONE } from './guard-situation';

const STABLE_BAD = pod('stable', [times(20, BAD)]);
const STEADY = restarts(podName('canary'), '0x40');

/** With a third of the requests as bad: 1 in 15 is slow, so the 95th percentile is a quarter of the way up the slow bucket. */
const PARTLY_BAD: Reads = {
  'time-to-first-token-p95': 1 / 15,
  'inter-token-latency-p95': 1 / 15,
  'end-to-end-p90': 1 / 15,
  ...errors(1 / 30),
  'time-to-first-token-p95-vs-stable': 1.375 / 0.475,
  'inter-token-latency-p95-vs-stable': 0.0625 / 0.02375,
  'end-to-end-p90-vs-stable': 15 / 14,
  'failed-requests': 1 / 30,
};

/** Ratios of one when both versions are as slow. */
const EQUAL: Reads = Object.fromEntries(COMPARISONS.map((name) => [name, 1]));
const INCOMPARABLE: Reads = Object.fromEntries(COMPARISONS.map((name) => [name, undefined]));

/** Works at a rate of requests, all of which fail or are slow. */
const failing = (rate: number): Work =>
  times(rate, good({ answers: { '5xx': 1 }, first: [0, 0, 1], tokens: [0, 0, 10], ends: [0, 0, 1] }));

/** Guards that fail with few requests; a slow token, and a comparison, prove nothing then. */
const ALL_BAD: Reads = { ...errors(1), 'time-to-first-token-p95': 1, 'end-to-end-p90': 1 };

const SHARES: readonly Situation[] = [
  { title: 'both versions are good', series: [...pod('canary', [GOOD]), ...STABLE_GOOD, STEADY] },
  {
    title: 'the canary is bad, and the stable version good with 20 times the requests',
    series: [...pod('canary', [BAD]), ...STABLE_GOOD, STEADY],
    reads: BAD_READS,
    fails: GUARDS,
  },
  {
    title: 'the canary is good, and the stable version bad',
    series: [...pod('canary', [GOOD]), ...STABLE_BAD, STEADY],
    reads: {
      'time-to-first-token-p95-vs-stable': 0.475 / 2.125,
      'inter-token-latency-p95-vs-stable': 0.02375 / 0.0875,
      'end-to-end-p90-vs-stable': 13.5 / 45,
    },
  },
  {
    title: 'both versions are bad: the comparison alone would pass',
    series: [...pod('canary', [BAD]), ...STABLE_BAD, STEADY],
    reads: { ...BAD_READS, ...EQUAL },
    fails: GUARDS.filter((name) => !COMPARISONS.includes(name)),
  },
  {
    title: 'one of two pods of the canary is bad, with half of the requests',
    series: [...pod('canary', [GOOD]), ...pod('canary', [times(0.5, BAD)], { suffix: 'b9q4z' }), ...STABLE_GOOD],
    reads: PARTLY_BAD,
    fails: GUARDS.filter((name) => !name.startsWith('end-to-end')),
  },
  {
    title: 'one of two engines of a pod is bad, with half of the requests',
    series: [...pod('canary', [GOOD, times(0.5, BAD)]), ...STABLE_GOOD],
    reads: PARTLY_BAD,
    fails: GUARDS.filter((name) => !name.startsWith('end-to-end')),
  },
  {
    title: 'the canary is good beside bad stacks of the same hash: by another name, and in another namespace',
    series: [
      ...pod('canary', [GOOD]),
      ...pod('canary', [BAD], { app: 'vllm-b' }),
      ...pod('canary', [BAD], { namespace: 'other' }),
      ...STABLE_GOOD,
    ],
  },
];

/** Too little data for a verdict: no guard passes, and none fails. */
const UNDECIDED: readonly Situation[] = [
  {
    title: 'no pod of the canary is scraped',
    series: STABLE_GOOD,
    reads: NONE,
    undecided: GUARDS,
  },
  { title: 'nothing is scraped', series: [], reads: NONE, undecided: GUARDS },
  {
    title: 'the canary has not had a request yet',
    series: [...fresh('canary'), ...STABLE_BAD, STEADY],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'the canary is idle after some requests',
    series: [...pod('canary', [times(0, BAD)]), ...STABLE_GOOD],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'the canary has few requests, all good',
    series: [...pod('canary', [times(0.08, GOOD)]), ...STABLE_GOOD],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'the canary has few requests, all bad: more of them would not change that',
    series: [...pod('canary', [failing(0.15)]), ...STABLE_GOOD],
    reads: { ...NONE, ...ALL_BAD },
    fails: Object.keys(ALL_BAD),
    undecided: GUARDS.filter((name) => !(name in ALL_BAD)),
  },
  {
    title: 'the canary has few requests, and fewer than ten bad ones',
    series: [...pod('canary', [failing(9 / 300)]), ...STABLE_GOOD],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'clients of the canary only list models',
    series: [...pod('canary', [good({ ...times(0, GOOD), handler: '/v1/models', answers: { '2xx': 50 } })])],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'the canary is scraped for the first time',
    series: [...pod('canary', [BAD], { lifetime: 'for the first time now' }), ...STABLE_GOOD],
    reads: NONE,
    undecided: GUARDS,
  },
  {
    title: 'the stable version is idle',
    series: [...pod('canary', [GOOD]), ...pod('stable', [times(0, GOOD)])],
    reads: INCOMPARABLE,
    undecided: COMPARISONS,
  },
  {
    title: 'no pod of the stable version is scraped',
    series: pod('canary', [GOOD]),
    reads: INCOMPARABLE,
    undecided: COMPARISONS,
  },
  {
    title: 'the stable version has few requests',
    series: [...pod('canary', [GOOD]), ...pod('stable', [times(0.08, GOOD)])],
    reads: INCOMPARABLE,
    undecided: COMPARISONS,
  },
  {
    title: 'most requests of the canary still run: only three short ones have ended',
    series: [...pod('canary', [good({ answers: { '2xx': 0.01 }, ends: [0.01, 0, 0] })]), ...STABLE_GOOD],
    reads: { 'end-to-end-p90': undefined, 'end-to-end-p90-vs-stable': undefined, ...errors(undefined) },
    undecided: ['end-to-end-p90', 'end-to-end-p90-vs-stable', ...ERROR_RATES],
  },
];

export const SITUATIONS: readonly Situation[] = [...SHARES, ...UNDECIDED, ...LIMITS, ...FAULTS];
