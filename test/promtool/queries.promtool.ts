import { resolve } from 'node:path';
import { exampleFiles, synthesise } from '../cluster/examples';
import { checkQueries, expectHolds } from './promtool';
import { queriesOf, signalQueries, STACKS } from './queries';

/** A recording rule for each query, called after it. */
const rules = (queries: readonly (readonly [name: string, query: string])[]) =>
  queries.map(([name, query]) => [`query:${name.replace(/\W/g, '_')}`, query] as const);

const files = exampleFiles(resolve(__dirname, '../..'));

test.each(STACKS)('every signal of vLLM $vllm, to zero: $toZero', (stack) => {
  expectHolds(checkQueries(rules(signalQueries(stack))));
});

test.each(files)('example $name', async (file) => {
  const { manifests } = await synthesise(file);
  const queries = queriesOf(manifests);
  expect(queries.length > 0).toBe(manifests.some(({ kind }) => kind === 'ScaledObject'));
  if (queries.length > 0) expectHolds(checkQueries(rules(queries)));
});

test('at least one example scales', async () => {
  const scaled = await Promise.all(files.map(async (file) => queriesOf((await synthesise(file)).manifests).length));
  expect(Math.max(...scaled)).toBeGreaterThan(0);
});
