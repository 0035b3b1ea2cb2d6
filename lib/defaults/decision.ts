/**
 * A number that the library decided, and why.
 */
export interface Decision {
  /** What was decided, for example `startup budget`. */
  readonly what: string;

  /** The value with its unit, for example `600 s`. */
  readonly value: string;

  /** Why: the inputs and the source, or the property that sets it. */
  readonly reason: string;
}

/** A decided number, before it is printed with its unit. */
export interface Decided {
  readonly value: number;
  readonly reason: string;
}

/** A value that the user set wins, and the reason names its property. */
export function decide(set: number | undefined, property: string, derived: () => Decided): Decided {
  return set === undefined ? derived() : { value: set, reason: `set in ${property}` };
}
