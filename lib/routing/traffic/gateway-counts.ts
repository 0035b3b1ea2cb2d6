import type { GatewayCounts, Uncounted } from '../../metrics/gateway-counts';
import { NO_GATEWAY } from '../../metrics/gateway-counts';
import type { CountingGateway } from '../../metrics/gateway-series';
import type { GatewayKind } from '../gateway/gateway-facts';
import { INGRESSES } from '../ingress/ingress-facts';
import type { IngressKind } from '../ingress/ingress-facts';
import type { RoutedRules, TrafficSpec } from './traffic-spec';
import { trafficSpec } from './traffic-spec';

const unknown = (title: string): Uncounted => ({
  missing: `the library does not know series of ${title} that count requests without an endpoint`,
});

/**
 * Where each implementation counts the requests of a route or Service for Prometheus.
 *
 * GKE: Cloud Monitoring only. NGINX Gateway Fabric: `nginx_http_requests_total` of a whole proxy, and more with NGINX Plus
 * only (nginx/documentation content/ngf/monitoring/prometheus.md). Traefik, kgateway and Cilium have series of a Service or
 * cluster, but whether these count requests without an endpoint is not verified.
 */
const COUNTING: Readonly<Record<GatewayKind, CountingGateway | Uncounted>> = {
  envoyGateway: 'envoyGateway',
  istio: 'istio',
  gke: { missing: 'GKE Gateway has its metrics in Cloud Monitoring, not in Prometheus' },
  nginxGatewayFabric: {
    missing: 'NGINX Gateway Fabric counts the requests of a whole proxy, without routes and status codes',
  },
  cilium: unknown('Cilium'),
  traefik: unknown('Traefik'),
  kgateway: unknown('kgateway'),
  other: unknown('this gateway'),
};

/**
 * What the gateway counts of the requests that `gatewayTraffic` of a stack selects.
 *
 * @param services a pattern of the names of the stack's Services
 */
export function gatewayCounts(spec: TrafficSpec | undefined, services: string): GatewayCounts {
  return spec === undefined ? NO_GATEWAY : { traffic: { ...spec, services } };
}

/**
 * The same from routes that the library makes.
 *
 * @param routed the rules whose requests are for the stack
 * @param namespace namespace of the routes; undefined for that of the stack
 * @param services a pattern of the names of the stack's Services
 */
export function gatewayCountsOfRoutes(
  kind: GatewayKind,
  routed: readonly RoutedRules[],
  namespace: string | undefined,
  services: string,
): GatewayCounts {
  const counting = COUNTING[kind];
  return typeof counting === 'string' ? gatewayCounts(trafficSpec(counting, routed, namespace), services) : counting;
}

/** The same from an Ingress: no controller is known to count the requests of a Service that has no endpoint. */
export const gatewayCountsOfIngress = (kind: IngressKind): GatewayCounts => unknown(INGRESSES[kind].title);
