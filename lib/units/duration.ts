import type { Duration } from 'cdk8s';

/** Whether a value can do what a Duration does: a program may have several copies of cdk8s, and bundlers rename classes. */
export function isDuration(value: unknown): value is Duration {
  if (typeof value !== 'object' || value === null) return false;
  const { toMilliseconds, toSeconds, toIsoString } = value as Partial<Duration>;
  return [toMilliseconds, toSeconds, toIsoString].every((method) => typeof method === 'function');
}
