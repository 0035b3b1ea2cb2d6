/**
 * Measures the compiled library: the start time of a program, and how time and memory grow with the number of
 * stacks. Prints Markdown; docs/performance.md has the tables of one run and explains them.
 *
 *     npm run bench [-- --rounds 3] [--before <another checkout, compiled>]
 *
 * If the variable HELM has a path or command, it also measures `helm template` of as many objects.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './child';
import { coldStarts } from './cold-start';
import { ensureCompiled } from './compiled';
import { coldStartTable, growthTable, helmTable, shareTable, timeTable } from './report';
import type { Case, ScaleRow, Variant } from './scale';
import { chartOf, measureScale } from './scale';
import { subject } from './subject';

const COLD_ROUNDS = 11;
const SIZES = [1, 10, 100, 1000];

const CASES: readonly Case[] = [
  ...SIZES.map((stacks) => ({ stacks, charts: 1 })),
  ...SIZES.map((stacks) => ({ stacks, charts: 1, variant: 'watched' as const })),
  ...SIZES.slice(2).map((stacks) => ({ stacks, charts: 1, variant: 'pinned' as const })),
  ...SIZES.slice(1, 3).map((stacks) => ({ stacks, charts: 1, variant: 'canary' as const })),
  ...SIZES.slice(1).map((stacks) => ({ stacks, charts: stacks })),
];

/** The name of a family of cases that differ in size only. */
const family = ({ charts, variant }: Case): string => `${charts === 1 ? 'one chart' : 'a chart each'}, ${variant}`;

/** The largest case of each family, with the case that has a tenth of its stacks. */
function growth(rows: readonly ScaleRow[]): (readonly [ScaleRow, ScaleRow])[] {
  const largest = new Map(rows.map((row) => [family(row), row]));
  return [...largest].flatMap(([name, large]) => {
    const small = rows.find((row) => family(row) === name && row.stacks * 10 === large.stacks);
    return small ? [[small, large] as const] : [];
  });
}

function main(rounds: number, before: string | undefined, helm: string | undefined): void {
  ensureCompiled();
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-vllm-bench-'));
  try {
    const now = subject('now', ROOT, folder);
    const subjects = before === undefined ? [now] : [subject('before', before, folder), now];
    const names = subjects.map(({ name }) => name);
    const charts = new Map(
      [undefined, 'watched' as const, 'pinned' as const, 'canary' as const].map((each) => [each, chartOf(each, now)]),
    );
    const beside = (variant?: Variant) => (helm === undefined ? undefined : { helm, chart: charts.get(variant) ?? '' });

    const starts = coldStarts(subjects, COLD_ROUNDS, beside());
    const rows = CASES.map((each) => {
      process.stderr.write(`bench: ${each.stacks} stacks in ${each.charts} charts\n`);
      return measureScale(each, subjects, rounds, beside(each.variant));
    });
    const machine = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} CPUs, Node ${process.versions.node}`;
    const sections = [
      `${machine}, median of ${COLD_ROUNDS} starts and of ${rounds} runs`,
      coldStartTable(starts),
      timeTable(rows, names),
      shareTable(rows, names),
      ...(helm === undefined ? [] : [helmTable(rows, names)]),
      growthTable(growth(rows)),
    ];
    process.stdout.write(`${sections.join('\n\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, before: { type: 'string' } } });
main(Number(values.rounds), values.before, process.env['HELM']);
