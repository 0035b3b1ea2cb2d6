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

const ROWS: readonly [string, FactRow<unknown>][] = Object.entries(FACTS);

/** All facts of an empty command line. They are many, and most are unset in every stack: all stacks share these. */
const UNSET = Object.fromEntries(
  ROWS.map(([name, { flag }]) => [name, Object.freeze({ isSet: false, origin: flag, isDefault: false })]),
) as SetFacts;

/** The fact of each flag. */
const OF_FLAG = new Map(ROWS.map((row) => [row[1].flag, row]));

/** Reads a command line. */
export function engineFacts(args: readonly Argument[], catalogue: Catalogue): EngineFacts {
  const set = setFlags(args, catalogue);
  const facts = { ...UNSET };
  for (const [flag, each] of set) {
    const row = OF_FLAG.get(flag);
    if (row !== undefined) Object.assign(facts, { [row[0]]: factOf(row[1], each) });
  }
  return Object.assign(facts, { flags: [...set.keys()], parallelism: parallelismOf(facts, catalogue.release) });
}

function factOf({ read }: FactRow<unknown>, set: SetFlag): Fact<unknown> {
  return { value: read(set), isSet: true, origin: set.origin, isDefault: set.isDefault };
}
