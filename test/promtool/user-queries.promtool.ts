import {
  EXPERIMENTAL_QUERIES,
  INVALID_QUERIES,
  SINGLE_QUERIES,
  UNKNOWN_QUERIES,
  UNNOTICED_QUERIES,
  USELESS_QUERIES,
  VALID_QUERIES,
} from '../support/user-queries';
import { expectHolds, inFolder, run, testQueries, write } from './promtool';
import type { Series } from './series';

const EXPERIMENTAL = '--enable-feature=promql-experimental-functions';

/** The queries that promtool refuses. */
function refused(queries: readonly string[], ...flags: readonly string[]): string[] {
  const rules = queries.map((expr, index) => ({ record: `query:n${index}`, expr }));
  const { status, output } = inFolder((folder) =>
    run([...flags, 'check', 'rules', '--lint=none', write(folder, 'rules.yaml', { groups: [{ name: 'all', rules }] })]),
  );
  const found = new Set(Array.from(output.matchAll(/rule \d+, "query:n(\d+)"/g), ([, index]) => Number(index)));
  // A file that it cannot read at all would have no refused rules.
  expect(status === 0).toBe(found.size === 0);
  return queries.filter((_, index) => found.has(index));
}

const queriesOf = (list: readonly (readonly [query: string, message: string])[]) => list.map(([query]) => query);

test('Prometheus accepts what the library accepts', () => {
  expect(refused(VALID_QUERIES)).toEqual([]);
});

test('Prometheus refuses what the library refuses', () => {
  // An empty rule is another mistake for promtool.
  const queries = queriesOf(INVALID_QUERIES).map((query) => query || ' ');
  expect(refused(queries, EXPERIMENTAL)).toEqual(queries);
});

test('Prometheus accepts functions behind its feature flag only with the flag', () => {
  expect(refused(EXPERIMENTAL_QUERIES)).toEqual(EXPERIMENTAL_QUERIES);
  expect(refused(EXPERIMENTAL_QUERIES, EXPERIMENTAL)).toEqual([]);
});

test('Prometheus accepts a range or a text as a result, which the library refuses', () => {
  expect(refused(queriesOf(USELESS_QUERIES))).toEqual([]);
});

test('Prometheus refuses mistakes that the library does not find', () => {
  expect(refused(UNNOTICED_QUERIES)).toEqual(UNNOTICED_QUERIES);
});

test('Prometheus accepts what the grammar of the library does not know', () => {
  expect(refused(UNKNOWN_QUERIES, EXPERIMENTAL)).toEqual([]);
});

/** Two metrics in four pods each, and a histogram in two. */
const SERIES: readonly Series[] = [
  ...['x', 'y', 'up'].flatMap((metric) =>
    ['1', '2', '3', '4'].map((pod): Series => [`${metric}{pod="${pod}",job="b"}`, `${pod}+${pod}x20`]),
  ),
  ...['0.5', '1', '+Inf'].flatMap((le, index) =>
    ['1', '2'].map((pod): Series => [`x_bucket{pod="${pod}",le="${le}"}`, `${index}+${index + 1}x20`]),
  ),
];

test.each(SINGLE_QUERIES)('Prometheus has one element at most for %s', (query) => {
  const more = { name: 'more than one', query: `count(${query}) > 1`, series: SERIES, samples: [] };
  const none = { ...more, name: 'none', series: [] };
  const verdicts = testQueries([more, none]);
  expectHolds(verdicts.get(more.name));
  expectHolds(verdicts.get(none.name));
});
