import type { Catalogue, SpelledFlag } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import type { Argument } from '../command-line/arguments';
import { dottedObject, joined, readJson, withKeysOf } from '../command-line/json-value';
import { isUnsetValue } from '../command-line/unset-value';
import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';

/** One flag of a command line. */
export interface SetFlag {
  readonly origin: string;
  readonly isDefault: boolean;
  readonly text: string;
  /** The words of a flag that takes several. */
  readonly values: readonly string[];
  /** Whether it was spelled as its opposite: `--no-x`. */
  readonly opposite: boolean;
  /** The keys of a JSON flag, dotted spellings included. */
  readonly object?: JsonObject;
  /** Whether it is made of dotted spellings. */
  readonly isDotted?: boolean;
}

/**
 * What a command line sets, by the full name of each flag, in any spelling. A flag with a value that vLLM reads as
 * unset is not set. Flags that the release does not know are skipped: they have a finding already.
 */
export function setFlags(args: readonly Argument[], catalogue: Catalogue): ReadonlyMap<FlagName, SetFlag> {
  const set = new Map<FlagName, SetFlag>();
  for (const { origin, flag, values: own, isDefault = false } of dottedLast(args)) {
    const spelled = catalogue.flag(flag);
    if (spelled === undefined) continue;
    const { name, kind } = spelled.flag;
    const values = kind === 'repeat' ? [...(set.get(name)?.values ?? []), ...own] : own;
    const text = values.join(' ');
    if (spelled.path.length === 0 && values.length === 1 && isUnsetValue(text, spelled.flag)) {
      set.delete(name);
      continue;
    }
    const object = kind === 'json' ? asObject(text, spelled, set.get(name)) : undefined;
    const isDotted = spelled.path.length > 0;
    // As in vLLM's parser, the last one wins; a flag that is set twice is a finding of the argument check.
    set.set(name, { origin, isDefault, text, values, opposite: spelled.opposite, object, isDotted });
  }
  return set;
}

/** vLLM's parser puts what it makes of the dotted spellings behind all other arguments. */
function dottedLast(args: readonly Argument[]): readonly Argument[] {
  const isDotted = ({ flag }: Argument) => flag.includes('.');
  return args.some(isDotted) ? [...args.filter((each) => !isDotted(each)), ...args.filter(isDotted)] : args;
}

function asObject(text: string, { flag, path, append }: SpelledFlag, before: SetFlag | undefined) {
  if (path.length > 0) {
    const own = withKeysOf(flag.name, dottedObject(path, append, text));
    return before?.isDotted === true ? joined(before.object ?? {}, own) : own;
  }
  const value = readJson(text, flag)?.value;
  // Anything else is a finding of the argument check, or null, with which vLLM reads the flag as unset.
  return isJsonObject(value) ? withKeysOf(flag.name, value) : undefined;
}
