import { newestName } from '../../engine/metric-roles';
import { COST_RECORDS, GPU_RECORDS } from '../../metrics/gpu-records';
import type { Matcher } from '../../metrics/promql';
import { selector } from '../../metrics/promql';
import { SLO_RECORDS } from '../../metrics/slo';
import type { Dashboard } from '../grafana/dashboard';
import { dashboard } from '../grafana/dashboard';
import type { Row } from '../grafana/layout';
import type { Query } from '../grafana/panel';
import { table } from '../grafana/table';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { stat } from '../grafana/values';
import type { Variable } from '../grafana/variables';
import { anyOf } from '../grafana/variables';
import { aggregate, max, orZero, quantile, sum, sumRate } from '../panel-queries';

/** What tells one stack from another on every series that the table joins. */
const STACK = ['namespace', 'app'];
const LEGEND = '{{namespace}}/{{app}}';

const CHOSEN = { namespace: { matches: '$namespace' }, app: { matches: '$app' } } as const;

const of = (metric: string, more: Readonly<Record<string, Matcher>> = {}): string =>
  selector(metric, { ...CHOSEN, ...more });

/** Metrics that vLLM has in every release: a fleet may run several. */
const RUNNING = newestName('running');
const WAITING = newestName('waiting');
const FINISHED = newestName('finished');
const PROMPT = newestName('promptTokens');
const GENERATED = newestName('generationTokens');
const FIRST_TOKEN = newestName('timeToFirstToken');

const pods = (...by: string[]): string => aggregate('count', max(of(RUNNING), ...STACK, 'model', 'pod'), by);
const firing = of('ALERTS', { alertstate: 'firing' });
const tokens = (...by: string[]): string => `${sumRate(of(PROMPT), ...by)} + ${sumRate(of(GENERATED), ...by)}`;
const firstToken = quantile(0.95, (suffix) => of(FIRST_TOKEN + suffix), ...STACK);
const gpuUse = aggregate('avg', of(GPU_RECORDS.engineActive), STACK);
const cost = (...by: string[]): string => sum(of(COST_RECORDS.dollarsPerHour), ...by);
const budget = aggregate('min', of(SLO_RECORDS.budgetRemaining), STACK);

const TOTALS: Row = {
  title: 'All stacks',
  panels: [
    stat({
      title: 'Replicas',
      about:
        'Pods of all chosen stacks that are scraped. Far fewer than usual at noon: look at the table for who lost them.',
      unit: UNIT.count,
      queries: [{ expr: pods(), legend: 'replicas' }],
    }),
    stat({
      title: 'Requests',
      about:
        'Requests that the engines finished per second. A sudden fall with a rising queue is trouble; without one, clients stay away.',
      unit: UNIT.requestsPerSecond,
      queries: [{ expr: sumRate(of(FINISHED)), legend: 'finished' }],
    }),
    stat({
      title: 'Waiting',
      about: 'Requests in queues. It should return to 0; where it does not, the table says which stack.',
      unit: UNIT.count,
      queries: [{ expr: sum(of(WAITING)), legend: 'waiting' }],
    }),
    stat({
      title: 'Tokens',
      about: 'Tokens of prompts and answers per second: what the fleet produces. Compare with its cost.',
      unit: UNIT.tokensPerSecond,
      queries: [{ expr: tokens(), legend: 'tokens' }],
    }),
    stat({
      title: 'Cost per hour',
      about: 'Cost of all stacks that have a price. Stacks without one are missing in the sum: give them a price.',
      unit: UNIT.dollars,
      queries: [{ expr: cost(), legend: 'cost' }],
    }),
    stat({
      title: 'Firing alerts',
      about: 'Alerts of all stacks that fire now. The table says whose, and the dashboard of that stack lists them.',
      unit: UNIT.count,
      queries: [{ expr: orZero(aggregate('count', firing)), legend: 'firing' }],
      bounds: [{ value: 1, color: 'red' }],
    }),
    table({
      title: 'Stacks',
      about:
        'Every stack with its newest values; what a stack does not have, such as a price or objectives, stays empty. Start with the smallest error budget.',
      labels: { namespace: 'Namespace', app: 'Stack', model: 'Model' },
      columns: [
        { title: 'Replicas', unit: UNIT.count, expr: pods(...STACK, 'model') },
        { title: 'Requests', unit: UNIT.requestsPerSecond, expr: sumRate(of(FINISHED), ...STACK) },
        { title: 'Waiting', unit: UNIT.count, expr: sum(of(WAITING), ...STACK) },
        { title: 'First token p95', unit: UNIT.seconds, expr: firstToken },
        { title: 'Tokens', unit: UNIT.tokensPerSecond, expr: tokens(...STACK) },
        {
          title: 'Error budget',
          unit: UNIT.share,
          expr: budget,
          // Below 0 the promise is broken; the last quarter is worth a look.
          base: 'red',
          bounds: [
            { value: 0, color: 'orange' },
            { value: 0.25, color: 'green' },
          ],
        },
        { title: 'GPU active', unit: UNIT.share, expr: gpuUse },
        { title: 'Cost per hour', unit: UNIT.dollars, expr: cost(...STACK) },
        {
          title: 'Alerts',
          unit: UNIT.count,
          expr: aggregate('count', firing, STACK),
          bounds: [{ value: 1, color: 'red' }],
        },
      ],
      sortBy: 'Stack',
    }),
  ],
};

