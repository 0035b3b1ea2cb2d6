import { GATEWAYS } from './gateway-facts';
import type { EntryProps } from '../entry-props';
import { INGRESSES } from '../ingress/ingress-facts';
import type { IngressEntry } from '../ingress/model-ingress';
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

/** The proxies of the controller of an Ingress as clients. */
export function ingressClients({ kind, proxyNamespace }: IngressEntry): ProxyClients {
  const { proxies } = INGRESSES[kind];
  const namespace = proxyNamespace ?? (typeof proxies === 'string' ? undefined : proxies.namespace);
  return { namespaces: namespace === undefined ? [] : [namespace], ranges: [] };
}

/** The proxies of the entry that is set as clients. */
export function entryClients(entry: EntryProps | undefined, namespace: string | undefined): ProxyClients {
  if (entry?.gateway) return proxyClients(entry.gateway._plan, namespace);
  return entry?.ingress ? ingressClients(entry.ingress._plan) : { namespaces: [], ranges: [] };
}
