import { GATEWAY } from './queries';
import { counter, gauge, type Lifetime, replicas, type Series } from './series';

/** A situation at the gateway, and what its signal reads; undefined for no element. */
export interface GatewayScenario {
  readonly title: string;
  readonly series: readonly Series[];
  readonly expected: number | undefined;
}

function requests(perSecond: number, more: Readonly<Record<string, string>> = {}, lifetime?: Lifetime): Series {
  const labels = { envoy_cluster_name: GATEWAY.cluster, pod: 'envoy-a', ...more };
  return counter(GATEWAY.metric, labels, perSecond, lifetime);
}

const second = { pod: 'envoy-b' };

export const GATEWAY_SCENARIOS: readonly GatewayScenario[] = [
  { title: 'requests at one gateway', series: [requests(4)], expected: 4 },
  {
    title: 'requests at two gateways with two codes',
    series: [requests(4, { code: '200' }), requests(2, { code: '503' }), requests(1, second)],
    expected: 7,
  },
  {
    title: 'requests for another service',
    series: [requests(4), requests(8, { envoy_cluster_name: 'httproute/llm/other/rule/0' })],
    expected: 4,
  },
  { title: 'requests at 0 replicas', series: [requests(4), replicas(0)], expected: 4 },
  { title: 'no requests, and 0 replicas', series: [requests(0), requests(0, second), replicas(0)], expected: 0 },
  {
    title: 'a missing scrape, and 0 replicas',
    series: [requests(4, {}, 'until 2 minutes ago'), replicas(0)],
    expected: undefined,
  },
  { title: 'a gateway that never counted a request', series: [replicas(0)], expected: undefined },
];

const envoy = {
  namespace: 'envoy-gateway-system',
  pod: 'envoy-a',
  gateway_envoyproxy_io_owning_gateway_name: 'public',
};
const listener = { ...envoy, envoy_http_conn_manager_prefix: 'https-10443' };
const sent = (perSecond: number, rule: string, lifetime?: Lifetime) =>
  counter(
    'envoy_cluster_upstream_rq_total',
    { ...envoy, envoy_cluster_name: `httproute/llm/${rule}` },
    perSecond,
    lifetime,
  );
const listened = (all: number, failed: number, lifetime?: Lifetime): Series[] => [
  counter('envoy_http_downstream_rq_total', listener, all, lifetime),
  counter('envoy_http_downstream_rq_xx', { ...listener, envoy_response_code_class: '5' }, failed, lifetime),
];
const failedBy = (rule: string, perSecond: number) => {
  const labels = { ...envoy, envoy_cluster_name: `httproute/llm/${rule}`, envoy_response_code_class: '5' };
  return counter('envoy_cluster_upstream_rq_xx', labels, perSecond);
};
const ready = (count: number) =>
  gauge('kube_deployment_status_replicas_available', { namespace: 'llm', deployment: 'vllm' }, count);

/** What arrives at Envoy Gateway for rules 0 and 1 of the route `chat`. */
export const ARRIVALS_AT_ENVOY: readonly GatewayScenario[] = [
  {
    title: 'requests that are sent to pods, by two rules',
    series: [
      sent(4, 'chat/rule/0'),
      sent(2, 'chat/rule/1/backend/0'),
      sent(8, 'chat/rule/2'),
      ...listened(14, 0),
      ready(1),
    ],
    expected: 6,
  },
  { title: 'requests without an endpoint', series: [...listened(3, 3), ready(0)], expected: 3 },
  {
    title: 'requests without an endpoint for other stacks, while this one serves',
    series: [sent(4, 'chat/rule/0'), ...listened(7, 3), ready(1)],
    expected: 4,
  },
  {
    title: 'failures of the pods of another stack, while this one has no replica',
    series: [sent(3, 'other/rule/0'), failedBy('other/rule/0', 3), ...listened(3, 3), ready(0)],
    expected: 0,
  },
  { title: 'no request yet, and no replica', series: [...listened(0, 0), ready(0)], expected: 0 },
  {
    title: 'a gateway that is no longer scraped',
    series: [sent(4, 'chat/rule/0', 'until 2 minutes ago'), ...listened(4, 0, 'until 2 minutes ago'), ready(1)],
    expected: undefined,
  },
  // Whether a request has a replica cannot be told: a failure, and not a demand of 0.
  { title: 'no kube-state-metrics', series: [sent(4, 'chat/rule/0'), ...listened(4, 0)], expected: undefined },
];

const proxy = { namespace: 'llm', pod: 'public-istio-a' };
const build = gauge('istio_build', { ...proxy, component: 'proxy', tag: '1.31.0' }, 1);
const answered = (perSecond: number, service: string, more: Readonly<Record<string, string>> = {}) => {
  const to = { reporter: 'source', destination_service_name: service, destination_service_namespace: 'llm' };
  return counter('istio_requests_total', { ...proxy, ...to, response_code: '200', ...more }, perSecond);
};

/** What arrives at Istio for the Service `vllm-svc`. */
export const ARRIVALS_AT_ISTIO: readonly GatewayScenario[] = [
  {
    title: 'requests for two Services',
    series: [build, answered(4, 'vllm-svc'), answered(2, 'other-svc')],
    expected: 4,
  },
  {
    title: 'requests without an endpoint',
    series: [build, answered(3, 'vllm-svc', { response_code: '503', response_flags: 'UH' })],
    expected: 3,
  },
  { title: 'no request yet', series: [build], expected: 0 },
  { title: 'no gateway', series: [], expected: undefined },
];
