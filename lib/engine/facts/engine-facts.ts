import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import type { Argument } from '../command-line/arguments';
import type { Fact } from './fact';
import type { FactRow, SetFacts } from './fact-table';
import { FACTS } from './fact-table';
import type { Parallelism } from './parallelism';
import { parallelismOf } from './parallelism';
import type { SetFlag } from './set-flags';
import { setFlags } from './set-flags';

/**
 * What a command line means, typed, whether a property, `extraArgs` or a default of the library set it. Plain data, and
 * what every decision reads in place of flags.
 */
export interface EngineFacts extends SetFacts {
  /** The full names of all flags that are set. */
  readonly flags: readonly FlagName[];
  readonly parallelism: Parallelism;
}

/** Reads a command line. */
export function engineFacts(args: readonly Argument[], catalogue: Catalogue): EngineFacts {
  const set = setFlags(args, catalogue);
  const rows: [string, FactRow<unknown>][] = Object.entries(FACTS);
  const facts = Object.fromEntries(rows.map(([name, row]) => [name, factOf(row, set.get(row.flag))])) as SetFacts;
  return { ...facts, flags: [...set.keys()], parallelism: parallelismOf(facts, catalogue.release) };
}

function factOf({ flag, read }: FactRow<unknown>, set: SetFlag | undefined): Fact<unknown> {
  if (set === undefined) return { isSet: false, origin: flag, isDefault: false };
  return { value: read(set), isSet: true, origin: set.origin, isDefault: set.isDefault };
}
