/**
 * A number that the plan decided, and why.
 */
export interface Decision {
  /** What was decided, for example `startup budget`. */
  readonly what: string;

  /** The value with its unit, for example `600 s`. */
  readonly value: string;

  /** Why: the inputs and the source, or which property said so. */
  readonly reason: string;
}

/** A decided number before it is written down in words. */
export interface Decided {
  readonly value: number;
  readonly reason: string;
}

/** What the user said wins, and the reason names the property. */
export function decide(said: number | undefined, property: string, derived: () => Decided): Decided {
  return said === undefined ? derived() : { value: said, reason: `said in ${property}` };
}
