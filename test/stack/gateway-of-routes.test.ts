import { GatewayImplementation, GatewayTraffic, ModelGateway, Objective } from '../../lib';
import type { VllmInferenceStackProps } from '../../lib';
import { find, manifestsWith, refusalOf } from '../support/stack';

const EXPOSED = { monitoringLabels: {}, apiKey: undefined };
const at = (implementation: GatewayImplementation) => ModelGateway.existing({ name: 'public', implementation });
const ENVOY = at(GatewayImplementation.envoyGateway());
const AT_GATEWAY = [Objective.errorRate({ below: 0.01, atGateway: true })];

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const rulesOf = (props: Partial<VllmInferenceStackProps>): string =>
  JSON.stringify(find(manifestsWith({ ...EXPOSED, ...props }), 'PrometheusRule').spec.groups);

it.each([
  ['without a prefix', {}],
  ['below a prefix', { pathPrefix: '/models/llama' }],
])('the requests of a stack with a route %s are those of its HTTPRoute', (_, match) => {
  const props = { routes: { gateway: ENVOY, hostnames: ['llm.example.com'], ...match } };
  const { name } = find(manifestsWith({ ...EXPOSED, ...props }), 'HTTPRoute').metadata;
  expect(rulesOf(props)).toContain(`httproute/llm/${name}/rule/[0-9]+(/backend/[0-9]+)?`);
});

it('gatewayTraffic has precedence over routes', () => {
  const routes = { gateway: ENVOY, hostnames: ['llm.example.com'] };
  const proxies = { gateway_envoyproxy_io_owning_gateway_name: 'internal' };
  const gatewayTraffic = GatewayTraffic.envoyGateway({ route: 'own', proxies });
  expect(rulesOf({ routes, gatewayTraffic })).toContain('httproute/llm/own/rule/');
  expect(rulesOf({ routes, gatewayTraffic })).not.toContain('-route/rule/');
});

it('refuses an objective at a gateway whose metrics are not in Prometheus', () => {
  const routes = { gateway: at(GatewayImplementation.gke()), hostnames: ['llm.example.com'] };
  expect(refusalOf({ ...EXPOSED, routes, objectives: AT_GATEWAY })).toContain(
    'objectives[0].atGateway: reads the requests at the gateway, but GKE Gateway has its metrics in Cloud Monitoring, not in Prometheus; remove atGateway',
  );
});
