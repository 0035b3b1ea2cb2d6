/** What is wrong with a query, as the words after `has the query "…", which`, and what to do. */
export interface QueryProblem {
  readonly problem: string;
  readonly fix: string;
}

/** Text of a query on one line, cut in the middle of a long one. */
export function excerpt(text: string, longest = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** A part of a query in a message. A text that has quotes already keeps them. */
export function quote(part: string): string {
  const text = excerpt(part);
  return /^["'`]/.test(text) ? text : `"${text}"`;
}

/** `at position 7, near "rate(x"`: positions count from 1, in the line if there are several. */
export function place(query: string, index: number): string {
  const before = query.slice(0, index).split('\n');
  const line = query.trim().includes('\n') ? `line ${before.length}, ` : '';
  const position = (before.at(-1) ?? '').length + 1;
  const [from, to] = [Math.max(0, index - 12), index + 18];
  const near = `${from > 0 ? '…' : ''}${excerpt(query.slice(from, to))}${to < query.length ? '…' : ''}`;
  return `at ${line}position ${position}, near "${near}"`;
}
