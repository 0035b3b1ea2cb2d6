import type { Expr, Operator, Wrapped, Range } from './expr';

/** A part of a chain of operators, in the order of the text. */
export type Link =
  | { readonly operand: Expr }
  | { readonly operator: Operator }
  /** A sign before an operand, and its position. */
  | { readonly sign: number };

/** How tightly operators bind: prometheus/prometheus:promql/parser/generated_parser.y. `^` groups from the right. */
const BINDS: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '>=', '>', '<', '<=', '!=', '</', '>/'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
];
const level = (op: string): number => BINDS.findIndex((ops) => ops.includes(op));
const PRODUCT = level('*');

type Modifier = { readonly of: Wrapped['of'] | Range['of']; readonly seconds?: number; readonly to: number };

/** A chain whose last operand has `offset`, a range or the like behind it. */
export function modifyLast(chain: readonly Link[], modifier: Modifier): Link[] {
  const last = chain.at(-1);
  if (last === undefined || !('operand' in last)) return [...chain];
  const inner = last.operand;
  return [...chain.slice(0, -1), { operand: { ...modifier, from: inner.from, inner } }];
}

/**
 * The expression of a chain. The grammar of Prometheus' editor does not know that `offset`, `@` and ranges bind tighter
 * than operators: it reads `a + b offset 5m * c` as `((a + b) offset 5m) * c`. So its groups are not used.
 */
export function grouped(chain: readonly Link[]): Expr {
  let next = 0;

  function operand(): Expr {
    const link = chain[next++];
    if (link === undefined || 'operator' in link) throw new Error('an operator has two operands where it parsed');
    if ('operand' in link) return link.operand;
    const inner = group(PRODUCT + 1);
    return { of: 'sign', inner, from: link.sign, to: inner.to };
  }

  function group(lowest: number): Expr {
    let left = operand();
    for (;;) {
      const link = chain[next];
      if (link === undefined || !('operator' in link)) return left;
      const bound = level(link.operator.op);
      if (bound < lowest) return left;
      next += 1;
      const right = group(link.operator.op === '^' ? bound : bound + 1);
      left = { of: 'binary', ...link.operator, left, right, from: left.from, to: right.to };
    }
  }

  return group(0);
}
