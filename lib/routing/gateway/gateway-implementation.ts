import { brandMade, FACTORY } from '../../shapes/brand';
import type { GatewayKind } from './gateway-facts';

/**
 * The software behind a Gateway. It decides which of a route's fields have an effect, which further objects a stream
 * needs, and how requests are counted.
 */
export class GatewayImplementation {
  /** Envoy Gateway, version 1.5 or later. */
  public static envoyGateway(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'envoyGateway');
  }

  /** Istio, with a Gateway of the class `istio`. */
  public static istio(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'istio');
  }

  /** The Gateway controller of Google Kubernetes Engine: load balancers of the cloud. */
  public static gke(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'gke');
  }

  /** NGINX Gateway Fabric. */
  public static nginxGatewayFabric(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'nginxGatewayFabric');
  }

  /** Cilium's own Gateway API support. */
  public static cilium(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'cilium');
  }

  /** Traefik 3 with the Gateway API provider. */
  public static traefik(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'traefik');
  }

  /** kgateway 2, with Envoy as its proxy. */
  public static kgateway(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'kgateway');
  }

  /** Another implementation. Only the fields of the Gateway API itself are emitted, and findings name the risks. */
  public static other(): GatewayImplementation {
    return new GatewayImplementation(FACTORY, 'other');
  }

  /** @internal */
  public readonly _kind: GatewayKind;

  private constructor(caller: typeof FACTORY, kind: GatewayKind) {
    brandMade(this, 'GatewayImplementation', caller);
    this._kind = kind;
  }
}
