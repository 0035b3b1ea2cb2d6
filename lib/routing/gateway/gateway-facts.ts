import type { Ranking } from '../match/precedence';

/** Names of the implementations that the library knows. */
export type GatewayKind =
  'envoyGateway' | 'istio' | 'gke' | 'nginxGatewayFabric' | 'cilium' | 'traefik' | 'kgateway' | 'other';

/** Where the proxies run that connect to the pods. */
export type ProxyPlace =
  /** In the namespace of the Gateway. */
  | 'gateway'
  /** On the nodes, with an identity that no NetworkPolicy can select. */
  | 'node'
  /** Not known. */
  | 'unknown'
  /** In a namespace of the installation. */
  | { readonly namespace: string }
  /** Outside of the cluster, with these addresses and those of a subnet that only the user knows. */
  | { readonly ranges: readonly string[] };

/** What an implementation does with a route. */
export interface GatewayFacts {
  /** Its name in messages. */
  readonly title: string;
  /** The GatewayClass that its installation creates; undefined where installations differ. */
  readonly className: string | undefined;
  readonly proxies: ProxyPlace;
  /** What `timeouts` of an HTTPRoute do. GKE refuses the route, and with it every route of the Gateway (GWCER104). */
  readonly timeouts: 'applied' | 'ignored' | 'refused';
  /** What the time of the user limits: a whole response, the time without a byte, or nothing. */
  readonly limits: 'response' | 'gap' | 'nothing';
  /** Whether a header may match a regular expression. */
  readonly headerPatterns: boolean;
  /** How a rule rewrites the path: an exact one, or only everything below a prefix. */
  readonly rewrites: 'exact' | 'prefix';
  /** Whether a route may match the method. */
  readonly methods: boolean;
  /** How it ranks routes that fit the same request. */
  readonly ranking: Ranking;
  /** Whether two HTTPRoutes may have the same hostname and path; NGINX Gateway Fabric then refuses their policies. */
  readonly sharesPaths: boolean;
  /** Whether a backend may be an InferencePool. */
  readonly pools: boolean;
  /** Whether it can answer a request itself, so that it lists the models of all stacks. */
  readonly answers: boolean;
  /** What no manifest sets, in words. */
  readonly outside: string;
}

const CONFORMANT = {
  timeouts: 'applied',
  limits: 'response',
  headerPatterns: true,
  rewrites: 'exact',
  methods: true,
  ranking: 'standard',
  sharesPaths: true,
} as const;

/**
 * Features as the conformance reports of the Gateway API claim them (kubernetes-sigs/gateway-api
 * conformance/reports/v1.6: HTTPRouteRequestTimeout, HTTPRoutePathRewrite, HTTPRouteMethodMatching). A pattern of a header
 * has no such feature: Envoy, NGINX and Traefik have it.
 */
export const GATEWAYS: Readonly<Record<GatewayKind, GatewayFacts>> = {
  envoyGateway: {
    ...CONFORMANT,
    title: 'Envoy Gateway',
    ranking: 'methodIsHeader',
    // The quick start's name; an installation makes none itself.
    className: undefined,
    proxies: { namespace: 'envoy-gateway-system' },
    // ResolvedRefs False, InvalidKind, and 500 for each request.
    pools: false,
    answers: true,
    outside: 'a load balancer of the cloud in front of its proxies has an idle timeout of its own, often 60 s to 4 min',
  },
  istio: {
    ...CONFORMANT,
    title: 'Istio',
    className: 'istio',
    proxies: 'gateway',
    pools: true,
    answers: false,
    outside:
      'a load balancer of the cloud in front of its proxies has an idle timeout of its own, and the EDGE profile of 1.31 cuts idle streams at 5 min',
  },
  gke: {
    title: 'GKE Gateway',
    // One of several, by the kind of load balancer: see gatewayOfClass.
    className: undefined,
    // Health checks and front ends of Google (cloud.google.com/load-balancing/docs/https/request-distribution).
    proxies: { ranges: ['35.191.0.0/16', '130.211.0.0/22'] },
    timeouts: 'refused',
    limits: 'response',
    headerPatterns: false,
    rewrites: 'prefix',
    methods: false,
    ranking: 'standard',
    sharesPaths: true,
    pools: true,
    answers: false,
    outside: 'clients that reuse connections must close idle ones before 610 s',
  },
  nginxGatewayFabric: {
    ...CONFORMANT,
    title: 'NGINX Gateway Fabric',
    className: 'nginx',
    sharesPaths: false,
    proxies: 'gateway',
    timeouts: 'ignored',
    limits: 'gap',
    pools: true,
    answers: false,
    outside: 'a load balancer of the cloud in front of its proxies has an idle timeout of its own, often 60 s to 4 min',
  },
  cilium: {
    ...CONFORMANT,
    title: 'Cilium',
    className: 'cilium',
    // Envoy on the node, with the identity `ingress`: a NetworkPolicy cannot select it by a namespace.
    proxies: 'node',
    pools: false,
    answers: false,
    // cilium/cilium#43814: http-stream-idle-timeout, which the Helm chart sets, is not for Gateways.
    outside: "the agent's proxy-stream-idle-timeout-seconds (300 s) cuts a stream without events",
  },
  traefik: {
    ...CONFORMANT,
    title: 'Traefik',
    className: 'traefik',
    proxies: { namespace: 'traefik' },
    timeouts: 'ignored',
    limits: 'nothing',
    pools: false,
    answers: false,
    outside:
      "the entry point's respondingTimeouts.readTimeout (60 s since 3.0) limits the upload of a request: set it to 0 in Traefik's own configuration",
  },
  kgateway: {
    ...CONFORMANT,
    title: 'kgateway',
    className: 'kgateway',
    proxies: 'gateway',
    pools: false,
    // Its DirectResponse has no content type, and OpenAI's client for JavaScript parses JSON only with the content type of JSON.
    answers: false,
    outside: 'a load balancer of the cloud in front of its proxies has an idle timeout of its own, often 60 s to 4 min',
  },
  other: {
    ...CONFORMANT,
    title: 'this gateway',
    className: undefined,
    proxies: 'unknown',
    pools: true,
    answers: false,
    outside: 'its own defaults may cut or buffer streams: test a stream of more than a minute',
  },
};

/** Whose GatewayClass this is, if its name is a usual one; those of GKE are gke-l7-rilb and the like. */
export function gatewayOfClass(className: string): GatewayKind | undefined {
  if (className.startsWith('gke-')) return 'gke';
  const kinds = Object.keys(GATEWAYS) as GatewayKind[];
  return kinds.find((kind) => GATEWAYS[kind].className === className);
}