const slo = (expr: string): Query[] => [{ expr, legend: `${LEGEND} {{sloth_slo}}` }];
const perStack = (expr: string): Query[] => [{ expr, legend: LEGEND }];
const OBJECTIVE = [...STACK, 'sloth_slo'];

const OBJECTIVES: Row = {
  title: 'Objectives',
  panels: [
    timeseries({
      title: 'Attainment, last hour',
      about:
        'Share of good events for each objective. A dip of all stacks at once has one cause: a node, the network, Prometheus.',
      unit: UNIT.share,
      max: 1,
      queries: slo(`1 - ${max(of(`${SLO_RECORDS.errorRatio}1h`), ...OBJECTIVE)}`),
    }),
    timeseries({
      title: 'Error budget remaining',
      about:
        'What is left of the bad events that each promise allows. Below 0 the promise is broken: ship nothing risky there.',
      unit: UNIT.share,
      signed: true,
      max: 1,
      queries: slo(max(of(SLO_RECORDS.budgetRemaining), ...OBJECTIVE)),
      lines: [{ value: 0, color: 'red' }],
    }),
    timeseries({
      title: 'Burn rate',
      about:
        'How many times faster than allowed each budget goes. Above 1 it will not last: open the dashboard of that stack.',
      unit: UNIT.count,
      queries: slo(max(of(SLO_RECORDS.currentBurnRate), ...OBJECTIVE)),
      lines: [{ value: 1, color: 'orange' }],
    }),
  ],
};

const LOAD: Row = {
  title: 'Load and capacity',
  panels: [
    timeseries({
      title: 'Requests',
      about: 'Finished requests per second of each stack. One that stops while others go on: look at its pods.',
      unit: UNIT.requestsPerSecond,
      stacked: true,
      queries: perStack(sumRate(of(FINISHED), ...STACK)),
    }),
    timeseries({
      title: 'Time to first token, p95',
      about: 'How long 95 % of requests wait at most for the first token. Only a stack that queues should stand out.',
      unit: UNIT.seconds,
      queries: perStack(firstToken),
    }),
    timeseries({
      title: 'Tokens',
      about: 'Tokens of prompts and answers per second of each stack. Falling tokens at the same load: slower engines.',
      unit: UNIT.tokensPerSecond,
      stacked: true,
      queries: perStack(tokens(...STACK)),
    }),
    timeseries({
      title: 'Replicas',
      about: 'Pods of each stack that are scraped. Stacks that grow at the same time compete for the same nodes.',
      unit: UNIT.count,
      stacked: true,
      queries: perStack(pods(...STACK)),
    }),
    timeseries({
      title: 'GPU active',
      about:
        'Mean share of time in which a kernel ran on the GPUs of each stack. Low for hours: fewer replicas or a smaller GPU.',
      unit: UNIT.share,
      max: 1,
      queries: perStack(gpuUse),
    }),
    timeseries({
      title: 'Cost per hour',
      about: 'What each stack costs. A step that nobody planned: its scaler went up, or a rollout keeps both versions.',
      unit: UNIT.dollars,
      stacked: true,
      queries: perStack(cost(...STACK)),
    }),
  ],
};

const variables = (): Variable[] => {
  const stacks = selector(RUNNING, { app: { matches: '.+' } });
  const inNamespace = selector(RUNNING, { namespace: { matches: '$namespace' }, app: { matches: '.+' } });
  return [
    anyOf({ name: 'namespace', label: 'Namespace', series: stacks, of: 'namespace' }, '.*'),
    anyOf({ name: 'app', label: 'Stack', series: inNamespace, of: 'app' }, '.+'),
  ];
};

/** All stacks that one Prometheus knows. */
export function fleetDashboard(uid: string): Dashboard {
  return dashboard({
    uid,
    title: 'vLLM / fleet',
    description: 'All vLLM stacks: promises, load, capacity and cost.',
    tags: ['vllm-fleet'],
    variables: variables(),
    annotations: [],
    rows: [TOTALS, OBJECTIVES, LOAD],
  });
}
