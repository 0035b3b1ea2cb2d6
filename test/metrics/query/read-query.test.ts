import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readQuery } from '../../../lib/metrics/query/read-query';
import type { QueryReading } from '../../../lib/metrics/query/reading';
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

describe('the queries in this repository', () => {
  const RUNBOOKS = join(__dirname, '../../../docs/runbooks');

  it('in runbooks are all accepted', () => {
    const pages = readdirSync(RUNBOOKS).map((file) => readFileSync(join(RUNBOOKS, file), 'utf8'));
    const blocks = pages.flatMap((page) =>
      [...page.matchAll(/```promql\n([^]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n\n')),
    );
    expect(blocks.length).toBeGreaterThan(40);
    expect(blocks.flatMap(problemsIn)).toEqual([]);
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

describe('the selectors of a query', () => {
  it('have a metric and the matchers of labels', () => {
    expect(readingOf('sum(rate(a{b="c",d=~"e|f"}[5m])) / sum(g) or {"h.i","j.k"!="l"}').selectors).toEqual([
      {
        metric: 'a',
        matchers: [
          { label: 'b', operator: '=', value: 'c' },
          { label: 'd', operator: '=~', value: 'e|f' },
        ],
      },
      { metric: 'g', matchers: [] },
      { metric: 'h.i', matchers: [{ label: 'j.k', operator: '!=', value: 'l' }] },
    ]);
  });

  it('have no metric if a query selects by other labels', () => {
    expect(readingOf('sum({__name__=~"a|b",c="d"})').selectors).toEqual([
      {
        matchers: [
          { label: '__name__', operator: '=~', value: 'a|b' },
          { label: 'c', operator: '=', value: 'd' },
        ],
      },
    ]);
  });

  it.each([
    ['{{args.canary}}', 'x{a="{{args.canary}}"}'],
    ['a"b', 'x{a="a\\"b"}'],
    ['a\\d', 'x{a=`a\\d`}'],
    ['A-A-A-\n', "x{a='\\x41-\\101-\\u0041-\\n'}"],
  ])('have the value %j', (value, query) => {
    expect(readingOf(query).selectors[0]?.matchers[0]?.value).toBe(value);
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
    const without = ({ selectors, ...reading }: QueryReading) => ({
      ...reading,
      metrics: selectors.map((s) => s.metric),
    });
    expect(without(readingOf(query))).toEqual(without(readingOf(grouped)));
  });

  it('apply a modifier to the last operand only', () => {
    expect(problemsIn('sum(a) + b offset 5m')).toEqual([]);
    expect(problemsIn('b + sum(a) offset 5m').join()).toContain('has offset behind "sum(a)", which is no selector');
  });
});
