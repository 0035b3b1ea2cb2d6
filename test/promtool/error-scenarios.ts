import type { Scenario } from './objective-scenarios';
import { silent, TARGET } from './objective-scenarios';
import type { Phase } from './phases';
import { counts } from './phases';
import type { Series } from './series';

type Http = Readonly<Record<string, readonly Phase[]>>;

/** Requests by status, with the path they came to. */
const http = (statuses: Http, handler = '/v1/chat/completions'): Series[] =>
  Object.entries(statuses).map(([status, phases]) =>
    counts(`http_requests_total{${TARGET},handler="${handler}",method="POST",status="${status}"}`, phases),
  );
const broken = (phases: readonly Phase[]): Series =>
  counts(`vllm:request_success_total{${TARGET},finished_reason="error"}`, phases);
const rejected = (phases: readonly Phase[]): Series =>
  counts(`vllm:admission_rejections_total{${TARGET},reason="max_num_queued_reqs"}`, phases);

/** For a promise of less than half a percent. */
export const ERRORS: readonly Scenario[] = [
  {
    title: 'never an error',
    series: [...http({ '2xx': [[60, 10]] }), broken([[60, 0]])],
    minutes: 60,
    ratios: { '5m': 0, '1h': 0, '30d': 0 },
    ...silent,
  },
  {
    title: 'some 5xx',
    series: [...http({ '2xx': [[60, 99]], '5xx': [[60, 1]] }), broken([[60, 0]])],
    minutes: 60,
    ratios: { '5m': 0.01, '1h': 0.01 },
    page: false,
    ticket: true,
  },
  {
    title: 'one in five failed for an hour',
    series: http({ '2xx': [[60, 8]], '5xx': [[60, 2]] }),
    minutes: 60,
    ratios: { '5m': 0.2 },
    page: true,
    ticket: true,
  },
  {
    title: 'streams that break off after their first byte',
    series: [...http({ '2xx': [[60, 10]] }), broken([[60, 1]])],
    minutes: 60,
    ratios: { '5m': 0.1 },
    page: true,
    ticket: true,
  },
  {
    title: 'errors of the client, and of paths that are not work',
    series: [
      ...http({ '2xx': [[60, 1]], '4xx': [[60, 9]] }),
      ...http({ '5xx': [[60, 9]] }, '/v1/models'),
      broken([[60, 0]]),
    ],
    minutes: 60,
    ratios: { '5m': 0 },
    ...silent,
  },
  {
    title: 'more failures than requests',
    series: [...http({ '2xx': [[60, 1]] }), broken([[60, 9]])],
    minutes: 60,
    ratios: { '5m': 1, '1h': 1 },
    page: true,
    ticket: true,
  },
  {
    title: 'a server without any request yet',
    series: [broken([[60, 0]])],
    minutes: 60,
    ratios: { '5m': undefined, '30d': undefined },
    ...silent,
  },
  {
    title: 'idle after errors',
    series: http({
      '2xx': [
        [60, 1],
        [120, 0],
      ],
      '5xx': [
        [60, 1],
        [120, 0],
      ],
    }),
    minutes: 180,
    ratios: { '5m': undefined, '1h': undefined, '30d': 0.5 },
    page: false,
    ticket: true,
  },
  {
    title: 'a missing scrape',
    series: http({
      '2xx': [
        [60, 1],
        [30, undefined],
      ],
    }),
    minutes: 90,
    ratios: { '5m': undefined, '1h': 0 },
    ...silent,
  },
  {
    title: 'rejections without flags for them',
    series: [...http({ '2xx': [[60, 9]], '5xx': [[60, 1]] }), rejected([[60, 2]])],
    minutes: 60,
    ratios: { '5m': 0.1 },
    page: true,
    ticket: true,
  },
];

/** With a limit on the queue. */
export const REJECTIONS: readonly Scenario[] = [
  {
    title: 'rejections that are all 503, counted once',
    series: [...http({ '2xx': [[60, 9]], '5xx': [[60, 1]] }), rejected([[60, 1]])],
    minutes: 60,
    ratios: { '5m': 0.1 },
    page: true,
    ticket: true,
  },
  {
    title: 'rejections in streams that began with 200',
    series: [...http({ '2xx': [[60, 10]] }), rejected([[60, 1]]), broken([[60, 1]])],
    minutes: 60,
    ratios: { '5m': 0.2 },
    page: true,
    ticket: true,
  },
  {
    title: 'no rejections',
    series: [...http({ '2xx': [[60, 10]] }), rejected([[60, 0]])],
    minutes: 60,
    ratios: { '5m': 0 },
    ...silent,
  },
];
