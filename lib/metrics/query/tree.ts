import { parser } from '@prometheus-io/lezer-promql';
import type { Expr, LabelMatcher, Matching, Operator } from './expr';
import type { Link } from './precedence';
import { grouped, modifyLast } from './precedence';
import type { QueryProblem } from './problem';
import { excerpt, place, quote } from './problem';
import { unquote } from './quoted';
import { entryOf } from '../../shapes/entry-of';

/** A node of the grammar's tree. */
type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

const MODIFIERS = {
  OffsetExpr: 'offset',
  StepInvariantExpr: '@',
  AnchoredExpr: 'anchored',
  SmoothedExpr: 'smoothed',
  MatrixSelector: 'range',
  SubqueryExpr: 'subquery',
} as const;

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child);
  }
  return children;
}

/** Makes the expression of a query that parsed. `query` is its text, `parsed` what the grammar read. */
class Tree {
  public constructor(private readonly parsed: string) {}

  /** The first of the children, which the grammar requires. */
  public expr(node: SyntaxNode | undefined): Expr {
    if (node === undefined) throw new Error('a part that the grammar requires is missing');
    return grouped(this.chain(node));
  }

  private text({ from, to }: SyntaxNode): string {
    return this.parsed.slice(from, to);
  }

  private chain(node: SyntaxNode): Link[] {
    const [first, ...rest] = childrenOf(node);
    if (first !== undefined && node.name === 'BinaryExpr') {
      const right = rest.pop();
      const operator = this.operator(rest);
      return [...this.chain(first), { operator }, ...(right ? this.chain(right) : [])];
    }
    if (rest[0] !== undefined && node.name === 'UnaryExpr') return [{ sign: node.from }, ...this.chain(rest[0])];
    if (first !== undefined && node.name in MODIFIERS) {
      const of = MODIFIERS[node.name as keyof typeof MODIFIERS];
      const seconds = of === 'range' && rest[0] ? secondsOf(this.text(rest[0])) : undefined;
      return modifyLast(this.chain(first), { of, to: node.to, ...(seconds !== undefined && { seconds }) });
    }
    return [{ operand: this.operand(node) }];
  }

  private operand(node: SyntaxNode): Expr {
    const { from, to } = node;
    const children = childrenOf(node);
    const named = (name: string) => children.find((child) => child.name === name);
    const args = () => childrenOf(named('FunctionCallBody') ?? node).map((child) => this.expr(child));
    switch (node.name) {
      case 'ParenExpr':
        return { of: 'parentheses', inner: this.expr(children[0]), from, to };
      case 'StringLiteral':
        return { of: 'string', value: unquote(this.text(node)), from, to };
      case 'NumberDurationLiteral':
        return { of: 'number', value: numberOf(this.text(node)), from, to };
      case 'FunctionCall':
        return { of: 'call', name: this.text(children[0] ?? node), args: args(), from, to };
      case 'AggregateExpr': {
        const name = this.text(children[0] ?? node).toLowerCase();
        const [keyword, labels] = childrenOf(named('AggregateModifier') ?? node);
        const grouping = named('AggregateModifier') && labels ? this.labels(labels) : undefined;
        const modifier = grouping && { [keyword?.name === 'By' ? 'by' : 'without']: grouping };
        return { of: 'aggregation', name, ...modifier, args: args(), from, to };
      }
      case 'VectorSelector': {
        const name = named('Identifier');
        const matchers = childrenOf(named('LabelMatchers') ?? node).filter((child) => child.name !== 'Identifier');
        const read = matchers.map((child) => this.matcher(child));
        return { of: 'selector', ...(name && { name: this.text(name) }), matchers: read, from, to };
      }
      default:
        throw new Error(`the grammar has ${node.name}, which is not read here`);
    }
  }

  private operator(nodes: readonly SyntaxNode[]): Operator {
    const named = (name: string) => nodes.find((node) => node.name === name);
    const [sign] = nodes;
    const matching = named('MatchingModifierClause');
    return {
      op: sign ? this.text(sign).toLowerCase() : '',
      bool: named('BoolModifier') !== undefined,
      fill: named('FillModifier') !== undefined,
      ...(matching && { matching: this.matching(matching) }),
    };
  }

