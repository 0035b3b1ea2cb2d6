import type { MetricRole } from '../../engine/metric-roles';
import type { PlannedObjective } from '../../metrics/slo';
import type { Row } from '../grafana/layout';
import { heatmap } from '../grafana/heatmap';
import type { Bound, Panel, Query } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { buckets, orZero, quantile, ratio, sumRate, WORK } from '../panel-queries';
import type { ServiceScope } from './scope';

const PERCENTILES = [50, 95, 99];

const ofKind = (scope: ServiceScope, ...kinds: readonly PlannedObjective['kind'][]): readonly PlannedObjective[] =>
  scope.watched.objectives.filter(({ kind }) => kinds.includes(kind));

/** Share of requests that failed in the engine, in releases that count them. */
function engineErrors(scope: ServiceScope): Query[] {
  const name = scope.name('finished');
  if (name === undefined || !scope.countsEngineErrors) return [];
  const failed = scope.chosen(name, { finished_reason: 'error' });
  return [{ expr: ratio(orZero(sumRate(failed)), sumRate(scope.chosen(name))), legend: 'failed in the engine' }];
}

function traffic(scope: ServiceScope): readonly Panel[] {
  const name = scope.name('http');
  if (name === undefined) return [];
  const [all, failed] = [{ handler: WORK }, { handler: WORK, status: { matches: '5..' } }];
  return [
    timeseries({
      title: 'Requests by status',
      about:
        'Requests for work by class of HTTP status, counted when the answer ends. 4xx are mistakes of clients. A failure after the first byte of a stream still counts as 2xx: compare with the finish reasons.',
      unit: UNIT.requestsPerSecond,
      stacked: true,
      queries: [{ expr: sumRate(scope.chosen(name, all), 'status'), legend: '{{status}}' }],
    }),
    timeseries({
      title: 'Failed requests',
      about:
        'Share of requests answered with 5xx, and of those that failed in the engine, perhaps after the first bytes of a 200. It is empty without requests. When it rises, read the logs of the pods, and look for restarts and for pods that stopped while they still got requests.',
      unit: UNIT.share,
      queries: [
        { expr: ratio(orZero(sumRate(scope.chosen(name, failed))), sumRate(scope.chosen(name, all))), legend: '5xx' },
        ...engineErrors(scope),
      ],
      lines: ofKind(scope, 'availability', 'error-rate').map(({ target }) => ({
        value: Number((1 - target).toFixed(9)),
        color: 'red',
      })),
    }),
  ];
}

function finishes(scope: ServiceScope): readonly Panel[] {
  const advice = scope.countsEngineErrors
    ? '`error` is a failure of the engine: read its log.'
    : 'This release of vLLM has no reason for errors: failed requests are missing here.';
  return scope.with(['finished'], (finished) => [
    timeseries({
      title: 'Why requests ended',
      about: `Share of finished requests by reason. \`abort\` is a request that a pod broke off when it stopped; a client that disconnects is not counted. \`length\` is the limit of tokens. ${advice}`,
      unit: UNIT.share,
      queries: [
        {
          expr: `${sumRate(finished, 'finished_reason')} / on () group_left () (${sumRate(finished)} > 0)`,
          legend: '{{finished_reason}}',
        },
      ],
      max: 1,
    }),
  ]);
}

/** A latency that an objective may promise. */
interface Latency {
  readonly metric: MetricRole;
  readonly kind: PlannedObjective['kind'];
  readonly title: string;
  readonly about: string;
}

const LATENCIES: readonly Latency[] = [
  {
    metric: 'timeToFirstToken',
    kind: 'time-to-first-token',
    title: 'Time to first token',
    about:
      'How long clients wait for the first token: queue and prefill. When it rises, check whether requests queue (too few replicas) or prompts grew (split prefill, or a prefix cache).',
  },
  {
    metric: 'interTokenLatency',
    kind: 'inter-token-latency',
    title: 'Inter-token latency',
    about:
      'Time between two tokens of one answer. When it rises, the batch is too large or long prompts interrupt decoding: lower max-num-seqs or max-num-batched-tokens, or add replicas.',
  },
  {
    metric: 'endToEnd',
    kind: 'end-to-end',
    title: 'End to end latency',
    about:
      'From the arrival of a request to its last token; it grows with the length of the answers. The smallest default bucket ends at 0.3 s: shorter times look alike.',
  },
];

/** The one latency of a model that does not generate. */
const WHOLE_ANSWER: Latency = {
  metric: 'endToEnd',
  kind: 'end-to-end',
  title: 'End to end latency',
  about:
    'From the arrival of a request to its answer. When it rises, requests queue or inputs are longer: add replicas. The smallest default bucket ends at 0.3 s: shorter times look alike without an objective, which adds a bucket.',
};

function latency({ metric, kind, title, about }: Latency, scope: ServiceScope): readonly Panel[] {
  return scope.histogram(metric, (of, name) => {
    const promised = ofKind(scope, kind).flatMap((objective) => objective.latency ?? []);
    const bounds = promised.filter(({ histogram }) => histogram === name);
    const percentiles = [...new Set([...PERCENTILES, ...bounds.map(({ percentile }) => percentile)])];
    const queries = percentiles
      .sort((a, b) => a - b)
      .map((percentile) => ({ expr: quantile(Number((percentile / 100).toFixed(6)), of), legend: `p${percentile}` }));
    const lines = bounds.map(({ bound }): Bound => ({ value: bound, color: 'red' }));
    const line = lines.length > 0 ? ' The line is the promise.' : '';
    return [timeseries({ title, about: about + line, unit: UNIT.seconds, queries, lines })];
  });
}

function distribution({ metric, title }: Latency, scope: ServiceScope): readonly Panel[] {
  return scope.histogram(metric, (of) => [
    heatmap({
      title: `${title}, distribution`,
      about:
        'How many observations fell into each bucket. Two bands are two kinds of requests, which one percentile hides. When a slow band appears, look at the lengths of prompts.',
      unit: UNIT.seconds,
      expr: buckets(of),
    }),
  ]);
}

/** Rate, errors and duration, as clients see them. */
export function requestsRow(scope: ServiceScope): Row {
  const latencies = scope.hasTokens ? LATENCIES : [WHOLE_ANSWER];
  return {
    title: 'Requests',
    panels: [
      ...traffic(scope),
      ...finishes(scope),
      ...latencies.flatMap((each) => latency(each, scope)),
      ...latencies.flatMap((each) => distribution(each, scope)),
    ],
  };
}
