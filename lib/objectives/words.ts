import { SECONDS_OF_DAY } from '../metrics/slo';
import { decimal } from '../units/decimal';

/** A share in words: `99.5 %`. */
export function percent(share: number): string {
  return `${decimal(share * 100)} %`;
}

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [SECONDS_OF_DAY, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** A time in words, in the largest unit that divides it: `60 ms`, `1.5 s`, `2 h`. */
export function timeOf(seconds: number): string {
  if (seconds < 1) return `${decimal(seconds * 1000)} ms`;
  const [factor, unit] = UNITS.find(([each]) => seconds % each === 0) ?? [1, 's'];
  return `${decimal(seconds / factor)} ${unit}`;
}

/** A number to three digits, for people: over 28 days, burn rates are endless fractions. */
export function about(value: number): number {
  return Number(value.toPrecision(3));
}
