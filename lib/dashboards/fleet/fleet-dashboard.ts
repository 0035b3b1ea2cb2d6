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
        'Scraped pods of all chosen stacks. If there are far fewer than usual, the table shows which stack lost them.',
      unit: UNIT.count,
      queries: [{ expr: pods(), legend: 'replicas' }],
    }),
    stat({
      title: 'Requests',
      about:
        'Requests that the engines finished per second. If they fall while the queue grows, engines have a problem. If the queue does not grow, clients send less.',
      unit: UNIT.requestsPerSecond,
      queries: [{ expr: sumRate(of(FINISHED)), legend: 'finished' }],
    }),
    stat({
      title: 'Waiting',
      about:
        'Requests in queues. The number should return to 0. If it does not, the table shows which stack has a queue.',
      unit: UNIT.count,
      queries: [{ expr: sum(of(WAITING)), legend: 'waiting' }],
    }),
    stat({
      title: 'Tokens',
      about: 'Tokens of prompts and answers per second: what the fleet produces. Compare it with the cost.',
      unit: UNIT.tokensPerSecond,
      queries: [{ expr: tokens(), legend: 'tokens' }],
    }),
    stat({
      title: 'Cost per hour',
      about: 'Cost of all stacks that have a price. Stacks without one are missing in the sum: set their price.',
      unit: UNIT.dollars,
      queries: [{ expr: cost(), legend: 'cost' }],
    }),
    stat({
      title: 'Firing alerts',
      about:
        'Alerts of all stacks that fire now. The table shows which stack they belong to, and the dashboard of that stack lists them.',
      unit: UNIT.count,
      queries: [{ expr: orZero(aggregate('count', firing)), legend: 'firing' }],
      bounds: [{ value: 1, color: 'red' }],
    }),
    table({
      title: 'Stacks',
      about:
        'Every stack with its newest values. A cell stays empty where a stack has no such value, for example no price. Start with the smallest error budget.',
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
        'Share of good events for each objective. If all stacks dip at once, look for a common cause: a node, the network or Prometheus.',
      unit: UNIT.share,
      max: 1,
      queries: slo(`1 - ${max(of(`${SLO_RECORDS.errorRatio}1h`), ...OBJECTIVE)}`),
    }),
    timeseries({
      title: 'Error budget remaining',
      about:
        'Share of the allowed bad events that is left. Below 0 the promise is broken: make no risky changes to that stack.',
      unit: UNIT.share,
      signed: true,
      max: 1,
      queries: slo(max(of(SLO_RECORDS.budgetRemaining), ...OBJECTIVE)),
      lines: [{ value: 0, color: 'red' }],
    }),
    timeseries({
      title: 'Burn rate',
      about:
        'How many times faster than allowed each error budget burns. Above 1 it runs out too early: open the dashboard of that stack.',
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
      about: 'Finished requests per second of each stack. If one stops while others continue, look at its pods.',
      unit: UNIT.requestsPerSecond,
      stacked: true,
      queries: perStack(sumRate(of(FINISHED), ...STACK)),
    }),
    timeseries({
      title: 'Time to first token, p95',
      about: '95 % of requests get their first token within this time. Only a stack with a queue should stand out.',
      unit: UNIT.seconds,
      queries: perStack(firstToken),
    }),
    timeseries({
      title: 'Tokens',
      about:
        'Tokens of prompts and answers per second of each stack. If tokens fall at the same load, the engines are slower.',
      unit: UNIT.tokensPerSecond,
      stacked: true,
      queries: perStack(tokens(...STACK)),
    }),
    timeseries({
      title: 'Replicas',
      about: 'Scraped pods of each stack. Stacks that grow at the same time compete for the same nodes.',
      unit: UNIT.count,
      stacked: true,
      queries: perStack(pods(...STACK)),
    }),
    timeseries({
      title: 'GPU active',
      about:
        'Mean share of time in which a kernel ran on the GPUs of each stack. If it is low for hours, use fewer replicas or a smaller GPU.',
      unit: UNIT.share,
      max: 1,
      queries: perStack(gpuUse),
    }),
    timeseries({
      title: 'Cost per hour',
      about:
        'Cost of each stack. An unplanned step means that its scaler added replicas, or that a rollout keeps both versions.',
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

/** The dashboard of all stacks that one Prometheus scrapes. */
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
