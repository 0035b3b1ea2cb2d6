import type { Request } from './replica';
import type { Trace } from './traces';
import type { Workload } from './workload';

/** A generator of numbers in (0, 1), with the same result for the same seed on any machine: mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

const STEP = 0.1;
/** Not 0.1: sums of tenths are not exact. */
const ROUNDING = 1e-6;

/**
 * The requests of a trace in order. Without a seed they arrive evenly and are all equal. With one, the gaps and the
 * lengths of the responses are exponential, with the same means.
 */
export function* arrivals(trace: Trace, workload: Workload, seed?: number): Generator<Request> {
  const next = seed === undefined ? undefined : random(seed);
  const exponential = () => (next ? -Math.log(next()) : 1);
  let due = exponential();
  let expected = 0;
  for (let index = 0; index * STEP < trace.duration; index += 1) {
    const time = index * STEP;
    const rate = trace.rate(time);
    const before = expected;
    expected += rate * STEP;
    for (; due <= expected + ROUNDING; due += exponential()) {
      yield {
        arrival: time + (due - before) / rate,
        promptTokens: workload.promptTokens,
        firstToken: undefined,
        outputTokens: Math.max(1, Math.round(workload.outputTokens * exponential())),
      };
    }
  }
}
