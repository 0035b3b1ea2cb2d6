/**
 * Rules of an HTTPRoute.
 */
export interface HttpRouteRules {
  /** Name of the HTTPRoute. */
  readonly route: string;

  /**
   * Positions of the rules in `spec.rules`, from 0 to 15.
   *
   * @default - all rules of the HTTPRoute
   */
  readonly rules?: number[];
}

/**
 * The requests for a stack at Envoy Gateway.
 */
export interface EnvoyGatewayTrafficOptions {
  /** Name of the HTTPRoute that sends requests to the stack. */
  readonly route: string;

  /**
   * Further HTTPRoutes in the same namespace that send requests to the stack. `ModelRoutes` makes several for different
   * hostnames or prefixes.
   *
   * @default - none
   */
  readonly otherRoutes?: HttpRouteRules[];

  /**
   * Namespace of the HTTPRoutes.
   *
   * @default - the namespace of the stack
   */
  readonly namespace?: string;

  /**
   * The rules of the HTTPRoute whose requests are for the stack: their positions in `spec.rules`, from 0 to 15.
   *
   * @default - all rules of the HTTPRoute
   */
  readonly rules?: number[];

  /**
   * Labels that Prometheus gives to the proxies of the Gateway and to no others, for example
   * `{ gateway_envoyproxy_io_owning_gateway_name: 'public' }`. Requests without an endpoint have no route in the metrics
   * of Envoy: with these labels, only those of one Gateway can be taken for requests of the stack.
   *
   * @default - every Envoy Gateway proxy that Prometheus scrapes
   */
  readonly proxies?: { [label: string]: string };

  /**
   * Whether the Gateway serves this stack only. Then each 5xx of the Gateway itself counts for the stack, also while it
   * has replicas: for a backend that does not exist, or the share of a canary without endpoints.
   *
   * @default - false: such answers count while the stack has no available replica, and kube-state-metrics is needed
   */
  readonly exclusive?: boolean;
}

/**
 * The requests for a stack at Istio.
 */
export interface IstioTrafficOptions {
  /**
   * Labels that Prometheus gives to the proxies of the Gateway and to no others, for example
   * `{ gateway_networking_k8s_io_gateway_name: 'public' }`.
   *
   * @default - every gateway and sidecar that Prometheus scrapes
   */
  readonly proxies?: { [label: string]: string };
}
