import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readQuery } from '../../../lib/metrics/query/read-query';
import type { QueryProblem } from '../../../lib/metrics/query/problem';
import type { QueryReading } from '../../../lib/metrics/query/reading';
import type { SeriesUse } from '../../../lib/metrics/query/series-use';
import { signalQueries, STACKS } from '../../promtool/queries';
import { problemsIn } from '../../support/promql';
import {
  EXPERIMENTAL_QUERIES,
  INVALID_QUERIES,
  SINGLE_QUERIES,
  UNKNOWN_QUERIES,
  UNNOTICED_QUERIES,
  USELESS_QUERIES,
  VALID_QUERIES,
} from '../../support/user-queries';

function readingOf(query: string): QueryReading {
  const result = readQuery(query);
  if (!('result' in result)) throw new Error(problemsIn(query).join('\n'));
  return result;
}

describe('a query', () => {
  it.each([...VALID_QUERIES, ...EXPERIMENTAL_QUERIES, ...UNNOTICED_QUERIES].map((query) => [query]))(
    'is accepted: %s',
    (query) => {
      expect(problemsIn(query)).toEqual([]);
    },
  );

  it.each([...INVALID_QUERIES, ...USELESS_QUERIES])('fails: %s', (query, message) => {
    expect(problemsIn(query).join('\n')).toContain(message);
  });

  it.each(UNKNOWN_QUERIES)('fails though Prometheus accepts it: %s', (query) => {
    expect(problemsIn(query)).not.toEqual([]);
  });

  it.each<[what: string, query: string, problem: string]>([
    ['more characters than are read', `sum(${'a'.repeat(16_384)})`, 'has 16389 characters, and at most 16384 are read'],
    ['very many levels', `2${'^2'.repeat(8_000)}`, 'has too many levels to be read'],
  ])('fails with %s', (_what, query, problem) => {
    const fix = 'write parts of it as recording rules, or set unchecked: true';
    expect(readQuery(query)).toEqual([{ problem, fix }]);
  });

  it('is accepted with as many characters as are read', () => {
    expect(readQuery(`sum(${'a'.repeat(16_379)})`)).toMatchObject({ result: 'vector' });
  });

  it('fails with every mistake in its types', () => {
    expect(problemsIn('rate(x) + sum(y[5m])')).toHaveLength(2);
  });

  it('is read as plain data', () => {
    const reading = readingOf('sum(rate(x{a="b"}[5m])) / sum({__name__="y"})');
    expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
  });
});

describe('a placeholder in quotes', () => {
  it('is accepted if it is filled in later', () => {
    expect(readQuery('up{hash="{{ args.canary }}",a=~"b-{{args.canary}}-.*"}', ['args.canary'])).toHaveProperty(
      'result',
    );
  });

  it('fails beside one that is', () => {
    const [problem] = readQuery('up{a="{{args.canary}}",b="{{args.namespace}}"}', ['args.canary']) as QueryProblem[];
    expect(problem?.problem).toContain('has {{args.namespace}}, a placeholder, in the value of b');
  });
});

