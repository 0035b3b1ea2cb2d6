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
    return neverZero(right) ? mayBeNan(left) || mayBeNan(right) : true;
  }
  return mayBeNan(left) || mayBeNan(right);
}

/** Functions and aggregations whose result is 1 or more where there is one. */
const COUNTS = /^(count|count_over_time|group|present_over_time|absent|absent_over_time)$/;
/** Their result is above 0 where all of their input is. */
const KEEPS_SIGN = /^(sum|avg|min|max|topk|bottomk|ceil|sqrt|(sum|avg|min|max|last)_over_time)$/;

const numberOf = (expr: Expr | undefined): number | undefined => {
  const inner = expr && bare(expr);
  return inner?.of === 'number' ? inner.value : undefined;
};

/** Whether each element of a result is above 0: one that is not was removed or raised. */
function positive(expr: Expr): boolean {
  switch (expr.of) {
    case 'number':
      return expr.value > 0;
    case 'string':
    case 'selector':
    case 'sign':
      return false;
    case 'aggregation':
      return COUNTS.test(expr.name) || (KEEPS_SIGN.test(expr.name) && expr.args.slice(-1).every(positive));
    case 'call': {
      const [first, minimum] = expr.args;
      if (COUNTS.test(expr.name)) return true;
      if (expr.name === 'clamp_min' || expr.name === 'clamp') return (numberOf(minimum) ?? 0) > 0;
      if (expr.name === 'vector') return (numberOf(first) ?? 0) > 0;
      return KEEPS_SIGN.test(expr.name) && first !== undefined && positive(first);
    }
    case 'binary': {
      const { op, bool, left, right } = expr;
      const limit = numberOf(right);
      if (!bool && limit !== undefined && ((op === '>' && limit >= 0) || (op === '>=' && limit > 0))) return true;
      if (!bool && (DROPS_NAN.includes(op) || op === '!=' || op === 'and' || op === 'unless')) return positive(left);
      return ['+', '*', '/', 'or'].includes(op) && positive(left) && positive(right);
    }
    default:
      return positive(expr.inner);
  }
}

/** Whether no element of a result is 0. A duration is a number too. */
function neverZero(expr: Expr): boolean {
  const inner = bare(expr);
  if (inner.of === 'number') return inner.value !== 0;
  return (inner.of === 'binary' && inner.op === '!=' && numberOf(inner.right) === 0) || positive(inner);
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
