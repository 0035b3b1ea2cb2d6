import { join } from 'node:path';
import { interleaved, median, runNode } from './child';
import { helmTemplate } from './helm';
import type { Subject } from './subject';

/** Duration of a whole process. */
export interface ColdStart {
  readonly what: string;
  readonly ms: number;
  readonly min: number;
  readonly max: number;
  /** Relative to `require('cdk8s')`: the median of the ratios of all rounds. */
  readonly ratio: number;
}

const BASE = "require('cdk8s')";

/** Helm, and a chart with as many objects as the smallest program. */
export interface SmallestChart {
  readonly helm: string;
  readonly chart: string;
}

/** Measures starts of Node that load more each time, up to the smallest program, and Helm for comparison. */
export function coldStarts(
  subjects: readonly Subject[],
  rounds: number,
  beside: SmallestChart | undefined,
): ColdStart[] {
  const node = ({ folder }: Subject, ...args: string[]) => runNode(args, folder).wallMs;
  const [first] = subjects;
  if (first === undefined) throw new Error('no package to measure');
  const starts: [what: string, run: () => number][] = [
    ['`node -e ""`', () => node(first, '-e', '')],
    [`\`${BASE}\``, () => node(first, '-e', BASE)],
    ...subjects.flatMap((each): [string, () => number][] => [
      [`\`require('cdk8s-vllm')\`, ${each.name}`, () => node(each, '-e', "require('cdk8s-vllm')")],
      [`smallest program, ${each.name}`, () => node(each, 'smallest.js', join(each.folder, 'smallest'))],
    ]),
  ];
  if (beside) starts.push(['`helm template`, as many objects', () => helmTemplate(beside.helm, beside.chart, 1)]);
  const tasks = starts.map(([, run]) => run);
  interleaved(tasks, 1); // fills the file cache
  const measured = interleaved(tasks, rounds);
  const base = measured[1] ?? [];
  return starts.map(([what], index) => {
    const times = measured[index] ?? [];
    const ratio = median(times.map((time, round) => time / (base[round] ?? NaN)));
    return { what, ms: median(times), min: Math.min(...times), max: Math.max(...times), ratio };
  });
}
