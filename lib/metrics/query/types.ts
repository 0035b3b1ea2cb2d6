import type { Aggregation, Binary, Call, Expr, LabelMatcher, Selector, Wrapped, Range } from './expr';
import { bare } from './expr';
import type { Parameter, ValueType } from './functions';
import { AGGREGATIONS, FUNCTIONS } from './functions';
import { COUNTER_NAME, metricOf } from './series-use';
import type { QueryProblem } from './problem';
import { excerpt, quote } from './problem';
import { matchesAll, regexProblem } from './regex';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  range: 'a range',
  string: 'a text',
};

/** Operators that keep elements, or with `bool` make each 0 or 1. */
export const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='];
const SETS = ['and', 'or', 'unless'];

/** Whether a matcher also selects series without the label. A regular expression that JavaScript cannot read does not. */
function matchesNothing({ operator, value }: LabelMatcher): boolean {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  return matchesAll(value, '') === (operator === '=~');
}

/** Checks what the grammar leaves open, as checkAST of prometheus/prometheus:promql/parser/parse.go does. */
export class TypeCheck {
  public readonly problems: QueryProblem[] = [];

  public constructor(private readonly query: string) {}

  /** What an expression is. */
  public typeOf(expr: Expr): ValueType {
    switch (expr.of) {
      case 'number':
        return 'scalar';
      case 'string':
        return 'string';
      case 'selector':
        this.selector(expr);
        return 'vector';
      case 'aggregation':
        return this.aggregation(expr);
      case 'call':
        return this.call(expr);
      case 'binary':
        return this.binary(expr);
      case 'range':
      case 'subquery':
        return this.range(expr);
      case 'parentheses':
        return this.typeOf(expr.inner);
      default:
        return this.modified(expr);
    }
  }

  private refuse(problem: string, fix: string): void {
    this.problems.push({ problem, fix });
  }

  private text({ from, to }: Expr): string {
    return quote(this.query.slice(from, to));
  }

  private selector(expr: Selector, all = false): void {
    const { name, matchers } = expr;
    for (const { label, operator, value } of matchers) {
      const wrong = operator.endsWith('~') ? regexProblem(value) : undefined;
      if (wrong === undefined) continue;
      const problem = `has the regular expression "${excerpt(value)}" for ${label}, which is wrong: ${wrong}`;
      this.refuse(problem, 'correct it');
    }
    if (name !== undefined) {
      const twice = matchers.find(({ label }) => label === '__name__');
      if (twice) this.refuse(`has two metric names in ${this.text(expr)}: ${name} and ${twice.value}`, 'remove one');
    } else if (!all && matchers.every(matchesNothing)) {
      const problem = `selects every series with ${this.text(expr)}, which Prometheus refuses`;
      this.refuse(problem, 'add the name of a metric, or a label with a value');
    }
  }

  private aggregation(expr: Aggregation): ValueType {
    const type = AGGREGATIONS.get(expr.name);
    const parameters = [...(type ? [type] : []), 'vector' as const];
    this.args(
      expr,
      parameters.map((each) => ({ type: each, times: 'once' })),
    );
    return 'vector';
  }

  private call(expr: Call): ValueType {
    const signature = FUNCTIONS.get(expr.name);
    if (!signature) return 'vector';
    const [vector, labels] = expr.args;
    if (expr.name === 'info' && vector && labels) {
      // They have no name, and may all match an absent label.
      const selector = this.selected(labels);
      if (selector.of === 'selector' && selector.name === undefined) this.selector(selector, true);
      else this.refuse(`gives ${this.text(labels)} to info`, 'give label matchers in braces as the second argument');
      this.typeOf(vector);
      return 'vector';
    }
    this.args(expr, signature.parameters);
    return signature.returns;
  }

  private args(expr: Call | Aggregation, parameters: readonly Parameter[]): void {
    const { name, args } = expr;
    const fewest = parameters.filter(({ times }) => times === 'once').length;
    const most = parameters.some(({ times }) => times === 'any') ? Infinity : parameters.length;
    if (args.length < fewest || args.length > most) {
      const many = fewest === most ? `${fewest}` : most === Infinity ? `at least ${fewest}` : `${fewest} or ${most}`;
      const problem = `calls ${name} with ${args.length} argument${args.length === 1 ? '' : 's'} in ${this.text(expr)}`;
      this.refuse(problem, `give ${many}: ${parameters.map(({ type }) => WORDS[type]).join(', ') || 'none'}`);
    }
    args.forEach((arg, index) => {
      const type = this.typeOf(arg);
      const wanted = (parameters[index] ?? parameters.at(-1))?.type;
      if (wanted === undefined || wanted === type) return;
      const example = wanted === 'range' && type === 'vector' ? `, for example ${name}(${nameIn(arg)}[5m])` : '';
      const problem = `gives ${WORDS[type]}, ${this.text(arg)}, to ${name}`;
      this.refuse(problem, `give it ${WORDS[wanted]}${example}`);
    });
  }

