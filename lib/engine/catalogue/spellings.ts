import type { Release } from '../release';
import type { ReleasedFlag } from './released';
import { hasQuirk, quirkSince } from './quirks';
import type { FlagRow } from './rows';
import { holds } from './span';

/** What one accepted spelling means. */
export interface Spelling {
  readonly flag: ReleasedFlag;
  /** Whether it is the opposite of the flag: `--no-x`, or `--disable-x` for `--enable-x`. */
  readonly opposite: boolean;
}

/** Underscores in a long flag equal dashes, up to the first dot. */
export function normalise(spelling: string): string {
  if (!spelling.startsWith('--')) return spelling;
  const [head = '', ...path] = spelling.split('.');
  return [head.replaceAll('_', '-'), ...path].join('.');
}

/** `--disable-x` for `--enable-x` and the reverse; undefined for other names. */
function inverse(name: string): string | undefined {
  const [, verb, rest] = /^--(enable|disable)-(.+)$/.exec(name) ?? [];
  return verb === undefined ? undefined : `--${verb === 'enable' ? 'disable' : 'enable'}-${rest}`;
}

/** The spellings for the opposite of a boolean. */
function opposites(name: string, release: Release): string[] {
  const inverted = hasQuirk(release, 'inverse-switches') ? inverse(name) : undefined;
  return [`--no-${name.slice(2)}`, ...(inverted === undefined ? [] : [inverted])];
}

/** The minor since which this spelling is the inverse of one of the known flags, or undefined when it is not one. */
export function inverseSince(name: string, known: ReadonlyMap<string, Spelling>): string | undefined {
  const flag = known.get(inverse(name) ?? '')?.flag;
  return flag?.kind === 'bool' ? quirkSince('inverse-switches') : undefined;
}

/** Every spelling that the parser of a release accepts in full, without the dotted forms of JSON flags. */
export function spellingsOf(
  flags: readonly ReleasedFlag[],
  rows: readonly FlagRow[],
  release: Release,
): Map<string, Spelling> {
  const aliases = new Map(rows.map((row) => [row.name, row.aliases ?? {}]));
  const spellings = new Map<string, Spelling>();
  for (const flag of flags) {
    spellings.set(flag.name, { flag, opposite: false });
    for (const [alias, span] of Object.entries(aliases.get(flag.name) ?? {})) {
      if (holds(span, release)) spellings.set(alias, { flag, opposite: false });
    }
    if (flag.kind !== 'bool') continue;
    for (const opposite of opposites(flag.name, release)) spellings.set(opposite, { flag, opposite: true });
  }
  return spellings;
}
