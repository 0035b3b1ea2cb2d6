import type { Aggregation, Binary, Call, Expr, Selector } from './expr';
import { bare } from './expr';
import { FUNCTIONS } from './functions';

/** What is known about the elements of a result, whatever series there are. */
export interface Elements {
  /** At most one element. */
  readonly single: boolean;
  /** Every label that an element may have; undefined if it may have any. */
  readonly labels: ReadonlySet<string> | undefined;
  /** Labels with one value in all elements, which a matcher such as `namespace="llm"` sets. */
  readonly fixed: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const ANY: Elements = { single: false, labels: undefined, fixed: NONE };
const NO_LABELS: Elements = { single: true, labels: NONE, fixed: NONE };
const SETS = ['and', 'unless'];

/** Two elements never have the same labels: where all labels have one value, there is one. */
function of(single: boolean, labels: Elements['labels'], fixed: Elements['fixed'] = NONE): Elements {
  const same = labels !== undefined && [...labels].every((label) => fixed.has(label));
  return { single: single || same, labels, fixed };
}

const minus = (labels: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> =>
  new Set([...labels].filter((label) => !removed.includes(label)));

/** Labels that a selector requires to be equal to a value. The name of the metric is no label of a result. */
const equalLabels = ({ matchers }: Selector): ReadonlySet<string> =>
  minus(new Set(matchers.flatMap(({ label, operator }) => (operator === '=' ? [label] : []))), ['__name__']);

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
    case 'selector':
      return { ...ANY, fixed: equalLabels(expr) };
    case 'number':
    case 'string':
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
    return of(before.single || (one && name !== 'limit_ratio'), before.labels, before.fixed);
  }
  const kept =
    without === undefined
      ? new Set((by ?? []).filter((label) => before.labels?.has(label) ?? true))
      : before.labels && minus(before.labels, without);
  if (name === 'count_values') {
    const [label] = args;
    return of(false, kept && label?.of === 'string' ? new Set([...kept, label.value]) : undefined);
  }
  return of(before.single, kept, before.fixed);
}

/** The labels that `absent` copies from the matchers of its argument. */
function absentLabels(arg: Expr | undefined): ReadonlySet<string> {
  const inner = arg && bare(arg);
  if (inner === undefined || isScalar(inner)) return new Set();
  if (inner.of === 'selector') {
    return equalLabels(inner);
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
  const { single, labels, fixed } = elementsOf(vector);
  const plus = (label: Expr | undefined) => labels && label?.of === 'string' && new Set([...labels, label.value]);
  switch (name) {
    case 'histogram_quantile':
    case 'histogram_fraction':
      return of(single, labels && minus(labels, ['le']), fixed);
    case 'histogram_quantiles':
      return of(false, undefined);
    case 'label_replace':
    case 'label_join':
      return of(single, plus(args[1]) || undefined, args[1]?.of === 'string' ? minus(fixed, [args[1].value]) : NONE);
    case 'info':
      return of(single, undefined, fixed);
    default:
      return of(single, labels, fixed);
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
    const labels = many.labels && new Set([...many.labels, ...matching.group.include]);
    return of(many.single && !fill, labels, fill ? NONE : minus(many.fixed, matching.group.include));
  }
  // Without a partner, an element gets a value from fill and keeps its labels.
  const single = !fill && (a.single || b.single);
  // Labels of both sides are equal, so what is fixed on one side is fixed.
  const fixed = fill ? NONE : new Set([...a.fixed, ...b.fixed]);
  if (matching?.by === 'on') return of(single, new Set(matching.labels), fixed);
  const shared = fill ? either(a.labels, b.labels) : common(a.labels, b.labels);
  return of(single, shared && minus(shared, matching?.labels ?? []), minus(fixed, matching?.labels ?? []));
}
