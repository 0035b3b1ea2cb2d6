import type { Expr, LabelMatcher, Selector } from './expr';
import { partsOf } from './expr';

/** How a query uses one selector. */
export interface SeriesUse {
  /** Undefined if it selects by other labels only. */
  readonly metric?: string;
  /** Without that of the metric's name. */
  readonly matchers: readonly LabelMatcher[];
  /** The function over a range of the series, such as `rate`; undefined where their last values are read. */
  readonly over?: string;
  /** Length of that range in seconds, where it is plain. */
  readonly seconds?: number;
  /** Labels of the series that `by` and `on` around it name. */
  readonly grouped: readonly string[];
  /** Whether a percentile of a histogram is taken from it. */
  readonly isBucket: boolean;
  /** Whether its values are the result: they are not only counted, and no ratio or difference is made of them. */
  readonly isValue: boolean;
}

interface Context extends Omit<SeriesUse, 'metric' | 'matchers'> {
  /** The function around, whatever it takes. */
  readonly call?: string;
}

/** Operators that make something else of two counters: a ratio, a number of requests in flight. */
const RELATES = ['/', '-'];

/** Names that counters and the series of histograms have by convention. */
export const COUNTER_NAME = /_(total|count|sum|bucket)$/;

/** Functions and aggregations whose result does not depend on the values. */
const IGNORES_VALUES = /^(absent|count|group|timestamp|absent_over_time|count_over_time|present_over_time)$/;

/** Functions that make labels: those around them are not labels of the series. */
const MAKES_LABELS = /^(label_replace|label_join|count_values|info)$/;

const isName = ({ label, operator }: LabelMatcher): boolean => label === '__name__' && operator === '=';

/** The name that a selector requires. */
export const metricOf = ({ name, matchers }: Selector): string | undefined => name ?? matchers.find(isName)?.value;

/** Every selector with its use, in the order of the text. */
export function usesOf(expr: Expr): SeriesUse[] {
  const uses: SeriesUse[] = [];
  collect(expr, { grouped: [], isBucket: false, isValue: true }, uses);
  return uses;
}

function collect(expr: Expr, context: Context, uses: SeriesUse[]): void {
  if (expr.of === 'selector') {
    const metric = metricOf(expr);
    const matchers = expr.matchers.filter((matcher) => !isName(matcher));
    const { over, seconds, grouped, isBucket, isValue } = context;
    uses.push({ ...(metric !== undefined && { metric }), matchers, over, seconds, grouped, isBucket, isValue });
    return;
  }
  const inner = contextIn(expr, context);
  for (const part of partsOf(expr)) collect(part, inner, uses);
}

/** What counts for the parts of an expression. */
function contextIn(expr: Expr, context: Context): Context {
  switch (expr.of) {
    case 'call':
    case 'aggregation': {
      const isValue = context.isValue && !IGNORES_VALUES.test(expr.name);
      const grouped = MAKES_LABELS.test(expr.name) ? [] : context.grouped;
      if (expr.of === 'aggregation') return { ...context, isValue, grouped: [...grouped, ...(expr.by ?? [])] };
      const isBucket = context.isBucket || expr.name === 'histogram_quantile';
      return { ...context, isValue, grouped, isBucket, call: expr.name };
    }
    case 'range':
      return { ...context, over: context.call, seconds: expr.seconds };
    case 'subquery':
      return { ...context, call: undefined };
    case 'binary': {
      const on = expr.matching?.by === 'on' ? expr.matching.labels : [];
      return {
        ...context,
        isValue: context.isValue && !RELATES.includes(expr.op),
        grouped: [...context.grouped, ...on],
      };
    }
    default:
      return context;
  }
}
