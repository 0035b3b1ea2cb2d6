/** Labels of a series or matchers of a selector, as they are written between braces. */
const PAIR = /(\w+)(=~|!~|!=|=)("(?:\\.|[^"\\])*")/g;

interface Pair {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

function parsed(text: string): { readonly metric: string; readonly pairs: readonly Pair[] } {
  const [metric = ''] = /^[\w:]*/.exec(text) ?? [];
  const pairs = Array.from(text.matchAll(PAIR), ([, label = '', operator = '', quoted = '""']) => ({
    label,
    operator,
    value: JSON.parse(quoted) as string,
  }));
  return { metric, pairs };
}

/** As Prometheus matches: a pattern must match the whole value, and a missing label is an empty one. */
function matches({ operator, value }: Pair, actual: string): boolean {
  const pattern = () => new RegExp(`^(?:${value})$`).test(actual);
  return { '=': () => actual === value, '!=': () => actual !== value, '=~': pattern, '!~': () => !pattern() }[
    operator as '=' | '!=' | '=~' | '!~'
  ]();
}

/**
 * The values of the series that a selector finds among those that a process exposes, by their text.
 *
 * @param exposed the text of each series with its value
 */
export function found(selector: string, exposed: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const wanted = parsed(selector);
  return new Map(
    [...exposed].filter(([text]) => {
      const { metric, pairs } = parsed(text);
      const labels = new Map(pairs.map(({ label, value }) => [label, value]));
      return metric === wanted.metric && wanted.pairs.every((pair) => matches(pair, labels.get(pair.label) ?? ''));
    }),
  );
}

/** A page of metrics as the text of each series with its value. */
export function exposedSeries(page: string): ReadonlyMap<string, number> {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}
