import type { ColdStart } from './cold-start';
import type { ScaleRow } from './scale';

/** A Markdown table; the first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const whole = (value: number): string => value.toFixed(0);
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
const times = (factor: number): string => `${factor.toFixed(2)} ×`;

export function coldStartTable(starts: readonly ColdStart[]): string {
  const rows = starts.map(({ what, ms, min, max, ratio }) => [
    what,
    whole(ms),
    `${whole(min)} to ${whole(max)}`,
    times(ratio),
  ]);
  return table(['process', 'median ms', 'range', "× `require('cdk8s')`"], rows);
}

const VARIANTS = { pinned: ', version pinned', watched: ', watched', canary: ', canary' } as const;

const named = ({ stacks, charts, variant }: ScaleRow): string =>
  `${stacks} in ${charts === 1 ? 'one chart' : `${charts} charts`}${variant ? VARIANTS[variant] : ''}`;

/** A column of numbers. */
type Column = readonly [head: string, cell: (row: ScaleRow) => string];

const tableOf = (rows: readonly ScaleRow[], columns: readonly Column[]): string =>
  table(
    ['stacks', ...columns.map(([head]) => head)],
    rows.map((row) => [named(row), ...columns.map(([, cell]) => cell(row))]),
  );

/** A column for each subject. */
const forEach = (
  names: readonly string[],
  head: string,
  cell: (figures: ScaleRow['library'][number], row: ScaleRow) => string,
): Column[] =>
  names.map((name, index) => [
    `${head}, ${name}`,
    (row) => {
      const figures = row.library[index];
      return figures === undefined ? '' : cell(figures, row);
    },
  ]);

export function timeTable(rows: readonly ScaleRow[], names: readonly string[]): string {
  return tableOf(rows, [
    ['objects', ({ objects }) => String(objects)],
    ...forEach(names, 'ms', ({ totalMs }) => whole(totalMs)),
    ['plain cdk8s ms', ({ plain }) => whole(plain.totalMs)],
    ...forEach(names, 'ms per object', ({ totalMs }, { objects }) => (totalMs / objects).toFixed(2)),
    ...forEach(names, 'peak MiB', ({ peakMib }) => whole(peakMib)),
    ['plain peak MiB', ({ plain }) => whole(plain.peakMib)],
  ]);
}

/** Durations of whole processes, the only comparison with Helm. */
export function helmTable(rows: readonly ScaleRow[], names: readonly string[]): string {
  const measured = rows.filter(({ helmMs }) => helmMs !== undefined);
  return tableOf(measured, [
    ['objects', ({ objects }) => String(objects)],
    ...forEach(names, 'ms', ({ processMs }) => whole(processMs)),
    ['plain cdk8s ms', ({ plain }) => whole(plain.processMs)],
    ['`helm template` ms', ({ helmMs = NaN }) => whole(helmMs)],
    ...forEach(names, '× Helm', ({ processMs }, { helmMs = NaN }) => times(processMs / helmMs)),
  ]);
}

export function shareTable(rows: readonly ScaleRow[], names: readonly string[]): string {
  const last = (row: ScaleRow) => row.library.at(-1);
  return tableOf(rows, [
    ...forEach(names, 'ours', ({ ours }) => percent(ours)),
    ...forEach(names, 'added to plain', ({ added }) => percent(added)),
    ['of ours validation', (row) => percent(last(row)?.validation ?? NaN)],
    ['YAML and files', (row) => percent(last(row)?.yaml ?? NaN)],
    ['rest of cdk8s', (row) => percent(1 - (last(row)?.ours ?? NaN) - (last(row)?.yaml ?? NaN))],
  ]);
}

/** Growth of time for ten times as many stacks. */
export function growthTable(pairs: readonly (readonly [small: ScaleRow, large: ScaleRow])[]): string {
  const head = ['from', 'to', 'objects', 'ms', 'plain cdk8s ms'];
  const cells = pairs.map(([small, large]) => [
    named(small),
    named(large),
    times(large.objects / small.objects),
    times((large.library.at(-1)?.totalMs ?? NaN) / (small.library.at(-1)?.totalMs ?? NaN)),
    times(large.plain.totalMs / small.plain.totalMs),
  ]);
  return table(head, cells);
}
