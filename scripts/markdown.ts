/** A Markdown table as Prettier formats it. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

const END = '<!-- end -->';

/** Puts content between the marker of a command and the next end marker. */
export function insert(page: string, name: string, command: string, content: string): string {
  const begin = `<!-- ${name}: written by ${command} -->`;
  const [head = '', rest] = page.split(begin);
  const at = rest?.indexOf(END) ?? -1;
  if (rest === undefined || at < 0) throw new Error(`the page has no ${begin} with ${END} after it`);
  return `${head}${begin}\n\n${content}\n\n${rest.slice(at)}`;
}
