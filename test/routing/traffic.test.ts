import type { EnvoyGatewayTrafficOptions, ModelRoutesProps, VllmInferenceStack } from '../../lib';
import { Chart } from 'cdk8s';
import { GatewayImplementation, GatewayTraffic, ModelGateway, ModelRoutes, RouteTarget } from '../../lib';
import { membersWith, poolOf } from '../support/pool';
import { existing, linesOf, refusal, RoutedApp } from '../support/routing';

const WATCHED = { monitoringLabels: {} };
const PUBLIC = 'gateway_envoyproxy_io_owning_gateway_name';
const QUIET = { 'route-tier-header': 'test' };

/** A stack `a` that counts these requests, and a stack `b` that counts none. */
function stacks(app: RoutedApp, traffic: GatewayTraffic | undefined): [VllmInferenceStack, VllmInferenceStack] {
  return [app.stack('a', { gatewayTraffic: traffic, ...WATCHED }), app.stack('b')];
}
const envoy = (options: Partial<EnvoyGatewayTrafficOptions> = {}): GatewayTraffic =>
  GatewayTraffic.envoyGateway({ route: 'llm', ...options });

/** What is reported about `a` as the gold tier, rule 0 and 2 of the route, and `b` for the others. */
function linesWith(traffic: GatewayTraffic, props: Partial<ModelRoutesProps> = {}): string[] {
  const app = new RoutedApp();
  const [a, b] = stacks(app, traffic).map((stack) => RouteTarget.stack(stack));
  if (a === undefined || b === undefined) throw new Error('no stacks');
  const routes = [
    { tier: 'gold', to: [a] },
    { tier: 'silver', to: [b] },
    { headers: { 'x-team': 'red' }, to: [a] },
    { to: [b] },
  ];
  return linesOf(app.routes({ routes, acknowledge: QUIET, ...props })).filter((line) =>
    line.startsWith('gateway-traffic'),
  );
}
const refused = (traffic: GatewayTraffic, props: Partial<ModelRoutesProps> = {}): string =>
  refusal(() => linesWith(traffic, props));

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe('the requests that a stack counts at Envoy Gateway', () => {
  it('are accepted if the rules are those that lead to it', () => {
    expect(linesWith(envoy({ rules: [0, 2] }))).toEqual([]);
    expect(linesWith(envoy({ rules: [2, 0], namespace: 'llm' }))).toEqual([]);
  });

  it.each<[what: string, options: Partial<EnvoyGatewayTrafficOptions>, problem: string]>([
    [
      'a wrong rule',
      { rules: [0, 1] },
      'misses rule 2 of the HTTPRoute "llm", and counts rule 1 of the HTTPRoute "llm", where no request is for it',
    ],
    ['a missing rule', { rules: [0] }, 'misses rule 2 of the HTTPRoute "llm";'],
    ['all rules', {}, 'counts rules 1, 3 of the HTTPRoute "llm", where no request is for it;'],
    [
      'a rule that does not exist',
      { rules: [0, 2, 4] },
      'counts rule 4 of the HTTPRoute "llm", where no request is for it;',
    ],
    ['another name', { route: 'chat', rules: [0, 2] }, 'misses rules 0, 2 of the HTTPRoute "llm";'],
    ['another namespace', { namespace: 'edge', rules: [0, 2] }, 'misses rules 0, 2 of the HTTPRoute "llm";'],
  ])('refuses %s, with the right values', (_, options, problem) => {
    const message = refused(envoy(options));
    expect(message).toContain(
      `routes[0].to[0]: sends requests to VllmInferenceStack "test/a", whose gatewayTraffic ${problem}`,
    );
    expect(message).toContain(
      "; set gatewayTraffic of the stack to GatewayTraffic.envoyGateway({ route: 'llm', rules: [0, 2] })",
    );
  });

  it('are those of several HTTPRoutes, one for each prefix', () => {
    const app = new RoutedApp();
    const a = RouteTarget.stack(stacks(app, envoy({ route: 'llm-red-fa9' }))[0]);
    const routes = [{ to: [a] }, { pathPrefix: '/red', to: [a] }];
    const message = refusal(() => app.routes({ routes }));
    const fix =
      /set gatewayTraffic of the stack to GatewayTraffic\.envoyGateway\(\{ route: 'llm', otherRoutes: \[\{ route: '([^']+)' \}\] \}\)/;
    const [, other = ''] = fix.exec(message) ?? [];
    expect(other).toMatch(/^llm-/);

    const again = new RoutedApp();
    const both = RouteTarget.stack(stacks(again, envoy({ otherRoutes: [{ route: other }] }))[0]);
    expect(() => again.routes({ routes: [{ to: [both] }, { pathPrefix: '/red', to: [both] }] })).not.toThrow();
  });

  it('are named with the namespace of the routes if the stack is in another one', () => {
    expect(refused(envoy({ rules: [0, 2] }), { namespace: 'edge' })).toContain(
      "GatewayTraffic.envoyGateway({ route: 'llm', rules: [0, 2], namespace: 'edge' })",
    );
    expect(linesWith(envoy({ rules: [0, 2], namespace: 'edge' }), { namespace: 'edge' })).toEqual([]);
  });

  it('may be those of another Gateway', () => {
    expect(linesWith(envoy({ route: 'chat', proxies: { [PUBLIC]: 'internal' } }))).toEqual([]);
    const elsewhere = { gateway_envoyproxy_io_owning_gateway_namespace: 'edge' };
    expect(linesWith(envoy({ route: 'chat', proxies: elsewhere }))).toEqual([]);
    const same = { [PUBLIC]: 'public', gateway_envoyproxy_io_owning_gateway_namespace: 'gateways' };
    expect(refused(envoy({ route: 'chat', proxies: same }))).toContain('gateway-traffic-differs');
  });

  it('are not compared with routes of another implementation', () => {
    expect(linesWith(envoy({ route: 'chat' }), { gateway: existing(GatewayImplementation.istio()) })).toEqual([]);
  });

  it('refuses exclusive beside other targets', () => {
    expect(refused(envoy({ rules: [0, 2], exclusive: true }))).toContain(
      'whose gatewayTraffic is exclusive, and the Gateway has routes to other targets too; remove exclusive',
    );
    const app = new RoutedApp();
    const [a] = stacks(app, envoy({ exclusive: true }));
    expect(() => app.routes({ routes: [{ to: [RouteTarget.stack(a)] }] })).not.toThrow();
  });
});

describe('a rule with weights', () => {
  function weighted(traffic: GatewayTraffic, ...shares: [number, number]): string[] {
    const app = new RoutedApp();
    const [a, b] = stacks(app, traffic);
    const to = [RouteTarget.stack(a, shares[0]), RouteTarget.stack(b, shares[1])];
    return linesOf(app.routes({ routes: [{ to }] })).filter((line) => line.startsWith('gateway-traffic'));
  }

  it('warns about requests of the other target, which are counted together', () => {
    expect(weighted(envoy(), 90, 10)).toEqual([
      'gateway-traffic-shared routes[0].to[0]: sends requests to VllmInferenceStack "test/a", whose gatewayTraffic counts rule 0 of the HTTPRoute "llm": Envoy Gateway counts the targets of a rule together, so requests and failures of the others count for this stack too; give the stack a rule of its own, or acknowledge this if its targets are watched together',
    ]);
    expect(weighted(envoy(), 0, 10)).toHaveLength(1);
  });

  it('need not be counted while the weight of the stack is 0', () => {
    expect(weighted(envoy({ route: 'chat' }), 0, 10)).toEqual([]);
  });

  it('is reported once for a stack that is the target of several routes', () => {
    const app = new RoutedApp();
    const [a, b] = stacks(app, envoy());
    const to = [RouteTarget.stack(a, 1), RouteTarget.stack(b, 1)];
    const routes = [{ tier: 'gold', to }, { to }];
    const lines = linesOf(app.routes({ routes, acknowledge: QUIET }));
    expect(lines.filter((line) => line.startsWith('gateway-traffic'))).toHaveLength(1);
  });

  it('is the only one of the stack as long as the other weight is 0', () => {
    expect(weighted(envoy(), 100, 0)).toEqual([]);
  });

  it('refuses a wrong name if the stack has no other rule', () => {
    expect(refusal(() => weighted(envoy({ route: 'chat' }), 90, 10))).toContain("({ route: 'llm' })");
  });

  it('need not be counted if the stack has a rule of its own', () => {
    const app = new RoutedApp();
    const [a, b] = stacks(app, envoy({ rules: [0] }));
    const shared = { to: [RouteTarget.stack(a, 1), RouteTarget.stack(b, 1)] };
    const own = { tier: 'gold', to: [RouteTarget.stack(a)] };
    expect(linesOf(app.routes({ routes: [own, shared], acknowledge: QUIET }))).not.toContainEqual(
      expect.stringContaining('gateway-traffic'),
    );
  });
});

it('refuses a name that is not that of the own route of the stack', () => {
  const app = new RoutedApp();
  const routes = { gateway: existing(), hostnames: ['llm.example.com'] };
  expect(refusal(() => app.stack('a', { routes, gatewayTraffic: envoy(), ...WATCHED }))).toContain(
    `routes: sends requests to VllmInferenceStack "test/a", whose gatewayTraffic misses rule 0 of the HTTPRoute "a-route"; set gatewayTraffic of the stack to GatewayTraffic.envoyGateway({ route: 'a-route' })`,
  );
});

it('refuses routes beside those of the stack, which alone are counted', () => {
  const app = new RoutedApp();
  const gateway = ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.envoyGateway() });
  const stack = app.stack('a', { routes: { gateway, hostnames: ['a.example.com'] }, ...WATCHED });
  expect(refusal(() => app.routes({ gateway, routes: [{ to: [RouteTarget.stack(stack)] }] }))).toContain(
    'misses rule 0 of the HTTPRoute "llm"',
  );
});

