import { GATEWAYS } from './gateway-facts';
import type { GatewayPlan } from './model-gateway';

/**
 * The namespace of the proxies that connect to the pods; undefined where no namespace selects them.
 *
 * @param namespace namespace of the routes
 */
export function proxyNamespace(gateway: GatewayPlan, namespace: string | undefined): string | undefined {
  if (gateway.proxyNamespace !== undefined) return gateway.proxyNamespace;
  const { proxies } = GATEWAYS[gateway.kind];
  if (proxies === 'gateway') return gateway.namespace ?? namespace;
  return typeof proxies === 'string' ? undefined : proxies.namespace;
}
