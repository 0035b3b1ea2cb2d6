import type { Release } from '../release';
import { atLeast, compareVersions } from '../release';
import type { Row, Span, Words } from './rows';

/** A stretch of releases, the end not included; an empty end is open. */
interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** The spans of the tables are few, and read for every stack. */
const read = new Map<Span, readonly Stretch[]>();

function stretches(span: Span): readonly Stretch[] {
  const known = read.get(span);
  if (known !== undefined) return known;
  const parts = span.split(' ').map((each) => {
    const [from = '', until = ''] = each.split('..');
    return { from, until };
  });
  read.set(span, parts);
  return parts;
}

/** Whether a release lies in a span. */
export function holds(span: Span | undefined, release: Release): boolean {
  if (span === undefined) return true;
  return stretches(span).some(
    ({ from, until }) => (from === '' || atLeast(release, from)) && (until === '' || !atLeast(release, until)),
  );
}

/** Why something is not in a release. */
export interface Absence {
  /** The version that has it again or for the first time, when one does. */
  readonly comesIn?: string;
  /** The first version without it, when an earlier one had it. */
  readonly goneIn?: string;
  /** What to use instead, if anything. */
  readonly replacedBy?: string;
}

/** Why a release lies outside a span. */
export function absence(span: Span, release: Release): Absence {
  const comesIn = stretches(span).find(({ from }) => from !== '' && !atLeast(release, from))?.from;
  const goneIn = stretches(span).findLast(({ until }) => until !== '' && atLeast(release, until))?.until;
  return { ...(comesIn && { comesIn }), ...(goneIn && { goneIn }) };
}

/** The first version of a span, or undefined when it begins before the tables. */
export function firstOf(span: Span | undefined): string | undefined {
  return stretches(span ?? '..')[0]?.from || undefined;
}

const split = (words: string): string[] => words.split(' ').filter((word) => word !== '');

/** The words that hold at a release. */
export function wordsAt(words: Words | undefined, release: Release): string[] {
  if (words === undefined) return [];
  if (typeof words === 'string') return split(words);
  return Object.entries(words).flatMap(([span, each]) => (holds(span, release) ? split(each) : []));
}

/** The span of one word, or undefined for a word that no release has. */
export function spanOfWord(words: Words | undefined, word: string): Span | undefined {
  const bySpan = Object.entries(typeof words === 'string' ? { '..': words } : (words ?? {}));
  return bySpan.find(([, each]) => split(each).includes(word))?.[0];
}

/** A row as it was at a release: its newest state with the `before` entries applied to it, the nearest last. */
export function asOf<R extends Pick<Row, 'before'>>(row: R, release: Release): R {
  if (row.before === undefined) return row;
  const later = Object.entries(row.before)
    .filter(([minor]) => !atLeast(release, minor))
    .sort(([a], [b]) => compareVersions(b, a));
  return Object.assign({}, row, ...later.map(([, different]) => different)) as R;
}
