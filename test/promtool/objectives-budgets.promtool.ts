import type { Duration } from 'cdk8s';
import { Objective } from '../../lib';
import { histogram } from './latency-scenarios';
import { MONTH, objectiveRules, promising, WITHIN } from '../support/promising';
import { SCRAPE } from './phases';
import { element, expectHolds } from './promtool';
import type { Question, RuleFile } from './rules';
import { testRules } from './rules';
import type { Series } from './series';

const METRIC = 'vllm:time_to_first_token_seconds';
const promise = (percentile: number, window?: Duration) =>
  Objective.timeToFirstToken({ percentile, within: WITHIN, window });
const watching = (...objectives: Objective[]) => objectiveRules(promising(objectives));
const firing = (speed: string, count: number | undefined): Question => ({
  query: `count(ALERTS{alertname="VllmTimeToFirstTokenBurn${speed}",alertstate="firing"})`,
  samples: element(count),
});
const reads = (query: string, value: number | undefined): Question => ({ query, samples: element(value) });

const ttft = (minutes: number, fast: number, slow: number) => histogram(METRIC, '0.06', [[minutes, fast, slow]]);

const labels = {
  namespace: 'llm',
  app: 'vllm',
  model: 'meta-llama/Llama-3.1-8B-Instruct',
  sloth_id: 'llm-vllm-time-to-first-token-p95',
  sloth_service: 'llm-vllm',
  sloth_slo: 'time-to-first-token-p95',
};
/** So many requests, all of them slow, in 24 of 30 minutes. */
const few = (requests: number): Series[] => {
  const every = 48 / requests;
  const counted = Array.from({ length: 61 }, (_, sample) =>
    Math.min(requests, Math.max(0, Math.ceil((sample - 11) / every))),
  );
  const at = 'namespace="llm",app="vllm",pod="vllm-a",model_name="llama",engine="0"';
  return [
    [`${METRIC}_bucket{${at},le="0.06"}`, '0x60'],
    [`${METRIC}_count{${at}}`, counted.join(' ')],
  ];
};
const quiet = watching(Objective.timeToFirstToken({ percentile: 95, within: WITHIN, minEventRate: 0.1 }));
const p95 = watching(promise(95));
const p50 = watching(promise(50));
const p90 = watching(promise(90));
const two = watching(promise(50), promise(95, MONTH));

/** Series that were recorded for half an hour, before the stack served its model under another name. */
const before = ['slo:sli_events:rate5m', 'slo:sli_bad_events:rate5m'].map((record, index): Series => {
  const matchers = Object.entries({ ...labels, model: 'old' }).map(([label, value]) => `${label}="${value}"`);
  return [`${record}{${matchers.join(',')}}`, `${10 - 2 * index}x60 stale`];
});

type Case = RuleFile['cases'][number] & Pick<RuleFile, 'groups'>;

