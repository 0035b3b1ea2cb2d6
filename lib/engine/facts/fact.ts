/** What the command line sets about one thing. Plain data. */
export interface Fact<Value> {
  /** Undefined where the flag is unset, or is a word such as `auto` instead of a number. */
  readonly value?: Value;
  /** Whether the flag is on the command line at all. */
  readonly isSet: boolean;
  /** The property that sets it: `engine.maxModelLen`; the flag itself where it is unset. */
  readonly origin: string;
  /** Whether the library set it, because the user did not. */
  readonly isDefault: boolean;
}

/** Whether a flag is set, and is not a switch that is turned off. */
export function isUsed({ isSet, value }: Fact<unknown>): boolean {
  return isSet && value !== false;
}

/** The value that the user set; undefined for a default of the library. */
export function userValue<Value>({ isDefault, value }: Fact<Value>): Value | undefined {
  return isDefault ? undefined : value;
}
