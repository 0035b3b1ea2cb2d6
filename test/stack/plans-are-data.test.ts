import { join } from 'node:path';
import type { App } from 'cdk8s';
import { Duration } from 'cdk8s';
import { build as main } from '../../main';
import {
  AlertSeverity,
  CanaryRouter,
  Delivery,
  ExtraVolume,
  GatewayImplementation,
  Guard,
  Mesh,
  Migration,
  ModelGateway,
  Objective,
  PrometheusAuthentication,
  PrometheusServer,
  Scaling,
  SecretKey,
  SmokeTest,
} from '../../lib';
import { stackFindings } from '../../lib/stack/stack-findings';
import * as parts from '../../lib/stack/stack-parts';
import { EXAMPLE_NAMES, EXAMPLES_FOLDER } from '../support/examples';
import { stackWith } from '../support/stack';

jest.mock('../../lib/stack/stack-parts', () => {
  const actual = jest.requireActual<typeof parts>('../../lib/stack/stack-parts');
  return { ...actual, planParts: jest.fn(actual.planParts) };
});

const planParts = jest.mocked(parts.planParts);

const token = () => SecretKey.of('prometheus', 'token');

/** The plans of all stacks that a call creates. */
async function plansOf(make: () => unknown): Promise<parts.StackParts[]> {
  planParts.mockClear();
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await make();
  write.mockRestore();
  return planParts.mock.results.map(({ value }) => value as parts.StackParts);
}

/** Paths of values that JSON does not have: class instances, functions, numbers that are not finite. */
function notData(value: unknown, path = 'plan'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (value === null || ['undefined', 'string', 'boolean'].includes(typeof value)) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => notData(each, `${path}[${index}]`));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return [path];
  return Object.entries(value).flatMap(([key, each]) => notData(each, `${path}.${key}`));
}

function expectData(plans: readonly parts.StackParts[]): void {
  expect(plans.flatMap((plan) => notData(plan))).toEqual([]);
  const copies = JSON.parse(JSON.stringify(plans)) as parts.StackParts[];
  expect(copies).toEqual(plans);
  // Findings need nothing but the plan.
  expect(copies.map(stackFindings)).toEqual(plans.map(stackFindings));
}

describe('the plan of a stack is data', () => {
  test.each(EXAMPLE_NAMES)('in example %s', async (name) => {
    const { build } = (await import(join(EXAMPLES_FOLDER, name, 'main'))) as { build: () => App };
    expectData(await plansOf(build));
  });

  test('in the first program', async () => {
    const plans = await plansOf(main);
    expect(plans).not.toEqual([]);
    expectData(plans);
  });

  test('with a reference to a Secret, a volume and a changed alert', async () => {
    const make = () =>
      stackWith({
        apiKey: token(),
        extraVolumes: [ExtraVolume.empty('scratch', '/scratch')],
        alerts: { tune: { VllmOomKilled: { pending: Duration.minutes(1), severity: AlertSeverity.CRITICAL } } },
        scaling: Scaling.keda({
          maxReplicas: 4,
          prometheus: PrometheusServer.at('http://thanos.monitoring:9090', {
            authentication: PrometheusAuthentication.bearer(token()),
          }),
        }),
      });
    const plans = await plansOf(make);
    expect(plans).toHaveLength(1);
    expectData(plans);
  });

  test('with a route of its own and a test of it', async () => {
    const gateway = ModelGateway.managed({
      name: 'own',
      implementation: GatewayImplementation.gke(),
      className: 'gke',
    });
    const routes = { gateway, hostnames: ['a.example.com'], tier: 'gold', smokeTest: SmokeTest.job() };
    const plans = await plansOf(() => stackWith({ routes }));
    expect(plans).toHaveLength(1);
    expectData(plans);
  });

  test.each([Mesh.istioSidecar(), Mesh.istioSidecar({ native: false }), Mesh.istioAmbient()])(
    'in a mesh, case %#',
    async (mesh) => {
      const plans = await plansOf(() => stackWith({ mesh }));
      expect(plans).toHaveLength(1);
      expectData(plans);
    },
  );

  test.each<[what: string, delivery: Delivery]>([
    [
      'a canary with everything',
      Delivery.canary({
        router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }),
        weights: [10, 50],
        compareWithStable: { maxLatencyRatio: 1.2 },
        analysis: { window: Duration.minutes(10), requestRate: 20 },
        guards: [Guard.custom({ name: 'hits', query: 'sum(a{b="{{args.canary}}"})', minimum: 0.5 })],
        prometheus: PrometheusServer.at('http://thanos.monitoring:9090', {
          authentication: PrometheusAuthentication.bearer(token()),
        }),
        gpuBudget: 100,
        notifications: [{ service: 'slack', recipients: ['ml'] }],
        migration: Migration.FROM_DEPLOYMENT,
      }),
    ],
    ['a canary by Istio', Delivery.canary({ router: CanaryRouter.istio() })],
    ['a canary by a VirtualService', Delivery.canary({ router: CanaryRouter.virtualService({ virtualService: 'a' }) })],
    ['a canary by ingress-nginx', Delivery.canary({ router: CanaryRouter.nginx({ ingresses: ['a'] }) })],
    ['a canary without a router', Delivery.canary({ router: CanaryRouter.none(), weights: [50] })],
    ['blue-green', Delivery.blueGreen({ manualPromotion: true, previewReplicas: 1 })],
  ])('with %s', async (_what, delivery) => {
    const objectives = [
      Objective.errorRate({ below: 0.01 }),
      Objective.endToEnd({ percentile: 95, within: Duration.seconds(30) }),
    ];
    const scaling = Scaling.keda({ maxReplicas: 4 });
    const plans = await plansOf(() => stackWith({ delivery, objectives, scaling }));
    expect(plans.map(({ rollout }) => rollout?.strategy)).toEqual([
      delivery.strategy === 'Canary' ? 'canary' : 'blueGreen',
    ]);
    expectData(plans);
  });

  test('and the check finds other values', () => {
    expect(notData({ a: [1, { b: token() }], c: Infinity, d: () => 1 })).toEqual(['plan.a[1].b', 'plan.c', 'plan.d']);
  });
});