it('routes beside those of a stack that is not watched are accepted', () => {
  const app = new RoutedApp();
  const stack = app.stack('a', { routes: { gateway: existing(), hostnames: ['a.example.com'] } });
  expect(() => app.routes({ routes: [{ to: [RouteTarget.stack(stack)] }] })).not.toThrow();
});

describe('the requests that a stack counts at Istio', () => {
  const istio = { gatewayTraffic: GatewayTraffic.istio(), ...WATCHED };
  const gateway = existing(GatewayImplementation.istio());
  const reported = ({ findings }: ModelRoutes): string[] =>
    findings.filter(({ id }) => id.startsWith('gateway-traffic')).map(({ problem }) => problem);

  it('warns about an InferencePool, which is another Service', () => {
    const members = membersWith(istio, {});
    const [first] = members as [VllmInferenceStack];
    const routes = [{ to: [RouteTarget.pool(poolOf(members))] }];
    const props = { name: 'llm', gateway, hostnames: ['llm.example.com'], routes };
    expect(reported(new ModelRoutes(Chart.of(first), 'Routes', props))).toEqual([
      'is InferencePool "test/Pool", and Istio counts its requests for another Service than that of VllmInferenceStack "test/short": gatewayTraffic misses them',
    ]);
  });

  it('are accepted if the target is the stack', () => {
    const app = new RoutedApp();
    expect(reported(app.routes({ gateway, routes: [{ to: [app.to('a', istio)] }] }))).toEqual([]);
  });
});
