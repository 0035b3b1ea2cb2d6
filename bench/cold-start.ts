import { join } from 'node:path';
import { interleaved, median, runNode } from './child';

/** How long a whole process takes. */
export interface ColdStart {
  readonly what: string;
  readonly ms: number;
  readonly min: number;
  readonly max: number;
  /** Against `require('cdk8s')`, the median of the ratios round by round. */
  readonly ratio: number;
}

const BASE = "require('cdk8s')";

/** Starts of Node with more and more loaded, and the smallest program last. */
export function coldStarts(outdir: string, rounds: number): ColdStart[] {
  const programs: [what: string, args: string[]][] = [
    ['`node -e ""`', ['-e', '']],
    [`\`${BASE}\``, ['-e', BASE]],
    ["`require('cdk8s-plus-28')`", ['-e', "require('cdk8s-plus-28')"]],
    ["`require('cdk8s-vllm')`", ['-e', "require('.')"]],
    ['smallest program, with synth', ['bench/programs/smallest.js', join(outdir, 'smallest')]],
  ];
  const tasks = programs.map(
    ([, args]) =>
      () =>
        runNode(args).wallMs,
  );
  interleaved(tasks, 1); // fills the file cache
  const measured = interleaved(tasks, rounds);
  const base = measured[programs.findIndex(([, [, code]]) => code === BASE)] ?? [];
  return programs.map(([what], index) => {
    const times = measured[index] ?? [];
    const ratio = median(times.map((time, round) => time / (base[round] ?? NaN)));
    return { what, ms: median(times), min: Math.min(...times), max: Math.max(...times), ratio };
  });
}
