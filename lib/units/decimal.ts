/** A number without the noise of binary fractions: 0.05 rather than 1 − 0.95. */
export function decimal(value: number): number {
  return Number(value.toPrecision(12));
}
