import type { PromptTokenRange } from './member-options';

/** Lengths of prompts in tokens, both ends included; without a maximum, every length from the minimum on. */
export interface TokenRange {
  readonly minimum: number;
  readonly maximum: number | undefined;
}

/** What the label has in place of no maximum: the plugin requires a number. */
const NO_MAXIMUM = 1_000_000_000;

/** The range that a member set. */
export const tokenRange = ({ minimum = 0, maximum }: PromptTokenRange): TokenRange => ({ minimum, maximum });

/** A range as the value of the label: `0-2048`. */
export const rangeLabel = ({ minimum, maximum = NO_MAXIMUM }: TokenRange): string => `${minimum}-${maximum}`;

/** A range in words. */
export const rangeText = ({ minimum, maximum }: TokenRange): string =>
  maximum === undefined ? `${minimum} tokens and more` : `${minimum} to ${maximum} tokens`;

/** A range of one member. */
export interface MemberRange {
  /** The stack, in words. */
  readonly stack: string;
  readonly range: TokenRange;
}

/** The first length that no range has; undefined when the ranges have every length. */
export function firstGap(ranges: readonly TokenRange[]): TokenRange | undefined {
  let next = 0;
  const sorted = [...ranges].sort((one, other) => one.minimum - other.minimum);
  for (const { minimum, maximum } of sorted) {
    if (minimum > next) return { minimum: next, maximum: minimum - 1 };
    if (maximum === undefined) return undefined;
    next = Math.max(next, maximum + 1);
  }
  return { minimum: next, maximum: undefined };
}

/**
 * Pairs of different ranges with common lengths. Equal ranges share their load, and two that meet in one length, such
 * as 0 to 2048 and 2048 to 8192, are the notation of the plugin's own documentation.
 */
export function overlaps(members: readonly MemberRange[]): [MemberRange, MemberRange][] {
  return members.flatMap((one, index) =>
    members.slice(index + 1).flatMap((other): [MemberRange, MemberRange][] => {
      const { minimum, maximum = Infinity } = one.range;
      const { minimum: otherMinimum, maximum: otherMaximum = Infinity } = other.range;
      if (minimum === otherMinimum && maximum === otherMaximum) return [];
      const common = Math.min(maximum, otherMaximum) - Math.max(minimum, otherMinimum);
      return common > 0 ? [[one, other]] : [];
    }),
  );
}
