export const ROUTING = {
  /**
   * Seconds that a response may take in all: an hour is 65,000 tokens at 18 tokens a second. Without a limit, a client
   * that disappears may hold a stream without end; with a gateway's own default it ends after 15 s (Envoy Gateway) or 30 s
   * (GKE).
   */
  requestTimeout: 3600,
  /** Seconds between two bytes of a stream where a gateway counts those: the prefill of a long prompt sends nothing. */
  readTimeout: 3600,
  /** MiB of a request: images and long chats; NGINX's own default is 1. */
  maxBodySize: 32,
  /** Matches of one HTTPRoute, of one rule, and its rules (CEL rules of the HTTPRoute v1 of Gateway API 1.6). */
  maxMatches: 128,
  maxMatchesOfRule: 64,
  maxRules: 16,
  /** Headers of one match (HTTPRouteMatch.headers). */
  maxHeaders: 16,
  /** Backends of one rule (HTTPRouteRule.backendRefs). */
  maxTargets: 16,
  /** Listeners of one Gateway (GatewaySpec.listeners). */
  maxListeners: 64,
  /** Rules of an Application Load Balancer by default (docs.aws.amazon.com/elasticloadbalancing, Quotas, Rules). */
  albRules: 100,
  /** Largest weight of a backend (HTTPRoute.backendRefs). */
  maxWeight: 1_000_000,
} as const;
