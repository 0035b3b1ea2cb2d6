import type { Size, SizeRoundingBehavior } from 'cdk8s';

/** `SizeRoundingBehavior.NONE`, without loading cdk8s: decisions are pure. */
const EXACT = 2 as SizeRoundingBehavior.NONE;

/** MiB in one GiB. */
export const MIB_PER_GIB = 1024;

/** Bytes in one MiB. */
export const BYTES_PER_MIB = 1024 ** 2;

/** Bytes in one GiB. */
export const BYTES_PER_GIB = 1024 ** 3;

/** A size in GiB, for people: `14.96 GiB`, with `digits` digits after the point. In MiB, where it would be 0 GiB. */
export function inGibibytes(mib: number, digits = 1): string {
  if (mib > 0 && mib < MIB_PER_GIB / 10) return `${Number(mib.toPrecision(3))} MiB`;
  return `${Number((mib / MIB_PER_GIB).toFixed(digits))} GiB`;
}

/** A size in MiB, rounded up to whole GiB. */
export const wholeGib = (mib: number): number => Math.ceil(mib / MIB_PER_GIB) * MIB_PER_GIB;

/** A size in MiB, fractions included: cdk8s itself throws on `Size.gibibytes(14.96)`. */
export function mebibytesOf(size: Size): number {
  return size.toKibibytes({ rounding: EXACT }) / 1024;
}

/** Whether a value can do what a Size does: a program may have several copies of cdk8s, and bundlers rename classes. */
export function isSize(value: unknown): value is Size {
  if (typeof value !== 'object' || value === null) return false;
  const { toKibibytes, toGibibytes } = value as Partial<Size>;
  return typeof toKibibytes === 'function' && typeof toGibibytes === 'function';
}
