import type { GatewayImplementation } from './gateway-implementation';

/**
 * A Gateway that exists.
 */
export interface ExistingGatewayOptions {
  /** Name of the Gateway. */
  readonly name: string;

  /** The software behind it. */
  readonly implementation: GatewayImplementation;

  /**
   * Namespace of the Gateway. If it is another one than that of the routes, the `allowedRoutes` of its listener must
   * allow them.
   *
   * @default - the namespace of the routes
   */
  readonly namespace?: string;

  /**
   * Name of the listener that the routes attach to.
   *
   * @default - every listener that allows the routes and has a hostname in common
   */
  readonly listener?: string;

  /**
   * Namespace of the proxies that connect to the pods. The NetworkPolicy of each stack must let them in.
   *
   * @default - where the implementation runs them: `envoy-gateway-system`, `traefik`, or the namespace of the Gateway for
   * Istio, NGINX Gateway Fabric and kgateway. GKE has IP ranges instead; Cilium and others are not selected by a namespace
   */
  readonly proxyNamespace?: string;
}

/**
 * The certificate of a Gateway: a Secret of the type `kubernetes.io/tls`.
 */
export interface GatewayTls {
  /** Name of the Secret. */
  readonly secretName: string;

  /**
   * Namespace of the Secret. In another namespace than the Gateway, a ReferenceGrant is emitted beside the Secret.
   *
   * @default - the namespace of the Gateway
   */
  readonly namespace?: string;
}

/**
 * A Gateway that is emitted with the routes.
 */
export interface ManagedGatewayOptions {
  /**
   * Name of the Gateway: lower-case letters, digits and `-`, at most 40 characters. Implementations name the Service of
   * their proxies after it.
   */
  readonly name: string;

  /** The software behind it, which must be installed. */
  readonly implementation: GatewayImplementation;

  /**
   * GatewayClass.
   *
   * @default - the one that the implementation installs: `istio`, `nginx`, `cilium`, `traefik`, `kgateway`. Required for
   * the others, whose installations name it themselves
   */
  readonly className?: string;

  /**
   * Namespace of the Gateway.
   *
   * @default - the namespace of the routes
   */
  readonly namespace?: string;

  /**
   * Certificate of every hostname. Listeners are then on port 443, and port 80 is closed: a redirect would come after the
   * API key has crossed the network in the clear.
   *
   * @default - no TLS: listeners on port 80, with a warning
   */
  readonly tls?: GatewayTls;

  /**
   * Labels of the Gateway.
   *
   * @default - those of the routes
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the Gateway, for example for cert-manager or external-dns.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * IP addresses or hostnames of the load balancer, 1 to 16, each once. With GKE, a name is that of a reserved address.
   *
   * @default - the implementation chooses
   */
  readonly addresses?: string[];

  /**
   * Namespace of the proxies that connect to the pods. The NetworkPolicy of each stack must let them in.
   *
   * @default - where the implementation runs them: `envoy-gateway-system`, `traefik`, or the namespace of the Gateway for
   * Istio, NGINX Gateway Fabric and kgateway. GKE has IP ranges instead; Cilium and others are not selected by a namespace
   */
  readonly proxyNamespace?: string;
}
