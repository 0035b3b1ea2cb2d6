/** Offered load over time. Times are in seconds, rates in requests per second. */
export interface Trace {
  readonly name: string;
  readonly duration: number;
  rate(time: number): number;
}

const trace = (name: string, duration: number, rate: Trace['rate']): Trace => ({ name, duration, rate });
const between = (time: number, from: number, to: number): boolean => time >= from && time < to;

/** One day in 90 minutes: from `low` to `high` and back. */
export const sinus = (low = 8, high = 40, duration = 5400): Trace =>
  trace('sinus', duration, (t) => (low + high) / 2 - ((high - low) / 2) * Math.cos((2 * Math.PI * t) / duration));

/** From 0 to `to` in `rise`, then flat. */
export const ramp = (to = 25, rise = 300, duration = 5400): Trace =>
  trace('ramp', duration, (t) => to * Math.min(1, t / rise));

/** A jump to three times the load, for half an hour. */
export const step = (low = 8, high = 24, duration = 4500): Trace =>
  trace('step', duration, (t) => (between(t, 900, 2700) ? high : low));

/** Two bursts that end before a new pod can start. */
export const spike = (low = 8, high = 28, duration = 4500): Trace =>
  trace('spike', duration, (t) => (between(t, 900, 1020) || between(t, 2700, 2820) ? high : low));

/** No load at night, half an hour of morning, an hour of day, half an hour of evening, and the next night. */
export const nightToZero = (day = 16, duration = 10_800): Trace =>
  trace('night to zero', duration, (t) => day * Math.max(0, Math.min(1, (t - 1800) / 1800, (9000 - t) / 1800)));

/** Constant load. */
export const flat = (rate: number, duration: number): Trace => trace('flat', duration, () => rate);

export const TRACES: readonly Trace[] = [sinus(), ramp(), step(), spike(), nightToZero()];
