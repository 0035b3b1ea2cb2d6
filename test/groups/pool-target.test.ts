import { Chart } from 'cdk8s';
import type { InferencePool } from '../../lib';
import { GatewayImplementation, ModelGateway, ModelRoutes, RouteTarget } from '../../lib';
import { membersWith, messageOf, poolOf } from '../support/pool';
import type { Manifest } from '../support/stack';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

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
      expect(backend).toEqual({ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'chat' });
    }
  });

  test('shares requests with another target by weight', () => {
    const [short, long] = membersWith(NETWORK, { ...NETWORK, inferencePool: undefined });
    if (short === undefined || long === undefined) throw new Error('no stacks');
    const one = poolOf([short]);
    const targets = [RouteTarget.pool(one, 90), RouteTarget.stack(long, 10)];
    expect(backendsOf(routesTo(GatewayImplementation.istio(), ...targets)(one))[0]).toMatchObject({ weight: 90 });
  });

  test('is refused behind Envoy Gateway, which answers 500', () => {
    const message = messageOf(() => routesTo(GatewayImplementation.envoyGateway())(pool()));
    expect(message).toContain('sends requests to InferencePool "test/Pool", and Envoy Gateway does not support that');
  });

  test('warns about a member whose NetworkPolicy blocks the gateway', () => {
    const routes = routesTo(GatewayImplementation.istio())(poolOf(membersWith({}, {})));
    expect(routes.findings.map(({ id }) => id)).toContain('gateway-shut-out');
  });

  test.each<[string, () => unknown, string]>([
    ['a stack', () => RouteTarget.pool(membersWith({})[0] as never), 'give an InferencePool'],
    ['a weight that is not whole', () => RouteTarget.pool(pool(), 0.5), 'weight: is 0.5'],
  ])('refuses %s', (_, make, message) => expect(messageOf(make)).toContain(message));
});
