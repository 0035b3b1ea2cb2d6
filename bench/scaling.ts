/**
 * Plays load traces against scaling policies (bench/simulation) and prints Markdown tables:
 *
 * npm run bench:scaling # signals × traces npm run bench:scaling -- --seed 1 # irregular arrivals and responses instead
 * of even ones npm run bench:scaling -- --frontier # the cheapest setting of each signal that holds the objective npm
 * run bench:scaling -- --picture [--check] # writes docs/img/scaling.svg, or fails when it is out of date
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { article, articleAsWritten, recommended, recommendedToZero, single } from './simulation/policies';
import type { ScalingPolicy } from './simulation/policy';
import type { Result } from './simulation/result';
import { simulate } from './simulation/simulate';
import type { Trace } from './simulation/traces';
import { nightToZero, ramp, sinus, spike, step, TRACES } from './simulation/traces';
import type { Workload } from './simulation/workload';
import { batchSize, capacity, EIGHT_B } from './simulation/workload';
import { picture } from './scaling-picture';

/** Share of requests that must meet the objective. */
const PROMISE = 0.995;

interface Table {
  readonly title: string;
  readonly workload: Workload;
  readonly traces: readonly Trace[];
  readonly rows: readonly (readonly [name: string, policy: ScalingPolicy])[];
}

const known = (workload: Workload, minReplicas: number, maxReplicas: number) => ({
  minReplicas,
  maxReplicas,
  batch: batchSize(workload),
  startup: workload.startup + workload.probePeriod,
});

/** The default, and the default with a minimum that can serve `burst` requests per second. */
function ours(workload: Workload, burst: number, min: number, max: number): Table['rows'] {
  const warm = Math.ceil(burst / capacity(workload));
  return [
    [`default, min ${min}`, recommended(known(workload, min, max))],
    [`default, warm pool: min ${warm}`, recommended(known(workload, warm, max))],
  ];
}

const SUMMED = 'article, summed: 8 requests/s';

const others: Table['rows'] = [
  ['article as printed', articleAsWritten()],
  [SUMMED, article()],
  ['article, summed, warm pool: min 4', article(4)],
  ['in flight 30, Kubernetes behavior', single({ signal: { of: 'inFlight' }, threshold: 30 }, 1, 40)],
  ['waiting 5', single({ signal: { of: 'waiting' }, threshold: 5 }, 1, 40)],
  [
    'p95 time to first token 0.5 s, Value',
    single({ signal: { of: 'timeToFirstToken', window: 60, quantile: 0.95 }, threshold: 0.5, type: 'Value' }, 1, 40),
  ],
  ['output tokens 950/s', single({ signal: { of: 'outputTokens', window: 60 }, threshold: 950 }, 1, 40)],
];

const slow: Workload = { ...EIGHT_B, startup: 400 };
const talkative: Workload = { ...EIGHT_B, outputTokens: 300 };

const TABLES: readonly Table[] = [
  {
    title: 'Start 180 s',
    workload: EIGHT_B,
    traces: TRACES,
    rows: [
      ...ours(EIGHT_B, 28, 1, 40),
      ['to zero, gateway holds requests', recommendedToZero(known(EIGHT_B, 0, 40))],
      ...others,
    ],
  },
  {
    title: 'Start 400 s',
    workload: slow,
    traces: TRACES,
    rows: [...ours(slow, 28, 1, 40), [SUMMED, article()]],
  },
  {
    title: 'Start 180 s, responses twice as long, half the requests',
    workload: talkative,
    traces: [sinus(4, 20), ramp(12.5), step(4, 12), spike(4, 14), nightToZero(8)],
    rows: [...ours(talkative, 14, 1, 40), [SUMMED, article()]],
  },
  {
    title: 'Start 180 s, four times the load',
    workload: EIGHT_B,
    traces: [sinus(32, 160), ramp(100), step(32, 96), spike(32, 112), nightToZero(64)],
    rows: [...ours(EIGHT_B, 112, 4, 80), [`${SUMMED}, min 4, max 80`, article(4, 80)]],
  },
];

