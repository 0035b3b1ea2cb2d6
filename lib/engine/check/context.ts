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
  /** True for an image that is not vLLM's own, which may have packages that add names. */
  readonly ownImage: boolean;
  /** Names of the model for clients, where they are set. */
  readonly servedNames: readonly string[];
  /** Whether a plugin can add reasoning parsers. */
  readonly hasParserPlugin: boolean;
  /** The format of the weight files, as `--load-format` has it. */
  readonly loadFormat: string;
}