const CASES: readonly Case[] = [
  {
    name: 'a promise is kept or broken under each name that its model had',
    groups: p95,
    series: [
      ...before,
      ...histogram(METRIC, '0.06', [
        [31, undefined],
        [29, 10],
      ]),
    ],
    minutes: 60,
    questions: [
      reads('count(slo:sli_error:ratio_rate30d)', 1),
      reads('round(sum(slo:sli_error:ratio_rate1h), 0.1)', 0.4),
      reads('count(slo:period_burn_rate:ratio)', 1),
    ],
  },
  {
    name: 'a page continues when the model gets another name',
    groups: p95,
    series: [
      ...before,
      ...histogram(METRIC, '0.06', [
        [31, undefined],
        [29, 0, 10],
      ]),
    ],
    minutes: 60,
    questions: [firing('Fast', 1)],
  },
  ...[1, 4].map((requests) => ({
    name: `at night, ${requests} slow of ${requests} page no one`,
    groups: p95,
    series: few(requests),
    minutes: 30,
    questions: [firing('Fast', undefined), firing('Slow', undefined), reads('sum(slo:sli_error:ratio_rate1h)', 1)],
  })),
  {
    name: 'at night, 6 slow of 6 page',
    groups: p95,
    series: few(6),
    minutes: 30,
    questions: [firing('Fast', 1)],
  },
  {
    name: 'a promise has series with the names of Sloth',
    groups: p95,
    series: ttft(60, 9, 1),
    minutes: 60,
    questions: [
      reads('sum(slo:objective:ratio)', 0.95),
      reads('sum(slo:error_budget:ratio)', 0.05),
      reads('sum(slo:time_period:days)', 30),
      reads('round(sum(slo:current_burn_rate:ratio), 0.001)', 2),
      reads('round(sum(slo:period_burn_rate:ratio), 0.001)', 2),
      reads('round(sum(slo:period_error_budget_remaining:ratio), 0.001)', -1),
      reads('count(sloth_slo_info{sloth_objective="95"})', 1),
      reads('count(slo:sli_error:ratio_rate5m{sloth_window="5m"})', 1),
    ],
  },
  {
    name: 'a page has the measured value and the labels of Sloth',
    groups: p95,
    series: ttft(60, 2, 8),
    minutes: 60,
    questions: [],
    fired: [
      {
        alert: 'VllmTimeToFirstTokenBurnFast',
        labels: { ...labels, severity: 'critical', sloth_severity: 'page' },
        annotations: {
          summary: 'The error budget of "95 % of first tokens within 60 ms" burns fast.',
          description:
            '80% of first tokens came too late. The limit is 72 % over 1 h, 14.4 times what the promise allows, or 30 % over 6 h, 6 times what the promise allows.',
        },
      },
    ],
  },
  {
    name: 'P90 pages although the usual threshold is above 100 %',
    groups: p90,
    series: ttft(60, 0, 1),
    minutes: 60,
    questions: [firing('Fast', 1)],
  },
  {
    name: 'P50 pages when more than nine in ten are slow',
    groups: p50,
    series: ttft(60, 5, 95),
    minutes: 60,
    questions: [firing('Fast', 1), firing('Slow', 1)],
  },
  {
    name: 'P50 opens a ticket, but does not page, when eight in ten are slow',
    groups: p50,
    series: ttft(60, 20, 80),
    minutes: 60,
    questions: [firing('Fast', undefined), firing('Slow', 1)],
  },
  ...[
    { minutes: 46, pages: undefined },
    { minutes: 49, pages: 1 },
  ].map(({ minutes, pages }) => ({
    name: `${minutes} minutes after everything became slow, the alert ${pages ? 'pages' : 'does not page yet'}`,
    groups: p95,
    series: histogram(METRIC, '0.06', [
      [360, 1],
      [minutes, 0, 1],
    ]),
    minutes: 360 + minutes,
    questions: [firing('Fast', pages)],
  })),
  {
    name: 'fewer events than minEventRate fire no alert',
    groups: quiet,
    series: ttft(60, 0, 0.09),
    minutes: 60,
    questions: [firing('Fast', undefined), firing('Slow', undefined), reads('sum(slo:sli_error:ratio_rate1h)', 1)],
  },
  {
    name: 'enough events fire a page and a ticket',
    groups: quiet,
    series: ttft(60, 0, 0.11),
    minutes: 60,
    questions: [firing('Fast', 1), firing('Slow', 1)],
  },
  {
    name: 'two promises about one latency burn separately',
    groups: two,
    series: ttft(60, 60, 40),
    minutes: 60,
    questions: [firing('Fast', 1), firing('Slow', 1), reads('count(slo:objective:ratio)', 2)],
  },
];

/** Long windows at a slow pace: the longest interval between scrapes that is allowed. */
const SLOW = { scrape: 75, evaluation: 1800 };
const DAY = 24 * 60;

/** A bad day, then good ones: the ratio on the last day that counts it, and once it no longer counts. */
const forgets = (label: string, days: number): Question[] =>
  [
    { minutes: (days - 1) * DAY, expected: 0.75 / (days - 1) },
    { minutes: (days + 1.125) * DAY, expected: 0 },
  ].map(({ minutes, expected }) => ({
    ...reads(`round(sum(slo:sli_error:ratio_rate${label}), 0.001)`, Math.round(expected * 1000) / 1000),
    minutes,
  }));

const PERIODS: readonly Case[] = [
  {
    name: 'a bad day counts for 28 or 30 days, and no longer',
    groups: watching(promise(95), promise(94, MONTH)),
    series: histogram(
      METRIC,
      '0.06',
      [
        [DAY, 0.25, 0.75],
        [31 * DAY, 1],
      ],
      '',
      SLOW.scrape,
    ),
    minutes: 32 * DAY,
    questions: [...forgets('4w', 28), ...forgets('30d', 30)],
  },
];

const filesOf = (cases: readonly Case[]): RuleFile[] => cases.map(({ groups, ...each }) => ({ groups, cases: [each] }));

describe('budgets', () => {
  let verdicts: ReadonlyMap<string, string>;
  beforeAll(() => {
    verdicts = testRules(filesOf(CASES), { scrape: SCRAPE, evaluation: SCRAPE });
  });
  test.each(CASES)('$name', ({ name }) => expectHolds(verdicts.get(name)));
});

describe('periods', () => {
  let verdicts: ReadonlyMap<string, string>;
  beforeAll(() => {
    verdicts = testRules(filesOf(PERIODS), SLOW);
  });
  test.each(PERIODS)('$name', ({ name }) => expectHolds(verdicts.get(name)));
});
