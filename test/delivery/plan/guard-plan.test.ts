import { Duration } from 'cdk8s';
import { GatewayTraffic, Guard, Objective } from '../../../lib';
import type { GuardPlan } from '../../../lib/delivery/plan/guard-plan';
import { placeholdersOf, versionsOf } from '../../../lib/delivery/plan/guard-plan';
import type { Props } from '../../support/rollout';
import { rolloutOf, withBlueGreen, withCanary } from '../../support/rollout';

const SECOND = Duration.seconds(1);

const guardsOf = (objectives: Objective[], props: Props = {}): readonly GuardPlan[] =>
  rolloutOf(withCanary({}, { objectives, ...props })).guards;

const guarded = (query: string): GuardPlan => ({
  name: 'a',
  query,
  limit: 1,
  side: 'maximum',
  subject: 'a',
  minRequests: undefined,
});

describe('the guards of a stack', () => {
  test.each<[what: string, objective: Objective, name: string, limit: number, minRequests: number]>([
    ['errors', Objective.errorRate({ below: 0.01 }), 'error-rate', 0.01, 300],
    ['few errors', Objective.errorRate({ below: 0.005 }), 'error-rate', 0.005, 600],
    ['very few errors', Objective.errorRate({ below: 0.001 }), 'error-rate', 0.001, 3000],
    ['many errors', Objective.errorRate({ below: 0.3 }), 'error-rate', 0.3, 10],
    ['errors at the gateway', Objective.errorRate({ below: 0.01, atGateway: true }), 'gateway-error-rate', 0.01, 300],
    [
      'first tokens',
      Objective.timeToFirstToken({ percentile: 95, within: SECOND }),
      'time-to-first-token-p95',
      0.05,
      200,
    ],
    ['tokens', Objective.interTokenLatency({ percentile: 99, within: SECOND }), 'inter-token-latency-p99', 0.01, 1000],
    ['whole answers', Objective.endToEnd({ percentile: 90, within: SECOND }), 'end-to-end-p90', 0.1, 100],
    ['the median', Objective.endToEnd({ percentile: 50, within: SECOND }), 'end-to-end-p50', 0.5, 50],
  ])(
    'allow for %s what the objective allows, and need enough requests',
    (_what, objective, name, limit, minRequests) => {
      const props = name.startsWith('gateway') ? { gatewayTraffic: GatewayTraffic.istio() } : {};
      expect(guardsOf([objective], props)).toEqual([
        expect.objectContaining({ name, limit, side: 'maximum', subject: 'objectives[0]', minRequests }),
      ]);
    },
  );

  it('do not have availability, which is not up to a version alone', () => {
    expect(guardsOf([Objective.availability({ atLeast: 0.99 })])).toEqual([]);
  });

  it('need the requests that are set instead', () => {
    const { guards } = rolloutOf(withCanary({ analysis: { minRequests: 77 } }));
    expect(guards.map(({ minRequests, query }) => [minRequests, query.includes('>= 77 ')])).toEqual([[77, true]]);
  });

  it('select the new version only, in each of their series', () => {
    const guards = guardsOf([
      Objective.errorRate({ below: 0.01 }),
      Objective.timeToFirstToken({ percentile: 95, within: SECOND }),
    ]);
    for (const { query } of guards) {
      const selectors = query.match(/\{[a-z][^{}]*(\{\{args\.\w+\}\})?[^{}]*\}/g) ?? [];
      expect(selectors.length).toBeGreaterThan(2);
      const others = selectors.filter((each) => !each.includes('rollouts_pod_template_hash="{{args.canary}}"'));
      expect(others).toEqual([]);
    }
  });

  it('count over the window', () => {
    const { guards } = rolloutOf(withCanary({ analysis: { window: Duration.minutes(10) } }));
    expect(new Set(guards.flatMap(({ query }) => query.match(/\[\w+\]/g)))).toEqual(new Set(['[10m]']));
    expect(guards[0]?.query).toContain('(600 * ');
  });

  it('compare each latency with the old version, and only latencies', () => {
    const objectives = [
      Objective.errorRate({ below: 0.01 }),
      Objective.timeToFirstToken({ percentile: 95, within: SECOND }),
    ];
    const { guards } = rolloutOf(withCanary({ compareWithStable: { maxLatencyRatio: 1.3 } }, { objectives }));
    expect(guards.map(({ name, limit }) => [name, limit])).toEqual([
      ['error-rate', 0.01],
      ['time-to-first-token-p95', 0.05],
      ['time-to-first-token-p95-vs-stable', 1.3],
    ]);
    expect(guards[2]?.query).toContain('rollouts_pod_template_hash="{{args.stable}}"');
  });

  it('are those of the user last, as they are set', () => {
    const query = 'sum(a{rollouts_pod_template_hash="{{args.canary}}"})';
    const hits = Guard.custom({ name: 'hits', query, minimum: 0.5 });
    expect(rolloutOf(withCanary({ guards: [hits] })).guards.at(-1)).toEqual({
      name: 'hits',
      query,
      limit: 0.5,
      side: 'minimum',
      subject: 'delivery.guards[0]',
      minRequests: undefined,
    });
  });

  it('are the same for blue-green', () => {
    expect(rolloutOf(withBlueGreen()).guards).toEqual(rolloutOf(withCanary()).guards);
  });
});

