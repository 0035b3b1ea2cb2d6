import { elementsOf, isScalar } from './elements';
import type { Expr } from './expr';
import { partsOf } from './expr';
import type { QueryProblem } from './problem';
import { blankQuoted } from './quoted';
import { textProblem, withoutTrailingPoints } from './query-text';
import type { QueryReading, SeriesSelector } from './reading';
import { treeOf } from './tree';
import { checkTypes, COMPARISONS } from './types';
import { mayBeNan, requiredMetrics } from './without-traffic';

/** Series that an expression selects, in the order of the text. */
function selectorsOf(expr: Expr): SeriesSelector[] {
  if (expr.of !== 'selector') return partsOf(expr).flatMap(selectorsOf);
  const isName = ({ label, operator }: (typeof expr.matchers)[number]) => label === '__name__' && operator === '=';
  const metric = expr.name ?? expr.matchers.find(isName)?.value;
  const matchers = expr.matchers.filter((matcher) => !isName(matcher));
  return [{ ...(metric !== undefined && { metric }), matchers }];
}

/** Whether the query as a whole is a comparison without `bool`. */
function isFilter(expr: Expr): boolean {
  if (expr.of === 'parentheses') return isFilter(expr.inner);
  return expr.of === 'binary' && COMPARISONS.includes(expr.op) && !expr.bool;
}

/** Most characters of a query that is read: the time to read one grows with its square. */
const LONGEST = 16_384;

const USE_RULES = 'write parts of it as recording rules, or set unchecked: true';

/** Reads a query: every problem of it, or what is known about its result. */
export function readQuery(query: string): readonly QueryProblem[] | QueryReading {
  if (query.length > LONGEST) {
    const problem = `has ${query.length} characters, and at most ${LONGEST} are read`;
    return [{ problem, fix: USE_RULES }];
  }
  try {
    return read(query);
  } catch (thrown) {
    // The functions that walk the tree call themselves for each level.
    if (thrown instanceof RangeError) return [{ problem: 'has too many levels to be read', fix: USE_RULES }];
    throw thrown;
  }
}

function read(query: string): readonly QueryProblem[] | QueryReading {
  const { text, problem } = blankQuoted(query);
  const wrong = problem ?? textProblem(query, text);
  if (wrong) return [wrong];
  const tree = treeOf(query, withoutTrailingPoints(query, text), text);
  if ('problem' in tree) return [tree];
  const { problems } = checkTypes(query, tree);
  if (problems.length > 0) return problems;
  return {
    result: isScalar(tree) ? 'scalar' : 'vector',
    single: isScalar(tree) || elementsOf(tree).single,
    mayBeNan: mayBeNan(tree),
    filters: isFilter(tree),
    required: [...requiredMetrics(tree)],
    selectors: selectorsOf(tree),
  };
}
