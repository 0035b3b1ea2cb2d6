import type { Argument } from '../command-line/arguments';
import type { Catalogue, SpelledFlag } from '../catalogue/catalogue';

/** An argument whose flag the pinned release knows. */
export interface KnownArgument extends Argument {
  readonly spelled: SpelledFlag;
}

/** What a check of one argument may read in addition to the argument. */
export interface Context {
  readonly catalogue: Catalogue;
  /** The full names of all flags that are set. */
  readonly set: ReadonlySet<string>;
  /** Whether a plugin can add reasoning parsers. */
  readonly hasParserPlugin: boolean;
}
