import { checkQueries, element, HOLDS, testQueries } from './promtool';
import { testRules } from './rules';
import { podSeries } from './series';

/** A query with one element for each series. */
const PER_SERIES = 'rate(http_requests_total{app="vllm"}[1m])';

const load = { running: 3, waiting: 1, kv: 0.25, generated: 40, prompt: 400, buckets: [19, 20, 20] } as const;
const requests = [
  ['/v1/completions', '2xx', 2],
  ['/v1/completions', '4xx', 1],
] as const;
const series = podSeries({ name: 'vllm-a', engines: [load], requests }, 'vllm:kv_cache_usage_perc');

function verdict(query: string, value: number | undefined): string | undefined {
  return testQueries([{ name: 'a "name" & more', query, series, samples: element(value) }]).get('a "name" & more');
}

describe('promtool reports', () => {
  test.each<[what: string, query: string, value: number | undefined, words: RegExp]>([
    [
      'a query of several series',
      PER_SERIES,
      3,
      /exp: {} 3E\+00\s+got: {[^}]*status="2xx"} \S+, {[^}]*status="4xx"} \S+$/,
    ],
    ['a wrong value', `sum(${PER_SERIES})`, 3.0001, /exp: {} 3\.0001E\+00\s+got: {} (3E\+00|2\.99)/],
    ['an element with labels', 'sum by (app) (vllm:num_requests_running)', 3, /got: {app="vllm"} 3E\+00/],
    ['an unexpected element', 'sum(vllm:num_requests_running)', undefined, /exp: nil\s+got: {} 3E\+00/],
    ['a missing element', 'sum(absent_metric)', 0, /exp: {} 0E\+00\s+got: nil/],
    ['NaN instead of 0', '0 * sum(vllm:num_requests_running) / 0', 0, /got: {} NaN/],
    ['a query that is not PromQL', 'sum(vllm:num_requests_running', 3, /parse error: unclosed left parenthesis/],
  ])('%s', (_, query, value, words) => {
    expect(verdict(query, value)).toMatch(words);
  });

  test('a rule that is not PromQL, and two rules of the same name', () => {
    expect(checkQueries([['query:one', 'sum(a']])).toMatch(/parse error/);
    expect(
      checkQueries([
        ['query:one', 'sum(a)'],
        ['query:one', 'sum(a)'],
      ]),
    ).toMatch(/duplicate/);
  });
});

test('promtool reports a wrong value of a record, and accepts the right one', () => {
  const groups = [{ name: 'a', rules: [{ record: 'a:b:sum', expr: 'sum(b)' }] }];
  const cases = [1, 2].map((value) => ({
    name: `${value}`,
    series: [['b{c="d"}', '2x10']] as const,
    minutes: 5,
    questions: [{ query: 'sum(a:b:sum)', samples: element(value) }],
  }));
  const verdicts = testRules([{ groups, cases }]);
  expect(verdicts.get('1')).toMatch(/exp: {} 1E\+00\s+got: {} 2E\+00/);
  expect(verdicts.get('2')).toBe(HOLDS);
});

test('promtool accepts the right value', () => {
  expect(verdict(`sum(${PER_SERIES})`, 3)).toBe(HOLDS);
  expect(verdict('sum(absent_metric)', undefined)).toBe(HOLDS);
  expect(checkQueries([['query:one', 'sum(a)']])).toBe(HOLDS);
});
