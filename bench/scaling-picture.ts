import { article, recommended } from './simulation/policies';
import type { Result } from './simulation/result';
import { simulate } from './simulation/simulate';
import { sinus } from './simulation/traces';
import { batchSize, capacity, EIGHT_B } from './simulation/workload';

interface Run {
  readonly name: string;
  readonly style: string;
  readonly result: Result;
}

interface Panel {
  readonly top: number;
  readonly height: number;
  readonly title: string;
  readonly ticks: readonly number[];
  /** Position of a value, from 0 at the bottom to 1 at the top. */
  readonly place: (value: number) => number;
}

const WIDTH = 760;
const HEIGHT = 500;
const LEFT = 60;
const RIGHT = 20;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #3d444d }
  .title { font-weight: 600; fill: #1f2328 }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .grid { stroke: #e5e9ed }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .ours { stroke: #0969da }
  .theirs { stroke: #bc4c00; stroke-dasharray: 6 3 }
  .need { fill: none; stroke: #818b98; stroke-width: 1.5; stroke-dasharray: 2 3 }
  .objective { stroke: #1a7f37; stroke-width: 1.5 }
  .objective-text { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    text { fill: #b1bac4 }
    .title { fill: #f0f6fc }
    .card { fill: #0d1117; stroke: #3d444d }
    .grid { stroke: #262c36 }
    .ours { stroke: #58a6ff }
    .theirs { stroke: #f0883e }
    .need { stroke: #9198a1 }
    .objective { stroke: #3fb950 }
    .objective-text { fill: #3fb950 }
  }`;

const round = (value: number): number => Math.round(value * 10) / 10;

function x(time: number, duration: number): number {
  return round(LEFT + ((WIDTH - LEFT - RIGHT) * time) / duration);
}

function y({ top, height, place }: Panel, value: number): number {
  return round(top + height * (1 - Math.min(1, Math.max(0, place(value)))));
}

function text(at: readonly [number, number], content: string, attributes = ''): string {
  return `<text x="${at[0]}" y="${at[1]}"${attributes && ` ${attributes}`}>${content}</text>`;
}

const path = (points: readonly (readonly [number, number])[], style: string): string =>
  `<path class="${style}" d="M${points.map((point) => point.join(' ')).join('L')}"/>`;

function axes(panel: Panel, duration: number, unit: string): string[] {
  const { top, height, title, ticks } = panel;
  const lines = ticks.flatMap((tick) => [
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(panel, tick)}" y2="${y(panel, tick)}"/>`,
    text([LEFT - 8, y(panel, tick) + 4], `${tick}${unit}`, 'text-anchor="end"'),
  ]);
  const minutes = [];
  for (let at = 0; at <= duration; at += 900) {
    minutes.push(text([x(at, duration), top + height + 18], `${at / 60}`, 'text-anchor="middle"'));
  }
  return [text([LEFT, top - 10], title, 'class="title"'), ...lines, ...minutes];
}

/** The replicas of a run as a step line. */
function stairs({ result }: Run, panel: Panel, duration: number): [number, number][] {
  let replicas = result.minutes[0]?.desired ?? 0;
  const points: [number, number][] = [[x(0, duration), y(panel, replicas)]];
  for (const [time, count] of result.changes) {
    points.push([x(time, duration), y(panel, replicas)], [x(time, duration), y(panel, count)]);
    replicas = count;
  }
  points.push([x(duration, duration), y(panel, replicas)]);
  return points;
}

function legend(runs: readonly Run[], objective: number): string[] {
  return runs.flatMap(({ name, style, result }, at) => {
    const share = Math.floor(result.withinObjective * 1000) / 10;
    const words = `${name}: ${share} % within ${objective} s, ${result.gpuHours.toFixed(1)} GPU-hours`;
    const top = 46 + 20 * at;
    return [path([[LEFT, top - 4] as const, [LEFT + 32, top - 4] as const], style), text([LEFT + 42, top], words)];
  });
}

/** The policy of the article and ours on one day of load, as SVG. */
export function picture(): string {
  const trace = sinus();
  const workload = EIGHT_B;
  const { duration } = trace;
  const startup = workload.startup + workload.probePeriod;
  const known = { minReplicas: 1, maxReplicas: 40, batch: batchSize(workload), startup };
  const runs: Run[] = [
    {
      name: 'article, 8 requests/s per replica',
      style: 'line theirs',
      result: simulate({ workload, trace, policy: article() }),
    },
    {
      name: 'default, requests in flight',
      style: 'line ours',
      result: simulate({ workload, trace, policy: recommended(known) }),
    },
  ];
  const replicas: Panel = {
    top: 128,
    height: 120,
    title: 'Desired replicas, and replicas that the load needs (dotted)',
    ticks: [0, 2, 4, 6, 8],
    place: (value) => value / 8,
  };
  const latency: Panel = {
    top: 310,
    height: 130,
    title: 'Time to first token, p95 of each minute (logarithmic)',
    ticks: [0.01, 0.1, 1, 10, 100],
    place: (value) => (Math.log10(Math.max(value, 0.01)) + 2) / 4,
  };
  const needed = runs[0]?.result.minutes.map(
    ({ time, offered }) => [x(time + 30, duration), y(replicas, offered / capacity(workload))] as const,
  );
  const objective = y(latency, workload.objective);
  const body = [
    `<style>${STYLE}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="6"/>`,
    text([LEFT, 24], 'Load from 8 to 40 requests/s and back; a replica needs 3 minutes to start', 'class="title"'),
    ...legend(runs, workload.objective),
    ...axes(replicas, duration, ''),
    path(needed ?? [], 'need'),
    ...runs.map((run) => path(stairs(run, replicas, duration), run.style)),
    ...axes(latency, duration, ' s'),
    `<line class="objective" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${objective}" y2="${objective}"/>`,
    text(
      [WIDTH - RIGHT - 4, objective - 5],
      `objective ${workload.objective} s`,
      'class="objective-text" text-anchor="end"',
    ),
    ...runs.map(({ style, result }) =>
      path(
        result.minutes.map(({ time, p95 }) => [x(time + 30, duration), y(latency, p95)] as const),
        style,
      ),
    ),
    text([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14], 'minutes', 'text-anchor="middle"'),
  ];
  const label =
    'Replicas and time to first token over 90 minutes: the article’s scaling policy and the default of cdk8s-vllm';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">\n${body.join('\n')}\n</svg>\n`;
}
