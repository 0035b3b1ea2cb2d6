import { brand } from '../../shapes/brand';
import type { GatewayKind } from './gateway-facts';

/**
 * The software behind a Gateway. It decides which of a route's fields have an effect, which further objects a stream
 * needs, and how requests are counted.
 */
export class GatewayImplementation {
  /** Envoy Gateway, version 1.5 or later. */
  public static envoyGateway(): GatewayImplementation {
    return new GatewayImplementation('envoyGateway');
  }

  /** Istio, with a Gateway of the class `istio`. */
  public static istio(): GatewayImplementation {
    return new GatewayImplementation('istio');
  }

  /** The Gateway controller of Google Kubernetes Engine: load balancers of the cloud. */
  public static gke(): GatewayImplementation {
    return new GatewayImplementation('gke');
  }

  /** NGINX Gateway Fabric. */
  public static nginxGatewayFabric(): GatewayImplementation {
    return new GatewayImplementation('nginxGatewayFabric');
  }

  /** Cilium's own Gateway API support. */
  public static cilium(): GatewayImplementation {
    return new GatewayImplementation('cilium');
  }

  /** Traefik 3 with the Gateway API provider. */
  public static traefik(): GatewayImplementation {
    return new GatewayImplementation('traefik');
  }

  /** kgateway 2, with Envoy as its proxy. */
  public static kgateway(): GatewayImplementation {
    return new GatewayImplementation('kgateway');
  }

  /** Another implementation. Only the fields of the Gateway API itself are emitted, and findings name the risks. */
  public static other(): GatewayImplementation {
    return new GatewayImplementation('other');
  }

  /** @internal */
  public readonly _kind: GatewayKind;

  private constructor(kind: GatewayKind) {
    brand(this, 'GatewayImplementation');
    this._kind = kind;
  }
}
