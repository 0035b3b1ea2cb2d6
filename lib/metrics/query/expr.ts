/** A condition on a label, as PromQL writes it in braces. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** `on (…)` or `ignoring (…)`, with the labels of `group_left (…)` or `group_right (…)`. */
export interface Matching {
  readonly by: 'on' | 'ignoring';
  readonly labels: readonly string[];
  readonly group?: { readonly side: 'left' | 'right'; readonly include: readonly string[] };
}

/** An operator between two operands, with its modifiers. */
export interface Operator {
  /** In lower case: `+`, `>=`, `and`. */
  readonly op: string;
  readonly bool: boolean;
  readonly matching?: Matching;
  /** Whether `fill`, `fill_left` or `fill_right` adds elements. */
  readonly fill: boolean;
}

/** Position of an expression in the query. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** A selector of series. */
export interface Selector extends Place {
  readonly of: 'selector';
  /** The name before the braces. */
  readonly name?: string;
  /** What is in braces. A quoted name there is a matcher of `__name__`. */
  readonly matchers: readonly LabelMatcher[];
}

/** `sum by (a) (x)`. `by` and `without` are undefined when they are not written. */
export interface Aggregation extends Place {
  readonly of: 'aggregation';
  /** In lower case. */
  readonly name: string;
  readonly by?: readonly string[];
  readonly without?: readonly string[];
  readonly args: readonly Expr[];
}

export interface Call extends Place {
  readonly of: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
}

export interface Binary extends Operator, Place {
  readonly of: 'binary';
  readonly left: Expr;
  readonly right: Expr;
}

/** Something written around or behind an expression that changes neither its elements nor their labels. */
export interface Wrapped extends Place {
  readonly of: 'parentheses' | 'sign' | 'offset' | '@' | 'anchored' | 'smoothed';
  readonly inner: Expr;
}

/** `x[5m]`, or with a step: `x[5m:1m]`. */
export interface Range extends Place {
  readonly of: 'range' | 'subquery';
  /** Length of a range, where it is written as a plain duration. */
  readonly seconds?: number;
  readonly inner: Expr;
}

/** An expression of PromQL. */
export type Expr =
  | ({ readonly of: 'number'; readonly value: number } & Place)
  | ({ readonly of: 'string'; readonly value: string } & Place)
  | Selector
  | Aggregation
  | Call
  | Binary
  | Wrapped
  | Range;

/** The expression inside parentheses. */
export function bare(expr: Expr): Expr {
  return expr.of === 'parentheses' ? bare(expr.inner) : expr;
}

/** The expressions directly inside an expression. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.of) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'aggregation':
    case 'call':
      return expr.args;
    case 'binary':
      return [expr.left, expr.right];
    default:
      return [expr.inner];
  }
}