  private binary(expr: Binary): ValueType {
    const { op, bool, matching, fill, left, right } = expr;
    const types = [left, right].map((operand) => {
      const type = this.typeOf(operand);
      if (type === 'range' || type === 'string') {
        const problem = `has ${WORDS[type]}, ${this.text(operand)}, as an operand of ${op}`;
        this.refuse(problem, 'only numbers and instant vectors can be operands');
      }
      return type;
    });
    const vectors = types.filter((type) => type === 'vector').length;
    const text = this.text(expr);
    if (bool && !COMPARISONS.includes(op)) this.refuse(`has bool behind ${op} in ${text}`, 'remove bool');
    if (COMPARISONS.includes(op) && !bool && types.every((type) => type === 'scalar')) {
      this.refuse(`compares two numbers in ${text}`, `write "${op} bool"`);
    }
    if (SETS.includes(op) && types.includes('scalar')) {
      this.refuse(`has a number as an operand of ${op} in ${text}`, 'write vector(…) around the number');
    }
    if (vectors < 2 && (fill || (matching?.labels.length ?? 0) > 0)) {
      this.refuse(`matches labels of a number in ${text}`, `remove ${matching?.by ?? 'fill'}`);
    }
    if (vectors === 2 && SETS.includes(op) && (fill || matching?.group)) {
      this.refuse(`has ${matching?.group ? 'group_left or group_right' : 'fill'} behind ${op} in ${text}`, 'remove it');
    }
    const both = matching?.group?.include.filter((label) => matching.by === 'on' && matching.labels.includes(label));
    if (both?.[0] !== undefined) {
      this.refuse(`has the label ${both[0]} in "on" and in "group" of ${text}`, 'remove it from one');
    }
    return vectors > 0 ? 'vector' : 'scalar';
  }

  private range(expr: Range): ValueType {
    const { of, inner } = expr;
    const type = this.typeOf(inner);
    if (of === 'range' && inner.of !== 'selector') {
      const problem = `has a range behind ${this.text(inner)}, which is no selector`;
      this.refuse(problem, 'write a subquery, [5m:], or the range directly behind the selector');
    }
    if (of === 'subquery' && type !== 'vector') {
      this.refuse(`has a subquery over ${WORDS[type]}, ${this.text(inner)}`, 'use an instant vector');
    }
    return 'range';
  }

  private modified({ of, inner }: Wrapped): ValueType {
    const type = this.typeOf(inner);
    if (of === 'sign') {
      if (type === 'range' || type === 'string') {
        this.refuse(`has a sign before ${WORDS[type]}, ${this.text(inner)}`, 'remove it');
      }
      return type;
    }
    const selected = this.selected(inner);
    const sub = of === 'anchored' || of === 'smoothed' ? [] : ['subquery'];
    if (!['selector', 'range', ...sub].includes(selected.of)) {
      const problem = `has ${of} behind ${this.text(inner)}, which is no selector`;
      this.refuse(problem, `write it directly behind a selector, its range${sub.length > 0 ? ' or a subquery' : ''}`);
    }
    return type;
  }

  /** What stands before other modifiers. */
  private selected(expr: Expr): Expr {
    const modifiers = ['offset', '@', 'anchored', 'smoothed'];
    return modifiers.includes(expr.of) && 'inner' in expr ? this.selected(expr.inner) : expr;
  }
}

/** The metric of a selector, for an example. */
const nameIn = (expr: Expr): string => (expr.of === 'selector' ? metricOf(expr) : undefined) ?? 'metric';

/** What makes a value of a range: a counter needs its rate. */
function overRange(query: string, expr: Expr): string {
  const range = bare(expr);
  const text = excerpt(query.slice(range.from, range.to));
  const inner = range.of === 'range' ? range.inner : undefined;
  const metric = inner?.of === 'selector' ? metricOf(inner) : undefined;
  if (metric !== undefined && COUNTER_NAME.test(metric)) return `write rate(${text})`;
  return `use a function over it: rate(${text}) of a counter, max_over_time(${text}) of a gauge`;
}

/** What the result of a query is, and every mistake in its types. */
export function checkTypes(query: string, expr: Expr): { type: ValueType; problems: readonly QueryProblem[] } {
  const check = new TypeCheck(query);
  const type = check.typeOf(expr);
  const { problems } = check;
  if (problems.length === 0 && (type === 'range' || type === 'string')) {
    const fix = type === 'range' ? overRange(query, expr) : 'remove the quotes around it';
    problems.push({ problem: `is ${WORDS[type]}, not an instant vector`, fix });
  }
  return { type, problems };
}
