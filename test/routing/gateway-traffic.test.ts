import { GatewayTraffic } from '../../lib';
import { gatewaySeries } from '../../lib/metrics/gateway-series';
import type { GatewayTrafficPlan } from '../../lib/metrics/gateway-series';
import { gatewayCounts, gatewayCountsOfRoutes } from '../../lib/routing/traffic/gateway-counts';
import { GATEWAYS } from '../../lib/routing/gateway/gateway-facts';
import type { GatewayKind } from '../../lib/routing/gateway/gateway-facts';
import { messageOf } from '../support/scaling';

const planned = ({ traffic }: ReturnType<typeof gatewayCounts>): GatewayTrafficPlan => {
  if (traffic === undefined) throw new Error('nothing is counted');
  return traffic;
};
const seriesOf = (traffic: GatewayTraffic) => gatewaySeries(planned(gatewayCounts(traffic._spec, 'vllm-svc')), 'llm');
const envoy = (options: object = {}) => GatewayTraffic.envoyGateway({ route: 'chat', ...options });

describe('the requests at Envoy Gateway', () => {
  it.each([
    ['every rule of a route', {}, 'httproute/llm/chat/rule/[0-9]+(/backend/[0-9]+)?'],
    ['one rule', { rules: [3] }, 'httproute/llm/chat/rule/3(/backend/[0-9]+)?'],
    ['some rules', { rules: [0, 12] }, 'httproute/llm/chat/rule/(0|12)(/backend/[0-9]+)?'],
    ['a route in another namespace', { namespace: 'edge' }, 'httproute/edge/chat/rule/[0-9]+(/backend/[0-9]+)?'],
    [
      'several routes',
      { rules: [1], otherRoutes: [{ route: 'more' }, { route: 'most', rules: [0, 2] }] },
      'httproute/llm/(chat/rule/1|more/rule/[0-9]+|most/rule/(0|2))(/backend/[0-9]+)?',
    ],
    ['a route with a dot in its name', { route: 'a.b' }, 'httproute/llm/a\\\\.b/rule/[0-9]+(/backend/[0-9]+)?'],
  ])('are those of %s', (_, options, pattern) => {
    expect(seriesOf(envoy(options)).answered).toBe(`envoy_cluster_upstream_rq_xx{envoy_cluster_name=~"${pattern}"}`);
  });

  it('are those of several routes that the library makes', () => {
    const routed = [{ route: 'chat', rules: [1] }, { route: 'more' }];
    const { rules } = planned(gatewayCountsOfRoutes('envoyGateway', routed, 'edge', 'vllm-svc'));
    expect(rules).toBe('(chat/rule/1|more/rule/[0-9]+)');
  });

  it('are those of one Gateway by labels of the proxies, in each series', () => {
    const { arrived, answered, failed, own, duration, presence } = seriesOf(envoy({ proxies: { gateway: 'public' } }));
    const selectors = [arrived, answered, failed, ...Object.values(own ?? {}), duration('_bucket'), presence];
    expect(selectors).toHaveLength(7);
    for (const each of selectors) {
      expect(each).toContain(',gateway="public"}');
    }
  });

  it('do not follow later changes of the options', () => {
    const proxies = { gateway: 'public' };
    const traffic = envoy({ proxies });
    proxies.gateway = 'other';
    expect(traffic._spec.proxies).toEqual({ gateway: 'public' });
  });

  it.each<[what: string, options: object, message: string]>([
    ['no route', { route: undefined }, 'route: is required and was not given'],
    ['a route with capitals', { route: 'Chat' }, 'route: is "Chat"; give the name of an object'],
    ['no rule', { rules: [] }, 'rules: is []; give a list of at least 1'],
    ['a rule twice', { rules: [1, 1] }, 'rules: is [1,1]; give a list of at least 1'],
    ['a seventeenth rule', { rules: [16] }, 'rules[0]: is 16; give a whole number from 0 to 15'],
    ['no other route', { otherRoutes: [] }, 'otherRoutes: is []; give a list of at least 1'],
    [
      'a route twice',
      { otherRoutes: [{ route: 'a' }, { route: 'a' }] },
      'otherRoutes[1].route: is "a", which is listed already',
    ],
    ['the first route again', { otherRoutes: [{ route: 'chat' }] }, 'otherRoutes[0].route: is "chat", which is listed'],
    ['a namespace with a dot', { namespace: 'a.b' }, 'namespace: is "a.b"; give a namespace'],
    [
      'empty labels',
      { proxies: {} },
      'proxies: is {}, so it selects every series; set at least one label, or remove it',
    ],
    ['an empty value', { proxies: { a: '' } }, 'proxies.a: is ""; give a non-empty string'],
    [
      'a label as Kubernetes writes it',
      { proxies: { 'a.io/b': 'c' } },
      'proxies.a.io/b: is not a label name; set "a_io_b", as Prometheus writes a label of a pod',
    ],
    ['a number for exclusive', { exclusive: 1 }, 'exclusive: is 1; give true or false'],
    ['an unknown option', { gateway: 'public' }, 'gateway: unknown property'],
  ])('refuses %s', (_, options, message) => {
    expect(messageOf(() => envoy(options))).toContain(message);
  });
});

describe('the requests at Istio', () => {
  it('are those to the Service of the stack', () => {
    const series = seriesOf(GatewayTraffic.istio());
    const { answered, failed } = series;
    const service = 'reporter="source",destination_service_name=~"vllm-svc",destination_service_namespace="llm"';
    expect(answered).toBe(`istio_requests_total{${service},response_code!~"0"}`);
    expect(failed).toBe(`istio_requests_total{${service},response_code=~"5.."}`);
    expect(series.own ?? series.unreached).toBe(
      `istio_requests_total{${service},response_code=~"5..",response_flags=~"(.*,)?(UH|UF)(,.*)?"}`,
    );
  });

  it('refuses a route: Istio counts by Service', () => {
    expect(messageOf(() => GatewayTraffic.istio({ route: 'chat' } as never))).toContain('route: unknown property');
  });
});

describe('routes that the library makes', () => {
  const countsOf = (kind: GatewayKind) => gatewayCountsOfRoutes(kind, [{ route: 'chat' }], undefined, 'vllm-svc');

  it('are counted by implementations with series that the library knows', () => {
    const counted = (Object.keys(GATEWAYS) as GatewayKind[]).filter((kind) => countsOf(kind).traffic !== undefined);
    expect(counted).toEqual(['envoyGateway', 'istio']);
  });

  it('are the same as those that a user names', () => {
    expect(countsOf('istio')).toEqual(gatewayCounts(GatewayTraffic.istio()._spec, 'vllm-svc'));
    expect(countsOf('envoyGateway')).toEqual(gatewayCounts(envoy()._spec, 'vllm-svc'));
  });
});
