import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The folder of the project. */
export const ROOT = join(__dirname, '..');

const MAX_OUTPUT = 64 * 1024 * 1024;

/** One run of a Node program in its own process. */
export interface Run {
  /** From start to end of the process. */
  readonly wallMs: number;
  readonly stdout: string;
}

/** Runs Node with these arguments in a folder; fails when the program does. */
export function runNode(args: readonly string[], cwd: string): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: MAX_OUTPUT,
  });
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr.slice(-2000)}`);
  return { wallMs, stdout };
}

/** The median: one disturbed run does not change it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** Calls each task once per round, so that a slow moment of the machine affects all tasks equally. */
export function interleaved<T>(tasks: readonly (() => T)[], rounds: number): T[][] {
  const results: T[][] = tasks.map(() => []);
  for (let round = 0; round < rounds; round++) tasks.forEach((task, index) => results[index]?.push(task()));
  return results;
}
