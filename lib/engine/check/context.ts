import type { Argument } from '../command-line/arguments';
import type { Catalogue, SpelledFlag } from '../catalogue/catalogue';

/** An argument whose flag the pinned release knows. */
export interface KnownArgument extends Argument {
  readonly spelled: SpelledFlag;
}

/** What a check of one argument may look at beside the argument. */
export interface Context {
  readonly catalogue: Catalogue;
  /** The full names of all flags said. */
  readonly said: ReadonlySet<string>;
}
