import type { Aggregation, Binary, Call, Expr } from './expr';
import { bare } from './expr';
import { FUNCTIONS } from './functions';

/** What is known about the elements of a result, whatever series there are. */
export interface Elements {
  /** At most one element. */
  readonly single: boolean;
  /** Every label that an element may have; undefined if it may have any. */
  readonly labels: ReadonlySet<string> | undefined;
}

const ANY: Elements = { single: false, labels: undefined };
const NO_LABELS: Elements = { single: true, labels: new Set() };
const SETS = ['and', 'unless'];

/** Two elements never have the same labels, so without labels there is one. */
const of = (single: boolean, labels: ReadonlySet<string> | undefined): Elements => ({
  single: single || labels?.size === 0,
  labels,
});

/** Whether an expression is a number, which has no elements. Its types are right already. */
export function isScalar(expr: Expr): boolean {
  if (expr.of === 'number') return true;
  if (expr.of === 'call') return FUNCTIONS.get(expr.name)?.returns === 'scalar';
  if (expr.of === 'binary') return isScalar(expr.left) && isScalar(expr.right);
  return (expr.of === 'parentheses' || expr.of === 'sign') && isScalar(expr.inner);
}

/** What is known about the elements of a vector or of the series of a range. */
export function elementsOf(expr: Expr): Elements {
  switch (expr.of) {
    case 'aggregation':
      return ofAggregation(expr);
    case 'call':
      return ofCall(expr);
    case 'binary':
      return ofBinary(expr);
    case 'number':
    case 'string':
    case 'selector':
      return ANY;
    default:
      return elementsOf(expr.inner);
  }
}

function ofAggregation({ name, by, without, args }: Aggregation): Elements {
  const inner = args.at(-1);
  const before = inner ? elementsOf(inner) : ANY;
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(name)) {
    const [count] = args;
    const one = by === undefined && without === undefined && count?.of === 'number' && count.value === 1;
    return of(before.single || (one && name !== 'limit_ratio'), before.labels);
  }
  const kept =
    without === undefined
      ? new Set((by ?? []).filter((label) => before.labels?.has(label) ?? true))
      : before.labels && new Set([...before.labels].filter((label) => !without.includes(label)));
  if (name === 'count_values') {
    const [label] = args;
    return of(false, kept && label?.of === 'string' ? new Set([...kept, label.value]) : undefined);
  }
  return of(before.single, kept);
}

/** The labels that `absent` copies from the matchers of its argument. */
function absentLabels(arg: Expr | undefined): ReadonlySet<string> {
  const inner = arg && bare(arg);
  if (inner === undefined || isScalar(inner)) return new Set();
  if (inner.of === 'selector') {
    const equal = inner.matchers.filter(({ operator }) => operator === '=').map(({ label }) => label);
    return new Set(equal.filter((label) => label !== '__name__'));
  }
  return 'inner' in inner ? absentLabels(inner.inner) : new Set();
}

function ofCall({ name, args }: Call): Elements {
  const [first] = args;
  if (name === 'vector') return NO_LABELS;
  if (name === 'absent' || name === 'absent_over_time') return of(true, absentLabels(first));
  const vector = args.find((arg) => !isScalar(arg) && arg.of !== 'string');
  // hour() and the like read the time when they have no argument.
  if (vector === undefined) return NO_LABELS;
  const { single, labels } = elementsOf(vector);
  const plus = (label: Expr | undefined) => labels && label?.of === 'string' && new Set([...labels, label.value]);
  switch (name) {
    case 'histogram_quantile':
    case 'histogram_fraction':
      return of(single, labels && new Set([...labels].filter((label) => label !== 'le')));
    case 'histogram_quantiles':
      return of(false, undefined);
    case 'label_replace':
    case 'label_join':
      return of(single, plus(args[1]) || undefined);
    case 'info':
      return of(single, undefined);
    default:
      return of(single, labels);
  }
}

/** Labels that both have: elements match when these are equal. */
function common(left: Elements['labels'], right: Elements['labels']): Elements['labels'] {
  if (left === undefined || right === undefined) return left ?? right;
  return new Set([...left].filter((label) => right.has(label)));
}

function either(left: Elements['labels'], right: Elements['labels']): Elements['labels'] {
  return left && right && new Set([...left, ...right]);
}

function ofBinary({ op, matching, fill, left, right }: Binary): Elements {
  const [a, b] = [elementsOf(left), elementsOf(right)];
  if (isScalar(left)) return b;
  if (isScalar(right) || SETS.includes(op)) return a;
  if (op === 'or') {
    const labels = either(a.labels, b.labels);
    // With on (), the right side counts only while the left one is empty.
    return of(a.single && b.single && matching?.by === 'on' && matching.labels.length === 0, labels);
  }
  if (matching?.group) {
    const many = matching.group.side === 'left' ? a : b;
    return of(many.single && !fill, many.labels && new Set([...many.labels, ...matching.group.include]));
  }
  // Without a partner, an element gets a value from fill and keeps its labels.
  const single = !fill && (a.single || b.single);
  if (matching?.by === 'on') return of(single, new Set(matching.labels));
  const shared = fill ? either(a.labels, b.labels) : common(a.labels, b.labels);
  return of(single, shared && new Set([...shared].filter((label) => !matching?.labels.includes(label))));
}
