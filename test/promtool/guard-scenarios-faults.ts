import type { Work } from './guard-series';
import { GOOD, good, pod, podName, restarts, STABLE_GOOD, times } from './guard-series';
import { ERROR_RATES, errors, type Situation } from './guard-situation';
import type { StackName } from './guard-stacks';
import type { Series } from './series';

const canary = (more: Partial<Work>): Series[] => [...pod('canary', [good(more)]), ...STABLE_GOOD];
const BOTH = canary({});

const OLD: readonly StackName[] = ['of vLLM 0.12', 'of vLLM 0.10'];
const LIMITED: readonly StackName[] = ['with a limit on the queue'];
const UNLIMITED: readonly StackName[] = ['newest', ...OLD];
const COUNTS_ERRORS: readonly StackName[] = ['newest', ...LIMITED];

/** What is a failed request, and what is not. */
const FAILURES: readonly Situation[] = [
  { title: 'no request of the canary has ever failed', series: canary({ answers: { '2xx': 4 } }) },
  { title: 'clients abort every second request of the canary', series: canary({ aborted: 2 }) },
  { title: 'clients of the canary send wrong requests', series: canary({ answers: { '2xx': 1, '4xx': 3 } }) },
  {
    title: 'requests of the canary fail on other paths',
    series: [
      ...canary({}),
      ...pod('canary', [{ ...times(0, GOOD), handler: '/v1/models', answers: { '5xx': 9 } }], { suffix: 'b9q4z' }),
    ],
  },
  {
    title: 'every tenth stream of the canary breaks after its first byte',
    stacks: COUNTS_ERRORS,
    series: canary({ broken: 0.4 }),
    reads: { ...errors(0.1), 'failed-requests': 0.1 },
    fails: ERROR_RATES,
  },
  {
    title: 'every tenth stream of the canary breaks after its first byte, which the release does not count',
    stacks: OLD,
    series: canary({ broken: 0.4 }),
  },
  {
    title: 'the canary rejects requests, which are all 503',
    stacks: LIMITED,
    series: canary({ answers: { '2xx': 3.6, '5xx': 0.4 }, rejected: 0.4 }),
    reads: { ...errors(0.1), 'failed-requests': 0.1 },
    fails: ERROR_RATES,
  },
  {
    title: 'the canary rejects requests in streams that began with 200',
    stacks: LIMITED,
    series: canary({ rejected: 0.4 }),
    reads: { ...errors(0.1), 'failed-requests': 0.1 },
    fails: ERROR_RATES,
  },
  {
    title: 'the canary counts rejections without a flag for them',
    stacks: UNLIMITED,
    series: canary({ rejected: 0.4 }),
  },
];

const HARD: readonly Situation[] = [
  {
    title: 'three of ten requests of the canary fail',
    series: canary({ answers: { '2xx': 2.8, '5xx': 1.2 } }),
    reads: { ...errors(0.3), 'failed-requests': 0.3 },
    fails: [...ERROR_RATES, 'failed-requests'],
  },
  {
    title: 'every request of the canary fails, and none was ever answered well',
    series: canary({ answers: { '5xx': 4 } }),
    reads: { ...errors(1), 'failed-requests': 1 },
    fails: [...ERROR_RATES, 'failed-requests'],
  },
  {
    title: 'every request of the stable version fails',
    series: [...pod('canary', [GOOD]), ...pod('stable', [times(20, { ...GOOD, answers: { '5xx': 4 } })])],
  },
  {
    title: 'the engine of the canary counts failures of requests that the HTTP server has not ended yet',
    series: canary({ answers: { '2xx': 0 }, broken: 4 }),
    reads: errors(undefined),
    undecided: ERROR_RATES,
  },
];

/** Scraped once a minute: a value for each of eleven minutes. */
const eachMinute = (...values: readonly number[]): string => values.map((value) => `${value} _x3`).join(' ');
const NOW = eachMinute(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
const RESTARTS: readonly Situation[] = [
  {
    title: 'the container of the canary restarted in the last minute',
    series: [...BOTH, restarts(podName('canary'), '0x37 1x2')],
    reads: { restarts: 1 },
    fails: ['restarts'],
  },
  {
    title: 'two containers of the canary restarted, scraped once a minute',
    series: [...BOTH, restarts(podName('canary'), NOW), restarts(podName('canary', 'b9q4z'), NOW)],
    reads: { restarts: 2 },
    fails: ['restarts'],
  },
  {
    title: 'the container of the canary restarted two minutes ago',
    series: [...BOTH, restarts(podName('canary'), '0x30 1x9')],
  },
  {
    title: 'the container of the canary restarted before kube-state-metrics saw the pod',
    series: [...BOTH, restarts(podName('canary'), '_x38 1x2')],
  },
  {
    title:
      'other containers restarted: of the stable version, beside the engine, of another stack, in another namespace',
    series: [
      ...BOTH,
      restarts(podName('canary'), '0x40'),
      restarts(podName('stable'), NOW),
      restarts(podName('canary'), NOW, 'proxy'),
      restarts(podName('canary').replace('vllm-', 'vllm-b-'), NOW),
      restarts(`${podName('canary')}-x7k2p`, NOW),
      restarts(podName('canary'), NOW, 'vllm', 'other'),
    ],
  },
];

export const FAULTS: readonly Situation[] = [...FAILURES, ...HARD, ...RESTARTS];
