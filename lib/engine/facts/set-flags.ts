import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import type { Argument } from '../command-line/arguments';

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
  readonly object?: Readonly<Record<string, unknown>>;
}

/**
 * What a command line sets, by the full name of each flag, in any spelling. Flags that the release does not know are
 * skipped: they have a finding already.
 */
export function setFlags(args: readonly Argument[], catalogue: Catalogue): ReadonlyMap<FlagName, SetFlag> {
  const set = new Map<FlagName, SetFlag>();
  for (const { origin, flag, values, isDefault = false } of args) {
    const spelled = catalogue.flag(flag);
    if (spelled === undefined) continue;
    const { name, kind } = spelled.flag;
    const text = values.join(' ');
    const isJson = kind === 'json';
    const object = isJson ? { ...set.get(name)?.object, ...asObject(text, spelled.path) } : undefined;
    // As in vLLM's parser, the last one wins; a flag that is set twice is a finding of the argument check.
    set.set(name, { origin, isDefault, text, values, opposite: spelled.opposite, object });
  }
  return set;
}

function asObject(text: string, path: readonly string[]): Record<string, unknown> {
  const [head] = path;
  if (head !== undefined) return { [head]: text };
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {}; // Invalid JSON is a finding of the argument check already.
  }
}
