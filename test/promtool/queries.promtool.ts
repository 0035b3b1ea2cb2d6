import { resolve } from 'node:path';
import { exampleFiles, synthesise } from '../cluster/examples';
import type { Manifest } from '../support/stack';
import { measuredBy } from './guard-stacks';
import { GUARDED, guardedBy } from './guard-matrix';
import { checkQueries, expectHolds } from './promtool';
import { queriesOf, type Query, signalQueries, STACKS } from './queries';

/** A recording rule for each query, called after it. */
const rules = (queries: readonly (readonly [name: string, query: string])[]) =>
  queries.map(([name, query]) => [`query:${name.replace(/\W/g, '_')}`, query] as const);

const files = exampleFiles(resolve(__dirname, '../..'));

test.each(STACKS)('every signal of vLLM $vllm, to zero: $toZero', (stack) => {
  expectHolds(checkQueries(rules(signalQueries(stack))));
});

/** The queries of AnalysisTemplates. */
const guardQueries = (manifests: readonly Manifest[]): Query[] =>
  measuredBy(manifests).map(({ template, name, query }) => [`${template}/${name}`, query]);

test.each(GUARDED)('every guard of $title', (stack) => {
  const queries = guardQueries(guardedBy(stack));
  expect(queries.length).toBeGreaterThan(1);
  expect(queries.filter(([, query]) => query.includes('{{'))).toEqual([]);
  expectHolds(checkQueries(rules(queries)));
});

test.each(files)('example $name', async (file) => {
  const { manifests } = await synthesise(file);
  const queries = [...queriesOf(manifests), ...guardQueries(manifests)];
  expect(queries.length > 0).toBe(manifests.some(({ kind }) => kind === 'ScaledObject' || kind === 'AnalysisTemplate'));
  if (queries.length > 0) expectHolds(checkQueries(rules(queries)));
});

test('at least one example scales', async () => {
  const scaled = await Promise.all(files.map(async (file) => queriesOf((await synthesise(file)).manifests).length));
  expect(Math.max(...scaled)).toBeGreaterThan(0);
});