describe('the queries in this repository', () => {
  const RUNBOOKS = join(__dirname, '../../../docs/runbooks');

  it('in runbooks are all accepted', () => {
    const pages = readdirSync(RUNBOOKS).map((file) => readFileSync(join(RUNBOOKS, file), 'utf8'));
    const blocks = pages.flatMap((page) =>
      [...page.matchAll(/```promql\n([^]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n\n')),
    );
    expect(blocks.length).toBeGreaterThan(40);
    // The reader replaces the words behind "$".
    expect(blocks.map((block) => block.replaceAll('$', '')).flatMap(problemsIn)).toEqual([]);
  });

  it.each(STACKS)('of signals are accepted and have one element: vLLM $vllm, to zero: $toZero', (stack) => {
    const queries = signalQueries(stack).map(([, query]) => query);
    expect(queries.length).toBeGreaterThan(5);
    expect(queries.filter((query) => !readingOf(query).single)).toEqual([]);
  });
});

/** Whether the result has one element at most, whatever series there are. */
describe('one element', () => {
  it.each(SINGLE_QUERIES)('is certain: %s', (query) => {
    expect(readingOf(query)).toMatchObject({ result: 'vector', single: true });
  });

  it.each([
    'x',
    'rate(x[5m])',
    'sum by (pod) (x)',
    'sum(x) by (pod)',
    'sum without () (x)',
    'sum without (pod) (x)',
    'sum(x) or up',
    'absent(up{job="a"}) or absent(up{job="b"})',
    'absent(up{job="a"}) or vector(0)',
    'histogram_quantile(0.9, sum by (le, pod) (rate(x_bucket[5m])))',
    'histogram_quantile(0.9, rate(x_bucket[5m]))',
    'max_over_time(x[1h:1m])',
    'label_replace(x, "a", "b", "", "")',
    'label_replace(sum(x), "a", "b", "", "") or sum(x)',
    'topk(3, x)',
    'topk by (pod) (1, x)',
    'count_values("v", x)',
    'x * on () group_left sum(y)',
    'sum(x) * on () group_right y',
    'x > 5',
    'x + y',
    'sum(x) + fill(0) y',
    '2 * x',
    'x and sum(y)',
    'summary_count',
    'limit_ratio(1, x)',
    'x{pod="a"}',
    'sum by (namespace, pod) (x{namespace="llm"})',
    'sum by (namespace) (x{namespace=~"llm"})',
    'sum by (namespace) (x{namespace="a"} or x{namespace="b"})',
    'sum by (job) (label_replace(x{job="a"}, "job", "$1", "pod", "(.*)"))',
    'sum by (le) (x_bucket{namespace="llm"})',
    'sum by (a) (x{b="c"} * on (b) group_left (a) y{a="d"})',
  ])('is uncertain: %s', (query) => {
    expect(readingOf(query)).toMatchObject({ result: 'vector', single: false });
  });

  it.each(['1', 'time()', '-pi()', 'scalar(x)', '(scalar(x) / 2)', '1 > bool 2'])('is a number: %s', (query) => {
    expect(readingOf(query).result).toBe('scalar');
  });
});

describe('a query that is a comparison', () => {
  it.each(['sum(a) > 5', '(sum(a) / sum(b) <= 0.5)', 'sum(a) != 0'])(
    'has no element while it is false: %s',
    (query) => {
      expect(readingOf(query).filters).toBe(true);
    },
  );

  it.each(['sum(a)', 'sum(a) > bool 5', 'sum(a) > 5 or vector(0)', 'sum(a) and sum(b) > 5', 'sum(a > 5)'])(
    'is not one as a whole: %s',
    (query) => {
      expect(readingOf(query).filters).toBe(false);
    },
  );
});

describe('a result without traffic', () => {
  it.each([
    'sum(a) / sum(b)',
    'sum(a) % sum(b)',
    'a / 0',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
    'histogram_avg(sum(x))',
    'sum(a / b)',
    '1 - sum(a) / sum(b)',
    '(sum(a) or vector(0)) / (sum(b) or vector(0))',
    'sum(a) / (sum(b) >= 0)',
    'sum(a) / (sum(b) > -1)',
    'sum(a) / (sum(b) < 5)',
    'sum(a) / (sum(b) > bool 0)',
    'sum(a) / clamp_min(sum(b), 0)',
    'sum(a) / (sum(b) > 0 or vector(0))',
    'sum(a) / (-sum(b > 0))',
    '(sum(a) / sum(b)) / count(c)',
    'sum(a) / sum(b) or vector(0)',
    'sum(a) / sum(b) != 0',
    'sum(a) / sum(b) and on () c',
  ])('may be NaN: %s', (query) => {
    expect(readingOf(query).mayBeNan).toBe(true);
  });

  it.each([
    'sum(a)',
    'sum(a) / 60',
    'sum(a) / (5)',
    'sum(rate(a[5m])) / 5m',
    'sum(a) / (sum(b) > 0) or vector(0)',
    'sum(a) / (sum(b) != 0)',
    'sum(a) / (sum(b) >= 1)',
    'sum(a) / sum(b > 0)',
    'sum(a) / clamp_min(sum(b), 1)',
    'sum(a) / (sum(b) > 0 or vector(1))',
    'sum(a) / count(up{job="b"} == 1)',
    'sum(a) / (2 * count(b))',
    'sum(a) / sum(b) >= 0 or vector(0)',
    'sum(a) / sum(b) > bool 0.5',
    'count(a / b)',
    'sum(a{path="/v1/chat"})',
    'sum(a) unless a / b',
    'vector(1)',
  ])('is never NaN: %s', (query) => {
    expect(readingOf(query).mayBeNan).toBe(false);
  });

  it.each<[query: string, required: string[]]>([
    ['sum(a)', ['a']],
    ['sum({__name__="a"}) + sum({"b"})', ['a', 'b']],
    ['sum(a) or vector(0)', []],
    ['sum(a) or sum(a{b="c"})', ['a']],
    ['sum(a) or sum(b)', []],
    ['a and b', ['a', 'b']],
    ['a unless b', ['a']],
    ['a + fill(0) b', []],
    ['absent(a)', []],
    ['vector(scalar(a))', []],
    ['max_over_time(sum(rate(a_total[5m]))[1h:1m])', ['a_total']],
    ['quantile(scalar(a), b)', ['b']],
    ['{job="x"}', []],
  ])('%s needs %j', (query, required) => {
    expect(readingOf(query).required).toEqual(required);
  });
});

describe('the use of series', () => {
  const used = (query: string) => readingOf(query).uses;
  const VALUE = { grouped: [], isBucket: false, isValue: true };

  it('has a metric and the matchers of labels', () => {
    expect(used('sum({"h.i","j.k"!="l",a=~"b|c"})')).toEqual([
      {
        metric: 'h.i',
        matchers: [
          { label: 'j.k', operator: '!=', value: 'l' },
          { label: 'a', operator: '=~', value: 'b|c' },
        ],
        ...VALUE,
      },
    ]);
  });

  it('has no metric if a query selects by other labels', () => {
    expect(used('sum({__name__=~"a|b",c="d"})')).toEqual([
      {
        matchers: [
          { label: '__name__', operator: '=~', value: 'a|b' },
          { label: 'c', operator: '=', value: 'd' },
        ],
        ...VALUE,
      },
    ]);
  });

  it.each<[use: string, query: string, expected: Partial<SeriesUse>]>([
    ['the function over a range', 'sum(rate(a[1h30m] offset 5m))', { over: 'rate', seconds: 5400 }],
    ['a range in seconds', 'increase(a[300])', { over: 'increase', seconds: 300 }],
    ['no length that is an expression', 'rate(a[5m * 2])', { over: 'rate', seconds: undefined }],
    ['no function around a subquery', 'rate(sum(a)[5m:])', { over: undefined }],
    ['no function of a last value', 'abs(a)', { over: undefined }],
    ['the labels of groups', 'sum by (b) (a * on (c) d)', { grouped: ['b', 'c'] }],
    ['no labels that a function makes', 'sum by (b) (label_replace(a, "b", "$1", "c", "(.*)"))', { grouped: [] }],
    ['a percentile', 'histogram_quantile(0.9, sum by (le) (rate(a[5m])))', { isBucket: true, grouped: ['le'] }],
    ['a value', 'sum(a) * 2 > 1', { isValue: true }],
    ['what is only counted', 'count(a)', { isValue: false }],
    ['a part of a ratio', 'sum(a) / 2', { isValue: false }],
    ['a part of a difference', 'sum(a) - sum(b)', { isValue: false }],
  ])('is known: %s', (_use, query, expected) => {
    const [use] = used(query);
    expect({ ...use }).toEqual({ ...use, ...expected });
  });

  it.each([
    ['a{b}', 'x{a="a{b}"}'],
    ['a"b', 'x{a="a\\"b"}'],
    ['a\\d', 'x{a=`a\\d`}'],
    ['A-A-A-\n', "x{a='\\x41-\\101-\\u0041-\\n'}"],
  ])('have the value %j', (value, query) => {
    expect(used(query)[0]?.matchers[0]?.value).toBe(value);
  });
});

describe('operators', () => {
  // The grammar groups them in another way when offset, @ or a range is behind one.
  it.each([
    ['sum(a) + b offset 5m * c', 'sum(a) + ((b offset 5m) * c)'],
    ['sum(a) or b offset 5m and c', 'sum(a) or ((b offset 5m) and c)'],
    ['sum(a) / on () b @ 1 or vector(0)', '(sum(a) / on () (b @ 1)) or vector(0)'],
    ['-a ^ b offset 5m', '-(a ^ (b offset 5m))'],
    ['sum(a) - max_over_time(b[5m:1m]) * 2', 'sum(a) - (max_over_time(b[5m:1m]) * 2)'],
    ['sum(a) unless b offset 5m or sum(c)', '(sum(a) unless (b offset 5m)) or sum(c)'],
  ])('of %s are grouped as in Prometheus', (query, grouped) => {
    const without = ({ uses, ...reading }: QueryReading) => ({
      ...reading,
      metrics: uses.map(({ metric }) => metric),
    });
    expect(without(readingOf(query))).toEqual(without(readingOf(grouped)));
  });

  it('apply a modifier to the last operand only', () => {
    expect(problemsIn('sum(a) + b offset 5m')).toEqual([]);
    expect(problemsIn('b + sum(a) offset 5m').join()).toContain('has offset behind "sum(a)", which is no selector');
  });
});