const percent = ({ withinObjective }: Result): string => {
  // Rounded down: 99.96 % is not 100 %.
  const text = (Math.floor(withinObjective * 1000) / 10).toFixed(1);
  return withinObjective >= PROMISE ? `**${text}**` : text;
};
const cell = (result: Result): string =>
  `${percent(result)} / ${result.gpuHours.toFixed(2)} / ${result.peakReplicas} / ${result.events}`;
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

function print({ title, workload, traces, rows }: Table, seed: number | undefined): void {
  const body = rows.map(([name, policy]) => [
    name,
    ...traces.map((trace) => cell(simulate({ workload, policy, trace, seed }))),
  ]);
  console.log(`\n### ${title}\n\n${markdown(['policy', ...traces.map(({ name }) => name)], body)}`);
}

/** Settings of each signal, tried with each warm pool; the behavior is the recommended one. */
const FAMILIES: readonly (readonly [string, readonly number[], (threshold: number) => ScalingPolicy['triggers']])[] = [
  ['in flight', [24, 30, 38, 45], (threshold) => [{ signal: { of: 'inFlight' }, threshold }]],
  ['completions/s', [4, 5, 6, 7, 8], (threshold) => [{ signal: { of: 'completions', window: 60 }, threshold }]],
  ['arrivals/s', [5, 6, 7, 8], (threshold) => [{ signal: { of: 'arrivals', window: 60 }, threshold }]],
  ['waiting', [1, 5, 20], (threshold) => [{ signal: { of: 'waiting' }, threshold }]],
];

function printFrontier(seed: number | undefined): void {
  const { behavior } = recommended(known(EIGHT_B, 1, 40));
  const body = FAMILIES.map(([name, thresholds, triggers]) => {
    const cheapest = TRACES.map((trace) => {
      const held = thresholds.flatMap((threshold) =>
        [1, 2, 3, 4, 5].flatMap((minReplicas) => {
          const policy = { minReplicas, maxReplicas: 40, triggers: triggers(threshold), behavior };
          const result = simulate({ workload: EIGHT_B, policy, trace, seed });
          return result.withinObjective < PROMISE ? [] : [{ threshold, minReplicas, gpuHours: result.gpuHours }];
        }),
      );
      const [best] = held.sort((a, b) => a.gpuHours - b.gpuHours);
      return best ? `${best.gpuHours.toFixed(2)} (${best.threshold}, min ${best.minReplicas})` : 'none';
    });
    return [name, ...cheapest];
  });
  console.log(`GPU-hours of the cheapest setting with ${PROMISE * 100} % within the objective (threshold, minimum).\n`);
  console.log(markdown(['signal', ...TRACES.map(({ name }) => name)], body));
}

function writePicture(check: boolean): void {
  const path = resolve(__dirname, '../docs/img/scaling.svg');
  const svg = picture();
  if (!check) {
    writeFileSync(path, svg);
  } else if (readFileSync(path, 'utf8') !== svg) {
    console.error('docs/img/scaling.svg is out of date: npm run bench:scaling -- --picture');
    process.exitCode = 1;
  }
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    frontier: { type: 'boolean', default: false },
    picture: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? undefined : Number(values.seed);
if (Number.isNaN(seed)) throw new Error(`--seed is "${values.seed}"; give a whole number`);
if (values.picture) writePicture(values.check);
else if (values.frontier) printFrontier(seed);
else {
  console.log(`% of requests with the first token within ${EIGHT_B.objective} s / GPU-hours / peak / scaling events.`);
  console.log(`One replica answers ${capacity(EIGHT_B).toFixed(2)} requests/s; bold: at least ${PROMISE * 100} %.`);
  for (const table of TABLES) print(table, seed);
}
