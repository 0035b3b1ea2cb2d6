import { Duration } from 'cdk8s';
import { Guard, Objective } from '../../../lib';
import type { Phase } from '../../support/argo/condition';
import { ConditionError, holds, literal, phaseOf } from '../../support/argo/condition';
import { metricsOf, withBlueGreen, withCanary } from '../../support/rollout';

/** Every kind of guard, and both sides of a limit. */
const STACK = withCanary(
  {
    compareWithStable: { maxLatencyRatio: 1.5 },
    guards: [
      Guard.custom({ name: 'queue', query: 'sum(a{rollouts_pod_template_hash="{{args.canary}}"})', maximum: 3 }),
      Guard.custom({ name: 'hits', query: 'sum(b{rollouts_pod_template_hash="{{args.canary}}"})', minimum: 0.25 }),
    ],
  },
  {
    objectives: [
      Objective.errorRate({ below: 0.01 }),
      Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(500) }),
      Objective.interTokenLatency({ percentile: 99, within: Duration.millis(50) }),
      Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) }),
    ],
  },
);

const CONDITIONS: [name: string, limit: number, side: 'maximum' | 'minimum', metric: Record<string, string>][] = [
  ...Object.entries(metricsOf(STACK)),
  ...Object.entries(metricsOf(STACK, 'vllm-faults')),
  ...Object.entries(metricsOf(withBlueGreen())),
].map(([name, metric]) => {
  const [, operator, limit] = /(<=|>=) (\S+)$/.exec(metric.successCondition) ?? [];
  return [name, Number(limit), operator === '>=' ? 'minimum' : 'maximum', metric];
});

/** What each answer of Prometheus means; at the limit a guard passes. */
const answers = (limit: number): [what: string, result: number[], maximum: Phase, minimum: Phase][] => [
  ['a value below the limit', [limit - 0.001], 'Successful', 'Failed'],
  ['the limit', [limit], 'Successful', 'Successful'],
  ['a value above the limit', [limit + 0.001], 'Failed', 'Successful'],
  ['NaN', [NaN], 'Inconclusive', 'Inconclusive'],
  ['+Inf', [Infinity], 'Inconclusive', 'Inconclusive'],
  ['-Inf', [-Infinity], 'Inconclusive', 'Inconclusive'],
  ['no element', [], 'Inconclusive', 'Inconclusive'],
  ['two elements that pass', [limit, limit], 'Inconclusive', 'Inconclusive'],
  ['two elements that fail', [limit + 1, limit + 1], 'Inconclusive', 'Inconclusive'],
  ['two elements, the first NaN', [NaN, limit], 'Inconclusive', 'Inconclusive'],
];

describe('the emitted conditions', () => {
  it('are those of every guard and fault', () => {
    expect(CONDITIONS.map(([name]) => name)).toEqual([
      'error-rate',
      'time-to-first-token-p95',
      'inter-token-latency-p99',
      'end-to-end-p90',
      'time-to-first-token-p95-vs-stable',
      'inter-token-latency-p99-vs-stable',
      'end-to-end-p90-vs-stable',
      'queue',
      'hits',
      'failed-requests',
      'restarts',
      'error-rate',
    ]);
  });

  it.each(CONDITIONS)('of %s have one meaning for each answer of Prometheus', (_name, limit, side, metric) => {
    const conditions = metric as { successCondition: string; failureCondition: string };
    const expected = answers(limit).map(([what, , maximum, minimum]) => [what, side === 'maximum' ? maximum : minimum]);
    const found = answers(limit).map(([what, result]) => [what, phaseOf(conditions, result)]);
    expect(found).toEqual(expected);
  });

  it.each(CONDITIONS)(
    'of %s never both hold',
    (_name, limit, _side, { successCondition = '', failureCondition = '' }) => {
      for (const [, result] of answers(limit)) {
        expect(holds(successCondition, result) && holds(failureCondition, result)).toBe(false);
      }
    },
  );
});

describe('a limit', () => {
  const conditionOf = (maximum: number): string =>
    metricsOf(
      withCanary({ guards: [Guard.custom({ name: 'x', query: 'sum(up{pod=~".*{{args.canary}}.*"})', maximum })] }),
    ).x.successCondition;

  it.each([
    [0, '0'],
    [-0, '0'],
    [5, '5'],
    [-5, '-5'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e-7, '1e-7'],
    [-1e-7, '-1e-7'],
    [5e-324, '5e-324'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [2 ** 53, '9.007199254740992e+15'],
    [1e19, '1e+19'],
    [-1e19, '-1e+19'],
    [1e21, '1e+21'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
  ])('of %d is %s, which Argo Rollouts reads as the same number', (limit, text) => {
    expect(conditionOf(limit).split(' ').at(-1)).toBe(text);
    expect(literal(text)).toBe(limit === 0 ? 0 : limit);
  });

  it.each([0, 5, -5, 1e-7, 1e19, -1e19])('of %d divides values in the same way as the number', (limit) => {
    const condition = conditionOf(limit);
    const step = Math.max(Number.EPSILON, Math.abs(limit) * 1e-9);
    expect([limit - step, limit, limit + step].map((value) => holds(condition, [value]))).toEqual([true, true, false]);
  });
});

describe('the evaluator of these tests', () => {
  it.each([
    'result[0] < 1 || true',
    'result <= 1',
    'len(result) > 0',
    'all(result, # <= 1)',
    'result[0] <= 10000000000000000000',
    'result[0] <= 1e400',
    'result[0] <= Infinity',
    'result[1] <= 1',
    '',
  ])('fails on %j, which the library never emits', (condition) => {
    expect(() => holds(condition, [1])).toThrow(ConditionError);
  });

  it('fails on the first element of an empty list, as Argo Rollouts does', () => {
    const both = { successCondition: 'result[0] <= 1', failureCondition: 'result[0] > 1' };
    expect([phaseOf(both, []), phaseOf(both, [NaN])]).toEqual(['Error', 'Inconclusive']);
  });
});
