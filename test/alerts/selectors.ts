/** A selector of a query: what it reads, and the labels that it asks for. */
interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

const SELECTOR = /([a-zA-Z_:][\w:]*)\{((?:[^}"]|"(?:[^"\\]|\\.)*")*)\}/g;
const LABEL = /(\w+)(?:=~|!~|!=|=)"(?:[^"\\]|\\.)*"/g;

/** All selectors of a query. */
export function selectorsIn(query: string): Selector[] {
  return [...query.matchAll(SELECTOR)].map(([, metric = '', matchers = '']) => ({
    metric,
    labels: [...matchers.matchAll(LABEL)].map(([, label = '']) => label),
  }));
}

/** The metrics that a query reads, each once. */
export function namesIn(query: string): string[] {
  return [...new Set(selectorsIn(query).map(({ metric }) => metric))];
}
