import type { Bounds } from '../catalogue/rows';

export const isWithin = (number: number, { min, max, above, below }: Bounds): boolean =>
  !(
    (min !== undefined && number < min) ||
    (max !== undefined && number > max) ||
    (above !== undefined && number <= above) ||
    (below !== undefined && number >= below)
  );

/** Limits in words: `greater than 0 and at most 1`. */
export function boundsInWords({ min, max, above, below }: Bounds): string {
  const parts = [
    min !== undefined && `at least ${min}`,
    above !== undefined && `greater than ${above}`,
    max !== undefined && `at most ${max}`,
    below !== undefined && `less than ${below}`,
  ];
  return parts.filter((part) => part !== false).join(' and ');
}
