import { elementsOf } from './elements';
import type { Call, Expr } from './expr';
import { bare, partsOf } from './expr';
import type { QueryProblem } from './problem';
import { quote } from './problem';
import { usesOf } from './series-use';

/** Functions and aggregations whose first argument is a quantile. */
const QUANTILES = ['histogram_quantile', 'quantile', 'quantile_over_time'];

/** What PromQL allows, and what never has a result with a meaning. */
export function uselessParts(query: string, expr: Expr): QueryProblem[] {
  const here = expr.of === 'call' || expr.of === 'aggregation' ? quantileProblems(query, expr) : [];
  return [...here, ...partsOf(expr).flatMap((part) => uselessParts(query, part))];
}

type Named = Pick<Call, 'name' | 'args' | 'from' | 'to'>;

function quantileProblems(query: string, { name, args, from, to }: Named): QueryProblem[] {
  if (!QUANTILES.includes(name)) return [];
  const text = quote(query.slice(from, to));
  const [quantile, of] = args.map(bare);
  if (quantile?.of === 'number' && quantile.value > 1) {
    const percentile = quantile.value <= 100 ? `: write ${quantile.value / 100} for percentile ${quantile.value}` : '';
    const problem = `asks for the quantile ${quantile.value} in ${text}, which is infinite`;
    return [{ problem, fix: `use a quantile from 0 to 1${percentile}` }];
  }
  if (name !== 'histogram_quantile' || of === undefined) return [];
  // A native histogram has no label "le", and no series with "_bucket".
  const buckets = usesOf(of).some(({ metric }) => metric?.endsWith('_bucket'));
  const { labels } = elementsOf(of);
  if (!buckets || labels === undefined || labels.has('le')) return [];
  const problem = `takes a percentile of buckets without the label le in ${text}, which has no result`;
  return [{ problem, fix: 'keep the label: sum by (le) (rate(…_bucket[5m]))' }];
}
