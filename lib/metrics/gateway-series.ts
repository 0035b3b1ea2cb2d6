import type { Matcher } from './promql';
import { selector } from './promql';

/** Gateways whose series can be selected by stack. */
export type CountingGateway = 'envoyGateway' | 'istio';

/** Which requests at which gateway are for a stack: plain data. */
export interface GatewayTrafficPlan {
  readonly kind: CountingGateway;
  /** Namespace of the route; undefined for that of the stack. */
  readonly namespace: string | undefined;
  /** A pattern of the route's rules as Envoy Gateway names their clusters, after the namespace: `chat/rule/[0-9]+`. */
  readonly rules: string;
  /** Whether all requests at the proxies are for the stack. */
  readonly exclusive: boolean;
  /** A pattern of the names of the stack's Services. */
  readonly services: string;
  /** Labels of the proxies' targets in Prometheus, which select this Gateway only. */
  readonly proxies: Readonly<Record<string, string>>;
}

/** What the series of every gateway have, as selectors of one stack. */
interface CommonSeries {
  /** Requests that arrived for the stack, as early as the gateway counts them. */
  readonly arrived: string;
  /** Requests for the stack that got an answer; `status` is the label with its class or code. */
  readonly answered: string;
  readonly status: { readonly label: string; readonly legend: string };
  /** Those with 5xx among them. */
  readonly failed: string;
  /** The histogram of the time to the end of the answer, in milliseconds; `part` is `_bucket`. */
  readonly duration: (part: string) => string;
  /** Exists as long as the gateway is scraped. */
  readonly presence: string;
}

/** The series of a gateway that counts every request for its route or Service. */
interface RoutedSeries extends CommonSeries {
  readonly own?: undefined;
  /** Requests with 5xx that no pod answered. */
  readonly unreached: string;
}

/** The series of a gateway whose own answers have no route. */
interface UnroutedSeries extends CommonSeries {
  /** 5xx of all routes, and those of them that have a route: the difference are answers of the gateway itself. */
  readonly own: { readonly all: string; readonly routed: string };
}

export type GatewaySeries = RoutedSeries | UnroutedSeries;

type Labels = Readonly<Record<string, Matcher>>;
type SeriesOf = (plan: GatewayTrafficPlan, namespace: string) => GatewaySeries;

/**
 * Envoy behind Envoy Gateway, measured with v1.9.1 and Envoy 1.40.0. A rule of a route is a cluster,
 * `httproute/NAMESPACE/ROUTE/rule/INDEX`. It is several, `…/backend/INDEX`, while one of its backends has no endpoints, or
 * if backends have filters (envoyproxy/gateway internal/gatewayapi/helpers.go, internal/ir/xds.go).
 *
 * Without any endpoint the rule becomes a direct response of 503, and the share of one backend without endpoints goes to
 * a cluster that does not exist: no series of a cluster counts these. Those of the listener do, but they have no route
 * (internal/xds/translator/listener.go, hcmStatPrefix: `http-` or `https-` and the port).
 *
 * `upstream_rq_total` counts when a request is sent to a pod, `upstream_rq_xx` when its answer ends; a client that goes
 * away first is in the former only.
 */
const envoyGateway: SeriesOf = ({ namespace, rules, proxies }, own) => {
  const route = `httproute/${namespace ?? own}/${rules}(/backend/[0-9]+)?`;
  const ofRoute: Labels = { envoy_cluster_name: { matches: route }, ...proxies };
  const failed = { envoy_response_code_class: '5' };
  const ofListeners: Labels = { envoy_http_conn_manager_prefix: { matches: 'https?-[0-9]+' }, ...proxies };
  return {
    arrived: selector('envoy_cluster_upstream_rq_total', ofRoute),
    answered: selector('envoy_cluster_upstream_rq_xx', ofRoute),
    status: { label: 'envoy_response_code_class', legend: '{{envoy_response_code_class}}xx' },
    failed: selector('envoy_cluster_upstream_rq_xx', { ...failed, ...ofRoute }),
    own: {
      all: selector('envoy_http_downstream_rq_xx', { ...failed, ...ofListeners }),
      routed: selector('envoy_cluster_upstream_rq_xx', {
        ...failed,
        envoy_cluster_name: { matches: '(http|grpc)route/.+' },
        ...proxies,
      }),
    },
    duration: (part) => selector(`envoy_cluster_upstream_rq_time${part}`, ofRoute),
    presence: selector('envoy_http_downstream_rq_total', ofListeners),
  };
};

/**
 * Istio's own series, by the Service that a request is for (istio/proxy
 * source/extensions/filters/http/istio_stats/istio_stats.cc). The Service comes from the cluster, so a request without an
 * endpoint has it too; its flag is UH, or UF where a pod refused the connection (envoyproxy/envoy
 * source/common/stream_info/utility.h). A request is counted when its answer ends. A code of 0 is a client that went away.
 */
const istio: SeriesOf = ({ services, proxies }, own) => {
  const ofService: Labels = {
    reporter: 'source',
    destination_service_name: { matches: services },
    destination_service_namespace: own,
    ...proxies,
  };
  const answered = { ...ofService, response_code: { matchesNot: '0' } };
  const failed = { ...ofService, response_code: { matches: '5..' } };
  return {
    arrived: selector('istio_requests_total', ofService),
    answered: selector('istio_requests_total', answered),
    status: { label: 'response_code', legend: '{{response_code}}' },
    failed: selector('istio_requests_total', failed),
    unreached: selector('istio_requests_total', { ...failed, response_flags: { matches: '(.*,)?(UH|UF)(,.*)?' } }),
    duration: (part) => selector(`istio_request_duration_milliseconds${part}`, ofService),
    presence: selector('istio_build', { component: 'proxy', ...proxies }),
  };
};

const SERIES: Readonly<Record<CountingGateway, SeriesOf>> = { envoyGateway, istio };

/** The series about a stack at its gateway. `namespace` is that of the stack; in a dashboard, it is a variable. */
export function gatewaySeries(plan: GatewayTrafficPlan, namespace: string): GatewaySeries {
  return SERIES[plan.kind](plan, namespace);
}

/** With its names replaced, for `fillInNames`. */
export function markTraffic(plan: GatewayTrafficPlan, markOf: (name: string) => string): GatewayTrafficPlan {
  const { namespace, rules, services, proxies } = plan;
  const marked = Object.entries(proxies).map(([label, value]) => [label, markOf(value)]);
  return {
    ...plan,
    namespace: namespace === undefined ? undefined : markOf(namespace),
    rules: markOf(rules),
    services: markOf(services),
    proxies: Object.fromEntries(marked),
  };
}
