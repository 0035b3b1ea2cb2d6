import type { Behaviour } from './engine-pod';
import { LiveStack, type Options } from './live-stack';
import type { LiveWorld } from './live-world';
import type { Recorder, Row } from './recorder';
import { report } from './report';
import type { Counts, Traffic } from './traffic';

/** Clients, each with one request at a time: some hundred requests a second. */
const CLIENTS = 5;

/** A stack whose first version serves. */
export interface Run {
  readonly stack: LiveStack;
  readonly traffic: Traffic;
  readonly recorder: Recorder;
}

export interface LoadOptions {
  readonly clients?: number;
  /** What the stack sets. */
  readonly options?: Options;
  /** How the first version behaves. */
  readonly behaviour?: Behaviour;
}

/** Runs a stack under load, and reports what happened. */
export async function underLoad(
  world: LiveWorld,
  title: string,
  name: string,
  during: (run: Run) => Promise<void>,
  { clients = CLIENTS, options = {}, behaviour = {} }: LoadOptions = {},
): Promise<{ rows: readonly Row[]; counts: Counts }> {
  const stack = new LiveStack(world, name, options);
  const { traffic, recorder } = await stack.start(clients, behaviour);
  try {
    await during({ stack, traffic, recorder });
  } finally {
    const rows = await recorder.stop();
    report(title, rows, await traffic.stop());
    await stack.remove();
  }
  return { rows: recorder.rows, counts: traffic.counts() };
}

/** The weights in their order, each once. */
export const weightsOf = (rows: readonly Row[]): number[] =>
  rows.map(({ weight }) => weight).filter((weight, at, all) => weight !== all[at - 1]);
