import type { Latencies } from './guard-series';
import { BAD, good, pod, STABLE_GOOD } from './guard-series';
import type { Situation } from './guard-situation';
import { BAD_READS, ERROR_RATES, errors, GUARDS, NONE } from './guard-situation';
import type { Series } from './series';

/** First tokens of requests, by whether they are in time. */
const latencies = (rate: number, late: number): Latencies => [rate - late, 0, late];

const NUMBERS: readonly Situation[] = [
  {
    title: 'the canary has one request more than 600, 200 and 100',
    series: [
      ...pod('canary', [
        good({
          answers: { '2xx': 601 / 300 },
          first: latencies(201 / 300, 0),
          ends: latencies(101 / 300, 0),
        }),
      ]),
      ...STABLE_GOOD,
    ],
  },
  {
    title: 'the canary has one request fewer than 600, 200 and 100',
    series: [
      ...pod('canary', [
        good({
          answers: { '2xx': 599 / 300 },
          first: latencies(199 / 300, 0),
          ends: latencies(99 / 300, 0),
        }),
      ]),
      ...STABLE_GOOD,
    ],
    reads: {
      ...NONE,
      // A limit of 1 % needs 300 requests.
      'gateway-error-rate': 0,
    },
    undecided: GUARDS.filter((name) => name !== 'gateway-error-rate'),
  },
  {
    title: 'the canary is a little better than its limits',
    series: [
      ...pod('canary', [
        good({
          answers: { '2xx': 4 * 0.9955, '5xx': 4 * 0.0045 },
          first: latencies(4, 0.19),
          tokens: latencies(40, 1.9),
          ends: latencies(4, 0.39),
        }),
      ]),
      ...STABLE_GOOD,
    ],
    reads: {
      ...errors(0.0045),
      'time-to-first-token-p95': 0.0475,
      'inter-token-latency-p95': 0.0475,
      'end-to-end-p90': 0.0975,
      'time-to-first-token-p95-vs-stable': 0.95 / 0.9525 / 0.95,
      'inter-token-latency-p95-vs-stable': 0.95 / 0.9525 / 0.95,
      'end-to-end-p90-vs-stable': 0.9 / 0.9025 / 0.9,
    },
  },
  {
    title: 'the canary is a little worse than its limits',
    series: [
      ...pod('canary', [
        good({
          answers: { '2xx': 4 * 0.9945, '5xx': 4 * 0.0055 },
          first: latencies(4, 0.21),
          tokens: latencies(40, 2.1),
          ends: latencies(4, 0.41),
        }),
      ]),
      ...STABLE_GOOD,
    ],
    reads: {
      ...errors(0.0055),
      'time-to-first-token-p95': 0.0525,
      'inter-token-latency-p95': 0.0525,
      'end-to-end-p90': 0.1025,
      // The percentile is now in the slow bucket: 0.25 of 5.25 and of 10.25 % of the way.
      'time-to-first-token-p95-vs-stable': (1 + (1.5 * 0.0025) / 0.0525) / 0.475,
      'inter-token-latency-p95-vs-stable': (0.05 + (0.05 * 0.0025) / 0.0525) / 0.02375,
      'end-to-end-p90-vs-stable': (30 + (30 * 0.0025) / 0.1025) / 13.5,
    },
    fails: GUARDS.filter((name) => name !== 'gateway-error-rate'),
  },
];

/** Counters that begin, end or start again. 40 scrapes of 15 s; the window has the last 20 of them. */
const raw = (series: readonly Series[], values: (selector: string) => string | undefined): Series[] =>
  series.map(([selector, old]) => [selector, values(selector) ?? old]);

const COUNTERS: readonly Situation[] = [
  {
    title: 'the container of the canary starts again in the window',
    series: [
      ...raw(pod('canary', [good({ answers: { '2xx': 3, '5xx': 1 } })]), (selector) => {
        if (/status="2xx"/.test(selector)) return '1000+57x29 0+57x10';
        return /status="5xx"/.test(selector) ? '1000+3x29 0+3x10' : undefined;
      }),
      ...STABLE_GOOD,
    ],
    reads: { ...errors(0.05), 'failed-requests': 0.05 },
    fails: ERROR_RATES,
  },
  {
    title: 'the bad pod of the canary is new, and was scraped five times',
    series: [
      ...raw(pod('canary', [BAD]), (selector) => {
        if (/status="2xx"/.test(selector)) return '_x36 0+600x4';
        return /status="5xx"/.test(selector) ? '_x36 0+60x4' : undefined;
      }),
      ...STABLE_GOOD,
    ],
    reads: { ...BAD_READS, ...errors(60 / 660), 'failed-requests': 60 / 660 },
    fails: GUARDS,
  },
  {
    title: 'all failures of the canary come before the first scrape of their series, which no rate can see',
    series: [
      ...raw(pod('canary', [good({ answers: { '2xx': 4, '5xx': 0 } })]), (selector) =>
        /status="5xx"/.test(selector) ? '_x25 20x15' : undefined,
      ),
      ...STABLE_GOOD,
    ],
  },
  {
    title: 'failures of the canary go on after the first scrape of their series',
    series: [
      ...raw(pod('canary', [good({ answers: { '2xx': 4, '5xx': 0 } })]), (selector) =>
        /status="5xx"/.test(selector) ? '_x25 20+3x15' : undefined,
      ),
      ...STABLE_GOOD,
    ],
    // A rate adds half a scrape before the first one: 46.5 failures in five minutes, 12 in one.
    reads: { ...errors(46.5 / 1246.5), 'failed-requests': 12 / 252 },
    fails: ERROR_RATES,
  },
];

/** Requests of the canary between two scrapes in the window, and none before and after. */
const burst = (requests: number): Series[] => [
  ...raw(pod('canary', [good({ answers: { '2xx': 1 } })]), (selector) =>
    /status="2xx"/.test(selector) ? `1000x29 ${1000 + requests}x10` : undefined,
  ),
  ...STABLE_GOOD,
];

/** A rate covers the 19 intervals between 20 scrapes, and adds a twentieth. */
const BURSTS: readonly Situation[] = [
  { title: 'the canary has a burst of 575 requests, counted as 605', series: burst(575) },
  {
    title: 'the canary has a burst of 565 requests, counted as 595',
    series: burst(565),
    reads: { 'error-rate': undefined },
    undecided: ['error-rate'],
  },
];

export const LIMITS: readonly Situation[] = [...NUMBERS, ...COUNTERS, ...BURSTS];
