import { Chart } from 'cdk8s';
import type { Finding, InferencePool } from '../../lib';
import { GatewayImplementation, ModelGateway, ModelRoutes, PromptLength, RouteTarget } from '../../lib';
import { membersWith, messageOf, poolOf } from '../support/pool';
import type { Manifest } from '../support/stack';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const SHUT_OUT = 'gateway-picker-shut-out';
const NETWORK = { network: { clientNamespaces: ['gateways'] } };

function routesTo(implementation: GatewayImplementation, ...to: RouteTarget[]): (pool: InferencePool) => ModelRoutes {
  return (pool) =>
    new ModelRoutes(Chart.of(pool), 'Routes', {
      name: 'chat',
      gateway: ModelGateway.existing({ name: 'public', namespace: 'gateways', implementation }),
      hostnames: ['llm.example.com'],
      routes: [{ to: to.length > 0 ? to : [RouteTarget.pool(pool)] }],
    });
}

const pool = (): InferencePool => poolOf(membersWith(NETWORK, NETWORK));

const backendsOf = ({ httpRoutes }: ModelRoutes): Manifest[] =>
  httpRoutes.flatMap((route) => (route.toJson() as Manifest).spec.rules.flatMap((rule: Manifest) => rule.backendRefs));

describe('a pool as the target of a route', () => {
  test('is a backend of its own kind, without a port: the pool has it', () => {
    const backends = backendsOf(routesTo(GatewayImplementation.istio())(pool()));
    expect(backends.length).toBeGreaterThan(0);
    for (const backend of backends) {
      expect(backend).toEqual({ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'chat', weight: 1 });
    }
  });

  test('shares requests with another target by weight', () => {
    const [short, long] = membersWith(NETWORK, { ...NETWORK, inferencePool: undefined });
    if (short === undefined || long === undefined) throw new Error('no stacks');
    const one = poolOf([short]);
    const targets = [RouteTarget.pool(one, 90), RouteTarget.stack(long, 10)];
    expect(backendsOf(routesTo(GatewayImplementation.istio(), ...targets)(one))[0]).toMatchObject({ weight: 90 });
  });

  /** Routes in the namespace of the chart to a pool in another one. */
  const elsewhere = (implementation: GatewayImplementation): Manifest[] => {
    const routes = routesTo(implementation)(poolOf(membersWith({ ...NETWORK, namespace: 'search' })));
    return Chart.of(routes).toJson() as Manifest[];
  };
  const ofKind = (manifests: readonly Manifest[], ...kinds: string[]): Manifest[] =>
    manifests.filter(({ kind }) => kinds.includes(kind as string));

  test('may be in another namespace, which lets the routes in', () => {
    const manifests = elsewhere(GatewayImplementation.istio());
    const [route] = ofKind(manifests, 'HTTPRoute');
    expect(route.spec.rules[0].backendRefs).toEqual([
      { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'chat', namespace: 'search', weight: 1 },
    ]);
    expect(ofKind(manifests, 'ReferenceGrant')).toMatchObject([
      {
        metadata: { namespace: 'search' },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'llm' }],
          to: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'chat' }],
        },
      },
    ]);
  });

  test("has GKE's policies, in its own namespace", () => {
    const policies = ofKind(elsewhere(GatewayImplementation.gke()), 'GCPBackendPolicy', 'HealthCheckPolicy');
    expect(policies.map(({ kind }) => kind as string)).toEqual(['GCPBackendPolicy', 'HealthCheckPolicy']);
    for (const { metadata, spec } of policies) {
      expect(metadata.namespace).toBe('search');
      expect(spec.targetRef).toEqual({
        group: 'inference.networking.k8s.io',
        kind: 'InferencePool',
        name: 'chat',
      });
    }
  });

  test("has NGINX's policies at its route", () => {
    const policies = ofKind(
      elsewhere(GatewayImplementation.nginxGatewayFabric()),
      'ProxySettingsPolicy',
      'ClientSettingsPolicy',
    );
    const targets = policies.flatMap(({ spec }) => (spec.targetRefs ?? [spec.targetRef]) as Manifest[]);
    expect(targets.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['HTTPRoute chat', 'HTTPRoute chat']);
  });

  test('is refused behind Envoy Gateway, which answers 500', () => {
    const message = messageOf(() => routesTo(GatewayImplementation.envoyGateway())(pool()));
    expect(message).toContain('sends requests to InferencePool "test/Pool", and Envoy Gateway does not support that');
  });

  test('warns about a member whose NetworkPolicy blocks the gateway', () => {
    const routes = routesTo(GatewayImplementation.istio())(poolOf(membersWith({}, {})));
    expect(routes.findings.map(({ id }) => id)).toContain('gateway-shut-out');
  });

  const pickerFor = (...gatewayNamespaces: string[]) =>
    poolOf(membersWith(NETWORK, NETWORK), { picker: { network: { gatewayNamespaces } } });
  const found = (routes: ModelRoutes, id: string): Finding[] => routes.findings.filter((each) => each.id === id);

  test('warns about a picker whose NetworkPolicy blocks the gateway', () => {
    const [finding] = found(routesTo(GatewayImplementation.istio())(pickerFor('istio-system')), SHUT_OUT);
    expect(finding).toMatchObject({
      subject: 'routes[0].to[0]',
      problem:
        'is InferencePool "test/Pool", and the NetworkPolicy of its endpoint picker blocks the proxies in the namespace "gateways"',
      fix: "add 'gateways' to picker.network.gatewayNamespaces of the pool",
    });
  });

  test('warns about a picker that admits namespaces only, behind load balancers outside of the cluster', () => {
    const [finding] = found(routesTo(GatewayImplementation.gke())(pickerFor('gateways')), SHUT_OUT);
    expect(finding?.problem).toContain('blocks load balancers outside of the cluster');
  });

  test.each<[string, () => InferencePool]>([
    ['the namespace of the gateway', () => pickerFor('istio-system', 'gateways')],
    ['every namespace', pool],
    [
      'everything, without a policy',
      () => poolOf(membersWith(NETWORK), { picker: { network: { policy: false, gatewayNamespaces: ['other'] } } }),
    ],
  ])('accepts a picker that admits %s', (_, make) => {
    expect(found(routesTo(GatewayImplementation.istio())(make()), SHUT_OUT)).toEqual([]);
  });

  test('warns about a route to the Service of a member, which does not ask the picker', () => {
    const [member] = membersWith(NETWORK);
    if (member === undefined) throw new Error('no stack');
    const routes = routesTo(GatewayImplementation.istio(), RouteTarget.stack(member))(poolOf([member]));
    expect(found(routes, 'pool-passed-by')).toMatchObject([
      { subject: 'routes[0].to[0]', problem: expect.stringContaining('a member of the pool "chat"') as string },
    ]);
  });

  test('does not warn about the pool itself, and about a stack of no pool', () => {
    expect(found(routesTo(GatewayImplementation.istio())(pool()), 'pool-passed-by')).toEqual([]);
    const [member, other] = membersWith(NETWORK, { ...NETWORK, inferencePool: undefined });
    if (member === undefined || other === undefined) throw new Error('no stacks');
    const routes = routesTo(GatewayImplementation.istio(), RouteTarget.stack(other))(poolOf([member]));
    expect(found(routes, 'pool-passed-by')).toEqual([]);
  });

  /** A route for short prompts to a stack with a context of 8,192, and the pool for all others. */
  const classes = (first: object, second: object): ModelRoutes => {
    const [short, long, third] = membersWith(
      { ...NETWORK, inferencePool: { pool: 'chat', ...first }, engine: { maxModelLen: 4096 } },
      { ...NETWORK, inferencePool: { pool: 'chat', ...second } },
      { ...NETWORK, inferencePool: undefined, engine: { maxModelLen: 8192 } },
    );
    if (short === undefined || long === undefined || third === undefined) throw new Error('no stacks');
    return new ModelRoutes(Chart.of(short), 'Routes', {
      name: 'chat',
      gateway: ModelGateway.existing({
        name: 'public',
        namespace: 'gateways',
        implementation: GatewayImplementation.istio(),
      }),
      hostnames: ['llm.example.com'],
      routes: [
        { promptLength: PromptLength.SHORT, to: [RouteTarget.stack(third)] },
        { to: [RouteTarget.pool(poolOf([short, long]))] },
      ],
    });
  };

  test('has the context of its longest member, if the picker chooses by length', () => {
    const routes = classes({ promptTokens: { maximum: 1024 } }, { promptTokens: { minimum: 1025 } });
    expect(found(routes, 'route-long-default')).toEqual([]);
  });

  test('has the context of its shortest member otherwise', () => {
    expect(found(classes({}, {}), 'route-long-default')).toMatchObject([
      { problem: expect.stringContaining('its context of 4096 tokens is shorter than the 8192') as string },
    ]);
  });

  test.each<[string, () => unknown, string]>([
    ['a stack', () => RouteTarget.pool(membersWith({})[0] as never), 'give an InferencePool'],
    ['a weight that is not whole', () => RouteTarget.pool(pool(), 0.5), 'weight: is 0.5'],
  ])('refuses %s', (_, make, message) => expect(messageOf(make)).toContain(message));
});
