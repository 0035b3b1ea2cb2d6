import type { Size, SizeRoundingBehavior } from 'cdk8s';

/** `SizeRoundingBehavior.NONE`, without loading cdk8s: decisions are pure. */
const EXACT = 2 as SizeRoundingBehavior.NONE;

/** A size in MiB, fractions included: cdk8s itself throws on `Size.gibibytes(14.96)`. */
export function mebibytesOf(size: Size): number {
  return size.toKibibytes({ rounding: EXACT }) / 1024;
}
