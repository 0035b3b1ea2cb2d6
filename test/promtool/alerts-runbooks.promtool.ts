import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseRelease } from '../../lib/engine/release';
import { unknownIn } from '../support/promql';
import { checkQueries, expectHolds } from './promtool';

const FOLDER = resolve(__dirname, '../../docs/runbooks');

/** Each query of each runbook, named after it. */
const QUERIES = readdirSync(FOLDER).flatMap((file) => {
  const page = readFileSync(join(FOLDER, file), 'utf8');
  const blocks = [...page.matchAll(/```promql\n([^]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n\n'));
  return blocks.map((query, index) => [`runbook:${file.replace('.md', '')}:${index}`, query] as const);
});

/** What cAdvisor and Prometheus itself report about every target. */
const OTHERS = ['container_memory_working_set_bytes', 'scrape_duration_seconds'];

test('the queries of the runbooks are PromQL', () => {
  expect(QUERIES.length).toBeGreaterThan(40);
  expectHolds(checkQueries(QUERIES));
});

test.each(QUERIES)('%s reads series and labels that exist', (_, query) => {
  const unknown = unknownIn(query, parseRelease('0.32.0'));
  expect(unknown.filter((each) => !OTHERS.some((name) => each.startsWith(name)))).toEqual([]);
});
