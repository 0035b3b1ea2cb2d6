import type { Expr } from './expr';
import { partsOf } from './expr';
import type { QueryProblem } from './problem';
import { quote } from './problem';

/** What a value looks like that another program would fill in, and what it is. */
const TEMPLATES: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\{\{.*?\}\}/, 'a placeholder'],
  // Behind a "$", a regular expression ends: no letter ever follows it.
  [/\$\{[A-Za-z_][\w:.]*\}|\$[A-Za-z_]\w*/, 'a variable of Grafana or of a shell'],
  [/^\[\[\w+(:\w+)?\]\]$/, 'a variable of Grafana'],
  [/^<[A-Za-z][\w .-]*>$/, 'a placeholder'],
  [/^%[sdv]$/, 'a placeholder'],
];

const NAME = /^\{\{\s*([\w.-]+)\s*\}\}$/;

/**
 * Values of matchers that nothing fills in: they would select no series.
 *
 * @param filled names that are filled in later, such as `args.canary`
 */
export function unfilledValues(expr: Expr, filled: readonly string[]): QueryProblem[] {
  if (expr.of !== 'selector') return partsOf(expr).flatMap((part) => unfilledValues(part, filled));
  return expr.matchers.flatMap(({ label, value }) => {
    const [found] = TEMPLATES.flatMap(([pattern, what]) => {
      const [text] = pattern.exec(value) ?? [];
      const name = NAME.exec(text ?? '')?.[1];
      return text === undefined || (name !== undefined && filled.includes(name)) ? [] : [{ text, what }];
    });
    if (found === undefined) return [];
    const problem = `has ${found.text}, ${found.what}, in the value of ${label}: ${quote(value)}`;
    return [{ problem, fix: 'write the value itself' }];
  });
}
