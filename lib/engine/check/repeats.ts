import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { normalise } from '../catalogue/spellings';
import type { KnownArgument } from './context';
import { showValues } from './show-value';

/** Finds flags that are set more than once, in any spelling: the parser silently keeps only the last one. */
export function checkRepeats(args: readonly KnownArgument[]): Finding[] {
  return args.flatMap((argument, index) => {
    const first = args.slice(0, index).find((earlier) => collide(earlier, argument));
    return first ? [duplicate(first, argument)] : [];
  });
}

function collide(a: KnownArgument, b: KnownArgument): boolean {
  const { flag } = a.spelled;
  if (flag.name !== b.spelled.flag.name || flag.kind === 'repeat') return false;
  const isDotted = a.spelled.path.length > 0 && b.spelled.path.length > 0;
  // Keys that are set one by one are merged, but a whole JSON beside them is dropped, and so are keys of another spelling.
  if (!isDotted || headOf(a) !== headOf(b)) return true;
  const isList = a.spelled.append && b.spelled.append;
  return !isList && a.spelled.path.join('.') === b.spelled.path.join('.');
}

const headOf = ({ flag }: KnownArgument) => normalise(flag).split('.')[0];

const written = ({ flag, values }: KnownArgument) =>
  values.length === 0 ? flag : `${flag} ${showValues(flag, values)}`;

function duplicate(first: KnownArgument, second: KnownArgument): Finding {
  const problem = `${written(second)} sets ${first.spelled.flag.name} again: ${first.origin} already sets ${written(first)}`;
  return error('flag-twice', second.origin, problem, 'keep one of them');
}
