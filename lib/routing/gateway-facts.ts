/** Names of the implementations that the library knows. */
export type GatewayKind =
  'envoyGateway' | 'istio' | 'gke' | 'nginxGatewayFabric' | 'cilium' | 'traefik' | 'kgateway' | 'other';

/** Where the proxies run that connect to the pods. */
export type ProxyPlace =
  /** In the namespace of the Gateway. */
  | 'gateway'
  /** Outside of the pod network: no namespace selects them. */
  | 'outside'
  /** Not known. */
  | 'unknown'
  /** In a namespace of the installation. */
  | { readonly namespace: string };

/** What an implementation does with a route. */
export interface GatewayFacts {
  /** Its name in messages. */
  readonly title: string;
  /** The GatewayClass that its installation creates; undefined where installations differ. */
  readonly className: string | undefined;
  readonly proxies: ProxyPlace;
  /** Whether `timeouts` of an HTTPRoute have an effect. */
  readonly timeouts: boolean;
  /** Whether a header may match a regular expression. */
  readonly headerPatterns: boolean;
  /** Whether the path of a request can be rewritten. */
  readonly rewrites: boolean;
  /** Whether a route may match the method. */
  readonly methods: boolean;
  /** Whether a backend may be an InferencePool. */
  readonly pools: boolean;
  /** Whether it can answer a request itself, so that it lists the models of all stacks. */
  readonly answers: boolean;
}

const CONFORMANT = { timeouts: true, headerPatterns: true, rewrites: true, methods: true } as const;

/**
 * Features as the conformance reports of the Gateway API claim them (kubernetes-sigs/gateway-api
 * conformance/reports/v1.6: HTTPRouteRequestTimeout, HTTPRoutePathRewrite, HTTPRouteMethodMatching). A pattern of a header
 * has no such feature: Envoy, NGINX and Traefik have it.
 */
export const GATEWAYS: Readonly<Record<GatewayKind, GatewayFacts>> = {
  envoyGateway: {
    ...CONFORMANT,
    title: 'Envoy Gateway',
    // The quick start's name; an installation makes none itself.
    className: undefined,
    proxies: { namespace: 'envoy-gateway-system' },
    // ResolvedRefs False, InvalidKind, and 500 for each request.
    pools: false,
    answers: true,
  },
  istio: {
    ...CONFORMANT,
    title: 'Istio',
    className: 'istio',
    proxies: 'gateway',
    pools: true,
    answers: false,
  },
  gke: {
    title: 'GKE Gateway',
    className: undefined,
    proxies: 'outside',
    timeouts: false,
    headerPatterns: false,
    rewrites: true,
    methods: false,
    pools: true,
    answers: false,
  },
  nginxGatewayFabric: {
    ...CONFORMANT,
    title: 'NGINX Gateway Fabric',
    className: 'nginx',
    proxies: 'gateway',
    timeouts: false,
    pools: true,
    answers: false,
  },
  cilium: {
    ...CONFORMANT,
    title: 'Cilium',
    className: 'cilium',
    // Envoy on the node, with the identity `ingress`: a NetworkPolicy cannot select it by a namespace.
    proxies: 'outside',
    pools: false,
    answers: false,
  },
  traefik: {
    ...CONFORMANT,
    title: 'Traefik',
    className: 'traefik',
    proxies: { namespace: 'traefik' },
    timeouts: false,
    pools: false,
    answers: false,
  },
  kgateway: {
    ...CONFORMANT,
    title: 'kgateway',
    className: 'kgateway',
    proxies: 'gateway',
    pools: false,
    answers: true,
  },
  other: {
    ...CONFORMANT,
    title: 'this gateway',
    className: undefined,
    proxies: 'unknown',
    pools: true,
    answers: false,
  },
};