  private matching(node: SyntaxNode): Matching {
    const [keyword, labels, side, included] = childrenOf(node);
    const include = included ? this.labels(included) : [];
    return {
      by: keyword?.name === 'On' ? 'on' : 'ignoring',
      labels: labels ? this.labels(labels) : [],
      ...(side && { group: { side: side.name === 'GroupLeft' ? 'left' : 'right', include } }),
    };
  }

  private labels(node: SyntaxNode): string[] {
    return childrenOf(node).map((child) => this.label(child));
  }

  private label(node: SyntaxNode): string {
    const text = this.text(node);
    return node.name === 'QuotedLabelName' ? unquote(text) : text;
  }

  private matcher(node: SyntaxNode): LabelMatcher {
    if (node.name === 'QuotedLabelName') return { label: '__name__', operator: '=', value: this.label(node) };
    const [label = node, operator = node, value = node] = childrenOf(node);
    return {
      label: this.label(label),
      operator: this.text(operator) as LabelMatcher['operator'],
      value: unquote(this.text(value)),
    };
  }
}

/** NaN for a duration: its value is not needed. */
function numberOf(text: string): number {
  const plain = text.replace(/[_\s]/g, '').toLowerCase();
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[+-]/, '');
  return sign * (digits === 'inf' ? Infinity : Number(digits));
}

/** The part at which a query stops being PromQL. */
function syntaxProblem(query: string, blanked: string, from: number): QueryProblem {
  let index = from + (/^\s*/.exec(blanked.slice(from)) ?? [''])[0].length;
  const end = query.trimEnd();
  if (index >= end.length) return { problem: 'ends too early', fix: `complete it after "${excerpt(end.slice(-18))}"` };
  // The grammar may stop in the middle of a word: 5min is 5m and a rest.
  while (/^[\w.]{2}/.test(blanked.slice(index - 1))) index -= 1;
  const [token = ''] = /^(?:[\w:.]+|["'`]\s*["'`]?|[=!<>]=?~?|.)/.exec(blanked.slice(index)) ?? [];
  const text = query.slice(index, index + token.length);
  const fix = slipIn(blanked.slice(0, index), text) ?? entryOf(FIXES, text) ?? 'correct it there';
  return { problem: `has an unexpected ${quote(text)} ${place(query, index)}`, fix };
}

/** Units as they are written elsewhere. */
const LONG_UNITS: readonly (readonly [word: RegExp, unit: string])[] = [
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'm'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
  [/^(w|weeks?)$/i, 'w'],
];

/** A slip that what stands before it explains: in a selector or in a range. */
function slipIn(before: string, text: string): string | undefined {
  const inSelector = before.lastIndexOf('{') > before.lastIndexOf('}');
  if (inSelector && /[=~]$/.test(before)) {
    if (text === '=') return 'write one "=" in a selector';
    if (/^[\w.:]+$/.test(text)) return `write it in quotes: "${text}"`;
  }
  const [, count = '', unit = ''] = /\[\s*(\d*)\s*(\w*)$/.exec(`${before}${text}`) ?? [];
  const [, short] = LONG_UNITS.find(([word]) => word.test(unit)) ?? [];
  return count !== '' && short !== undefined ? `write ${count}${short}` : undefined;
}

/** What people write from other languages. */
const FIXES: Readonly<Record<string, string>> = {
  '&': 'write "and"',
  '|': 'write "or"',
  '=': 'write "=="',
  ';': 'remove it',
};

/**
 * The expression of a query.
 *
 * @param parsed what the grammar reads: as long as the query, with the same meaning
 * @param blanked the query without its quoted texts
 */
export function treeOf(query: string, parsed: string, blanked: string): Expr | QueryProblem {
  const tree = parser.parse(parsed);
  let wrong: number | undefined;
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) wrong ??= from;
    },
  });
  if (wrong !== undefined) return syntaxProblem(query, blanked, wrong);
  return new Tree(parsed).expr(childrenOf(tree.topNode)[0]);
}

const UNITS = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/** Seconds of a plain duration, `1h30m` or `300`; undefined for an expression. */
function secondsOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(ms|[ywdhms]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );
}
