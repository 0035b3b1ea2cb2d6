import { elementsOf, isScalar } from './elements';
import type { Expr } from './expr';
import type { QueryProblem } from './problem';
import { blankQuoted } from './quoted';
import { copiedProblem, textProblem, withoutTrailingPoints } from './query-text';
import type { QueryReading } from './reading';
import { usesOf } from './series-use';
import { treeOf } from './tree';
import { checkTypes, COMPARISONS } from './types';
import { unfilledValues } from './unfilled';
import { uselessParts } from './useless';
import { mayBeNan, requiredMetrics } from './without-traffic';

/** Whether the query as a whole is a comparison without `bool`. */
function isFilter(expr: Expr): boolean {
  if (expr.of === 'parentheses') return isFilter(expr.inner);
  return expr.of === 'binary' && COMPARISONS.includes(expr.op) && !expr.bool;
}

/** Most characters of a query that is read: the time to read one grows with its square. */
const LONGEST = 16_384;

const USE_RULES = 'write parts of it as recording rules, or set unchecked: true';

/**
 * Reads a query: every problem of it, or what is known about its result.
 *
 * @param filled placeholders in quotes that are filled in later, such as `args.canary`
 */
export function readQuery(query: string, filled: readonly string[] = []): readonly QueryProblem[] | QueryReading {
  if (query.length > LONGEST) {
    const problem = `has ${query.length} characters, and at most ${LONGEST} are read`;
    return [{ problem, fix: USE_RULES }];
  }
  try {
    return read(query, filled);
  } catch (thrown) {
    // The functions that walk the tree call themselves for each level.
    if (thrown instanceof RangeError) return [{ problem: 'has too many levels to be read', fix: USE_RULES }];
    throw thrown;
  }
}

function read(query: string, filled: readonly string[]): readonly QueryProblem[] | QueryReading {
  const { text, problem } = blankQuoted(query);
  const wrong = copiedProblem(query, text) ?? problem ?? textProblem(query, text);
  if (wrong) return [wrong];
  const tree = treeOf(query, withoutTrailingPoints(query, text), text);
  if ('problem' in tree) return [tree];
  const { problems: ofTypes } = checkTypes(query, tree);
  const problems = [...ofTypes, ...unfilledValues(tree, filled), ...uselessParts(query, tree)];
  if (problems.length > 0) return problems;
  return {
    result: isScalar(tree) ? 'scalar' : 'vector',
    single: isScalar(tree) || elementsOf(tree).single,
    mayBeNan: mayBeNan(tree),
    filters: isFilter(tree),
    required: [...requiredMetrics(tree)],
    uses: usesOf(tree),
  };
}
