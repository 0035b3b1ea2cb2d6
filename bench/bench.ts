/**
 * Measures the compiled library: how long a program takes to start, and how time and memory grow with the number of
 * stacks. Prints Markdown; docs/performance.md keeps a run with its explanation.
 *
 *     npm run bench [-- --rounds 3]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coldStarts } from './cold-start';
import { ensureCompiled } from './compiled';
import { coldStartTable, growthTable, shareTable, timeTable } from './report';
import type { Case, ScaleRow } from './scale';
import { measureScale } from './scale';

const COLD_ROUNDS = 11;
const SIZES = [1, 10, 100, 1000];

const CASES: readonly Case[] = [
  ...SIZES.map((stacks) => ({ stacks, charts: 1 })),
  ...SIZES.slice(1).map((stacks) => ({ stacks, charts: stacks })),
  ...SIZES.slice(2).map((stacks) => ({ stacks, charts: 1, variant: 'pinned' as const })),
  // A thousand of them would print 120 MB.
  ...SIZES.slice(0, 3).map((stacks) => ({ stacks, charts: 1, variant: 'watched' as const })),
];

/** What cases that differ in size alone have in common. */
const family = ({ charts, variant }: Case): string => `${charts === 1 ? 'one chart' : 'a chart each'}, ${variant}`;

/** The largest case of each family beside the same with a tenth of the stacks. */
function growth(rows: readonly ScaleRow[]): (readonly [ScaleRow, ScaleRow])[] {
  const largest = new Map(rows.map((row) => [family(row), row]));
  return [...largest].flatMap(([name, large]) => {
    const small = rows.find((row) => family(row) === name && row.stacks * 10 === large.stacks);
    return small ? [[small, large] as const] : [];
  });
}

function main(rounds: number): void {
  ensureCompiled();
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-vllm-bench-'));
  try {
    const starts = coldStarts(outdir, COLD_ROUNDS);
    const rows = CASES.map((each) => {
      process.stderr.write(`bench: ${each.stacks} stacks in ${each.charts} charts\n`);
      return measureScale(each, outdir, rounds);
    });
    const machine = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} CPUs, Node ${process.versions.node}`;
    const sections = [
      `${machine}, median of ${COLD_ROUNDS} starts and of ${rounds} runs`,
      coldStartTable(starts),
      timeTable(rows),
      shareTable(rows),
      growthTable(growth(rows)),
    ];
    process.stdout.write(`${sections.join('\n\n')}\n`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
main(Number(values.rounds));
