import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPromtool } from './environment';
import { EVALUATED_AT, INTERVAL, type Series } from './series';

/** An element of an answer. */
export interface Sample {
  readonly labels: string;
  readonly value: number;
}

/** One query on series of its own, and the whole answer. */
export interface Case {
  /** Distinct among the cases of one run. */
  readonly name: string;
  readonly query: string;
  readonly series: readonly Series[];
  readonly samples: readonly Sample[];
}

/** The answer of one element without labels, as every aggregate over everything gives it; undefined for no element. */
export function element(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ labels: '{}', value }];
}

/** What promtool prints when a case holds. */
export const HOLDS = '';

/** Fails with promtool's own words; a stack trace would add nothing. */
export function expectHolds(verdict: string | undefined): void {
  if (verdict === HOLDS) return;
  const error = new Error(`promtool prints:\n${verdict}`);
  error.stack = error.message;
  throw error;
}

/** Runs all cases in one process: what promtool reports about each of them, by name. */
export function testQueries(cases: readonly Case[]): ReadonlyMap<string, string> {
  const tests = cases.map(({ name, query, series, samples }) => ({
    name,
    interval: INTERVAL,
    input_series: series.map(([selector, values]) => ({ series: selector, values })),
    promql_expr_test: [{ expr: query, eval_time: EVALUATED_AT, exp_samples: samples }],
  }));
  // Only the last bits of a float may differ: a rate of 1 is 0.9999999999999999.
  const file = { fuzzy_compare: true, evaluation_interval: INTERVAL, tests };
  return inFolder((folder) => {
    const report = join(folder, 'report.xml');
    const printed = run(['test', 'rules', `--junit=${report}`, write(folder, 'tests.yaml', file)]).output;
    const verdicts = new Map(verdictsOf(readReport(report, printed)));
    if (cases.some(({ name }) => !verdicts.has(name)))
      throw new Error(`promtool did not judge every case:\n${printed}`);
    return verdicts;
  });
}

/** Checks queries as recording rules, by their names: all that promtool prints, or HOLDS. */
export function checkQueries(queries: readonly (readonly [record: string, query: string])[]): string {
  const rules = queries.map(([record, expr]) => ({ record, expr }));
  return inFolder((folder) => {
    const file = write(folder, 'rules.yaml', { groups: [{ name: 'queries', rules }] });
    const { status, output } = run(['check', 'rules', '--lint=all', '--lint-fatal', file]);
    return status === 0 ? HOLDS : output;
  });
}

export function run(args: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(readPromtool(), args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error) throw error;
  return { status, output: `${stdout}${stderr}`.trim() };
}

export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** JSON is YAML. */
export function write(folder: string, name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

export function readReport(file: string, printed: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`promtool wrote no report:\n${printed}`);
  }
}

export function verdictsOf(xml: string): (readonly [name: string, verdict: string])[] {
  const cases = xml.matchAll(/<testcase name="([^"]*)">(.*?)<\/testcase>/gs);
  return Array.from(cases, ([, name = '', failures = '']) => [
    unescape(name),
    unescape(failures.replace(/<.*?>/gs, '')),
  ]);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (entity, number: string | undefined, name: string) => {
    if (number === undefined) return ENTITIES[name] ?? entity;
    return String.fromCodePoint(parseInt(name, number === '#x' ? 16 : 10));
  });
}
