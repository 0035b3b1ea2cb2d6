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

const VARIANTS = { pinned: ', version pinned', watched: ', watched' } as const;

const named = ({ stacks, charts, variant }: ScaleRow): string =>
  `${stacks} in ${charts === 1 ? 'one chart' : `${charts} charts`}${variant ? VARIANTS[variant] : ''}`;

export function timeTable(rows: readonly ScaleRow[]): string {
  const head = ['stacks', 'objects', 'ms', 'ms per object', 'plain cdk8s ms', '× plain', 'peak MiB', 'plain peak MiB'];
  const cells = rows.map((row) => [
    named(row),
    String(row.objects),
    whole(row.totalMs),
    (row.totalMs / row.objects).toFixed(2),
    whole(row.plainMs),
    times(row.totalMs / row.plainMs),
    whole(row.peakMib),
    whole(row.plainPeakMib),
  ]);
  return table(head, cells);
}

export function shareTable(rows: readonly ScaleRow[]): string {
  const head = ['stacks', 'ours', 'of it validation', 'YAML and files', 'rest of cdk8s', 'added to plain'];
  const cells = rows.map((row) => [
    named(row),
    percent(row.ours),
    percent(row.validation),
    percent(row.yaml),
    percent(1 - row.ours - row.yaml),
    percent(row.added),
  ]);
  return table(head, cells);
}

/** How many times longer ten times as many stacks take. */
export function growthTable(pairs: readonly (readonly [small: ScaleRow, large: ScaleRow])[]): string {
  const head = ['from', 'to', 'objects', 'ms', 'plain cdk8s ms'];
  const cells = pairs.map(([small, large]) => [
    named(small),
    named(large),
    times(large.objects / small.objects),
    times(large.totalMs / small.totalMs),
    times(large.plainMs / small.plainMs),
  ]);
  return table(head, cells);
}
