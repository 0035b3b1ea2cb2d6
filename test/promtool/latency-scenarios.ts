import type { Read, Scenario } from './objective-scenarios';
import { silent, TARGET } from './objective-scenarios';
import type { Phase } from './phases';
import { counts, minutesOf, SCRAPE } from './phases';
import type { Series } from './series';

/** Events of a histogram by phase. */
type Latencies = readonly (readonly [minutes: number, fast: number | undefined, slow?: number])[];

export function histogram(metric: string, le: string, phases: Latencies, more = '', scrape = SCRAPE): Series[] {
  const labels = `${TARGET},model_name="llama",engine="0"${more}`;
  const fast: Phase[] = phases.map(([minutes, each]) => [minutes, each]);
  const all: Phase[] = phases.map(([minutes, each, slow = 0]) => [minutes, each === undefined ? each : each + slow]);
  return [
    counts(`${metric}_bucket{${labels},le="${le}"}`, fast, scrape),
    counts(`${metric}_bucket{${labels},le="+Inf"}`, all, scrape),
    counts(`${metric}_count{${labels}}`, all, scrape),
  ];
}

/** For a promise of 95 %. */
const LATENCIES: readonly (Read & { readonly title: string; readonly phases: Latencies })[] = [
  { title: 'healthy', phases: [[360, 9.9, 0.1]], ratios: { '5m': 0.01, '1h': 0.01, '30d': 0.01 }, ...silent },
  {
    title: 'no slow request',
    phases: [[60, 1]],
    ratios: { '5m': 0, '30m': 0, '1h': 0, '2h': 0, '6h': 0, '1d': 0, '3d': 0, '30d': 0 },
    ...silent,
  },
  {
    title: 'everything slow for 70 minutes',
    phases: [
      [300, 10],
      [70, 0, 10],
    ],
    ratios: { '5m': 1, '30m': 1, '1h': 1 },
    page: true,
    ticket: true,
  },
  {
    title: 'everything slow for a while, then healthy for ten minutes',
    phases: [
      [300, 10],
      [70, 0, 10],
      [10, 10],
    ],
    ratios: { '5m': 0 },
    page: false,
    ticket: true,
  },
  { title: 'two in five slow for hours', phases: [[400, 6, 4]], ratios: { '6h': 0.4 }, page: true, ticket: true },
  { title: 'one in ten slow for hours', phases: [[400, 9, 1]], ratios: { '6h': 0.1 }, page: false, ticket: true },
  { title: 'one in ten slow for ten minutes', phases: [[10, 9, 1]], ratios: { '5m': 0.1 }, ...silent },
  { title: 'everything slow for less than the alert waits', phases: [[1.5, 0, 1]], ratios: { '5m': 1 }, ...silent },
  {
    title: 'idle from the start',
    phases: [[60, 0, 0]],
    ratios: { '5m': undefined, '1h': undefined, '30d': undefined },
    ...silent,
  },
  {
    title: 'idle after a bad hour',
    phases: [
      [60, 1, 1],
      [400, 0, 0],
    ],
    ratios: { '5m': undefined, '1h': undefined, '6h': undefined, '1d': 0.5, '30d': 0.5 },
    ...silent,
  },
  {
    title: 'a missing scrape',
    phases: [
      [60, 4, 1],
      [30, undefined],
    ],
    ratios: { '5m': undefined, '1h': 0.2, '30d': 0.2 },
    // The windows of the ticket still see the bad hour: a missing sample is not a recovery.
    page: false,
    ticket: true,
  },
];

/** Every situation of a latency that is promised to 95 %. */
export const latencyScenarios = (metric: string, le: string): Scenario[] => [
  ...LATENCIES.map(({ phases, ...scenario }) => ({
    ...scenario,
    series: histogram(metric, le, phases),
    minutes: minutesOf(phases),
  })),
  { title: 'no series', series: [], minutes: 60, ratios: { '5m': undefined, '30d': undefined }, ...silent },
  {
    title: 'two engines, one of them slow, beside another stack',
    series: [
      ...histogram(metric, le, [[60, 3]]),
      ...histogram(metric, le, [[60, 0, 1]], ',shard="b"'),
      ...histogram(metric, le, [[60, 0, 9]], ',shard="c"').map(([selector, values]): Series => [
        selector.replace('app="vllm"', 'app="other"'),
        values,
      ]),
    ],
    minutes: 60,
    ratios: { '5m': 0.25, '1h': 0.25 },
    page: false,
    ticket: true,
  },
  {
    title: 'a busy good hour and a quiet bad one: requests count, not hours',
    series: histogram(metric, le, [
      [60, 99],
      [5, 0],
      [70, 0, 1],
    ]),
    minutes: 135,
    ratios: { '5m': 1, '30d': 0.011 },
    page: true,
    ticket: false,
  },
];