describe('the versions that queries name', () => {
  test.each<[queries: string[], versions: string[]]>([
    [[], ['canary']],
    [['sum(a)'], ['canary']],
    [['a{b="{{args.canary}}"}'], ['canary']],
    [['a{b="{{args.stable}}"}'], ['canary', 'stable']],
    [
      ['sum(a)', 'a{b="{{ args.stable }}"}'],
      ['canary', 'stable'],
    ],
  ])('of %j are %j', (queries, versions) => {
    expect(versionsOf(queries.map(guarded))).toEqual(versions);
  });

  test.each<[query: string, names: (string | undefined)[]]>([
    ['sum(a)', []],
    ['a{b="{{args.canary}}", c="{{ args.stable }}"}', ['args.canary', 'args.stable']],
    ['a{b="{{args.canary"}', [undefined]],
    ['a{b="{{args.canary", c="{{args.stable"}', [undefined]],
    ['a{b="{{}}"}', ['']],
    ['a{b="{{x{y}}"}', ['x{y']],
  ])('in %j are %j', (query, names) => {
    expect(placeholdersOf(query)).toEqual(names);
  });

  // Quadratic time would be minutes.
  it('are found in a long query without end', () => {
    expect(placeholdersOf('{{'.repeat(500_000))).toEqual([undefined]);
  });
});

describe('the faults of a version', () => {
  const faultsOf = (props: Props) => rolloutOf(props).faults;

  test.each<[below: number, limit: number]>([
    [0.001, 0.2],
    [0.1, 0.2],
    [0.2, 0.4],
    [0.49, 0.9],
  ])('are failed requests above the objective of %d by far: %d', (below, limit) => {
    const [failed] = faultsOf(withCanary({}, { objectives: [Objective.errorRate({ below })] }));
    expect(failed).toMatchObject({ name: 'failed-requests', limit });
  });

  it('are failed requests also without an objective for errors', () => {
    const objectives = [Objective.endToEnd({ percentile: 90, within: SECOND })];
    expect(faultsOf(withCanary({}, { objectives }))[0]).toMatchObject({ name: 'failed-requests', limit: 0.2 });
  });

  it('are restarts of containers of the new version', () => {
    const restarts = faultsOf(withCanary()).find(({ name }) => name === 'restarts');
    expect(restarts).toMatchObject({ limit: 0 });
    expect(restarts?.query).toContain('pod=~"vllm-{{args.canary}}-[a-z0-9]{5}"');
  });

  test.each([
    [46, ['failed-requests', 'restarts']],
    [47, ['failed-requests']],
    [56, ['failed-requests']],
  ])('for a name of %i characters are %j: longer names of pods have no hash', (length, names) => {
    expect(faultsOf(withCanary({}, { name: 'a'.repeat(length) })).map(({ name }) => name)).toEqual(names);
  });

  it('have a value without data', () => {
    expect(faultsOf(withCanary()).map(({ query }) => query.endsWith(' or vector(0)'))).toEqual([true, true]);
  });
});
