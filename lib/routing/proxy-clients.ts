import { GATEWAYS } from './gateway-facts';
import type { GatewayPlan } from './model-gateway';

/** Where connections of the proxies come from, as a NetworkPolicy selects it. */
export interface ProxyClients {
  readonly namespaces: readonly string[];
  /** IP ranges outside of the pod network. */
  readonly ranges: readonly string[];
}

/**
 * The proxies of a gateway as clients; empty where no NetworkPolicy selects them, or where it is not known.
 *
 * @param namespace namespace of the routes
 */
export function proxyClients(gateway: GatewayPlan, namespace: string | undefined): ProxyClients {
  const { proxies } = GATEWAYS[gateway.kind];
  const among = (...names: (string | undefined)[]): ProxyClients => ({
    namespaces: names.filter((name) => name !== undefined),
    ranges: [],
  });
  if (gateway.proxyNamespace !== undefined) return among(gateway.proxyNamespace);
  if (proxies === 'gateway') return among(gateway.namespace ?? namespace);
  if (typeof proxies === 'string') return among();
  return 'ranges' in proxies ? { namespaces: [], ranges: proxies.ranges } : among(proxies.namespace);
}
