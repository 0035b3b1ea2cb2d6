import type { GatewayTrafficPlan } from '../../lib/metrics/gateway-series';

/** Requests at Envoy Gateway, and at Istio. */
export const AT_ENVOY_GATEWAY: GatewayTrafficPlan = {
  kind: 'envoyGateway',
  namespace: undefined,
  rules: 'chat/rule/(0|1)',
  exclusive: false,
  services: 'vllm-svc',
  proxies: { gateway_envoyproxy_io_owning_gateway_name: 'public' },
};
export const AT_ISTIO: GatewayTrafficPlan = { ...AT_ENVOY_GATEWAY, kind: 'istio', rules: '', proxies: {} };
