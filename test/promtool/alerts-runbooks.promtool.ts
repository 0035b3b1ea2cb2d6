import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../lib/engine/release';
import { EXPORTER_METRICS } from '../../lib/metrics/exporters';
import { COST_RECORDS, GPU_RECORDS } from '../../lib/metrics/gpu-records';
import { namesIn } from '../alerts/selectors';
import { checkQueries, expectHolds } from './promtool';

const FOLDER = resolve(__dirname, '../../docs/runbooks');

/** Each query of each runbook, named after it. */
const QUERIES = readdirSync(FOLDER).flatMap((file) => {
  const page = readFileSync(join(FOLDER, file), 'utf8');
  const blocks = [...page.matchAll(/```promql\n([^]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n\n'));
  return blocks.map((query, index) => [`runbook:${file.replace('.md', '')}:${index}`, query] as const);
});

const catalogue = Catalogue.of(parseRelease('0.32.0'));

/** What cAdvisor and Prometheus itself say about every target, and records of objectives. */
const OTHERS = ['container_memory_working_set_bytes', 'scrape_duration_seconds', 'slo:current_burn_rate:ratio'];
const KNOWN = new Set<string>([...Object.values(GPU_RECORDS), ...Object.values(COST_RECORDS), ...OTHERS]);

function exists(name: string): boolean {
  const ofVllm = catalogue.metric(name) ?? catalogue.metric(name.replace(/_(sum|count|bucket)$/, ''));
  return ofVllm !== undefined || EXPORTER_METRICS.has(name) || KNOWN.has(name);
}

test('the queries of the runbooks are PromQL', () => {
  expect(QUERIES.length).toBeGreaterThan(40);
  expectHolds(checkQueries(QUERIES));
});

test.each(QUERIES)('%s reads metrics that exist', (_, query) => {
  expect(namesIn(query).filter((name) => !exists(name))).toEqual([]);
});
