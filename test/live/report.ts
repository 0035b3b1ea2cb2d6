import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { podCount, type Row, timeline } from './recorder';
import type { Counts } from './traffic';

/** Prints the time-line of a run, and writes it to the folder DELIVERY_TIMELINES if that is set. */
export function report(title: string, rows: readonly Row[], { total, byVersion, errors, lost }: Counts): void {
  const counts = JSON.stringify({ total, lost: lost.length, byVersion, errors, pods: Math.max(...rows.map(podCount)) });
  const text = `${title}\n${counts}\n${timeline(rows)}\n`;
  process.stdout.write(`\n${text}`);
  const folder = process.env.DELIVERY_TIMELINES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const name = join(folder, title.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase());
  writeFileSync(`${name}.txt`, text);
  writeFileSync(`${name}.json`, JSON.stringify(rows));
}
