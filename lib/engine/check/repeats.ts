import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { KnownArgument } from './context';
import { showValues } from './show-value';

/** Finds flags said more than once, by whatever spelling: the parser keeps the last and drops the others in silence. */
export function checkRepeats(args: readonly KnownArgument[]): Finding[] {
  return args.flatMap((argument, index) => {
    const first = args.slice(0, index).find((earlier) => collide(earlier, argument));
    return first ? [saidTwice(first, argument)] : [];
  });
}

function collide(a: KnownArgument, b: KnownArgument): boolean {
  const { flag } = a.spelled;
  if (flag.name !== b.spelled.flag.name || flag.kind === 'repeat') return false;
  const isDotted = a.spelled.path.length > 0 && b.spelled.path.length > 0;
  // Keys said one by one are merged, but a whole JSON beside them is dropped.
  if (!isDotted) return true;
  const isList = a.spelled.append && b.spelled.append;
  return !isList && a.spelled.path.join('.') === b.spelled.path.join('.');
}

const written = ({ flag, values }: KnownArgument) =>
  values.length === 0 ? flag : `${flag} ${showValues(flag, values)}`;

function saidTwice(first: KnownArgument, second: KnownArgument): Finding {
  const problem = `${written(second)} says ${first.spelled.flag.name} again: ${first.origin} already says ${written(first)}`;
  return error('flag-twice', second.origin, problem, 'keep one of them');
}
