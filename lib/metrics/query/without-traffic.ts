import type { Binary, Expr } from './expr';
import { bare } from './expr';
import { metricOf } from './series-use';

/** Functions that are NaN for a histogram without observations. */
const NAN_WHEN_EMPTY = /^histogram_(avg|fraction|quantiles?|stddev|stdvar)$/;
/** Their result is a count or a time, whatever the values are. */
const NEVER_NAN =
  /^(absent|absent_over_time|changes|count|count_over_time|count_values|group|present_over_time|resets|timestamp|vector)$/;
/** A comparison with NaN is false. */
const DROPS_NAN = ['==', '>', '<', '>=', '<='];

/** Whether the result may be NaN where all series are there, but nothing was counted. */
export function mayBeNan(expr: Expr): boolean {
  switch (expr.of) {
    case 'number':
    case 'string':
    case 'selector':
      return false;
    case 'aggregation':
      return !NEVER_NAN.test(expr.name) && expr.args.some(mayBeNan);
    case 'call':
      if (NAN_WHEN_EMPTY.test(expr.name)) return true;
      return !NEVER_NAN.test(expr.name) && expr.args.some(mayBeNan);
    case 'binary':
      return binaryMayBeNan(expr);
    default:
      return mayBeNan(expr.inner);
  }
}

function binaryMayBeNan({ op, bool, left, right }: Binary): boolean {
  if (bool || DROPS_NAN.includes(op)) return false;
  if (op === 'and' || op === 'unless') return mayBeNan(left);
  if (op === '/' || op === '%') {
    const divisor = bare(right);
    // A duration is a number too, and not 0.
    return divisor.of === 'number' && divisor.value !== 0 ? mayBeNan(left) : true;
  }
  return mayBeNan(left) || mayBeNan(right);
}

/** Metrics each of which must have a series: without one of them, the result is empty. */
export function requiredMetrics(expr: Expr): ReadonlySet<string> {
  switch (expr.of) {
    case 'number':
    case 'string':
      return new Set();
    case 'selector': {
      const name = metricOf(expr);
      return new Set(name === undefined ? [] : [name]);
    }
    case 'aggregation':
      return required(expr.args);
    case 'call':
      // A number stays one without its series: scalar(x) is NaN then.
      if (/^(absent|absent_over_time|scalar|vector)$/.test(expr.name)) return new Set();
      return required(expr.name === 'info' ? expr.args.slice(0, 1) : expr.args);
    case 'binary': {
      const { op, fill, left, right } = expr;
      if (op === 'unless') return requiredMetrics(left);
      if (op !== 'or' && !fill) return required([left, right]);
      const other = requiredMetrics(right);
      return new Set([...requiredMetrics(left)].filter((name) => other.has(name)));
    }
    default:
      return requiredMetrics(expr.inner);
  }
}

const required = (exprs: readonly Expr[]): ReadonlySet<string> =>
  new Set(exprs.flatMap((expr) => [...requiredMetrics(expr)]));
