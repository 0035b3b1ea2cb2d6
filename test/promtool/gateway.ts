import { GATEWAY } from './queries';
import { counter, type Lifetime, replicas, type Series } from './series';

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
