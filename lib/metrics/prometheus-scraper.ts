import { OPENSHIFT_MONITORING, OPENSHIFT_USER_MONITORING } from './openshift-thanos';
import { addressOf } from './prometheus-address';

/** Servers that answer queries over the series of others: what scrapes may be anywhere. */
const ONLY_ASKED = /thanos|mimir|cortex|quer(y|ier)|vmselect|vmauth|gateway|frontend|proxy|nginx|grafana/;

/**
 * Namespaces from which the Prometheus at an address scrapes, as far as its host shows them: none for hosts outside of the
 * cluster, and for servers that scrape nothing themselves.
 */
export function scraperNamespaces(address: string): string[] {
  const { service, namespace } = addressOf(address).host;
  if (service === undefined || namespace === undefined) return [];
  if (namespace === OPENSHIFT_MONITORING) return [OPENSHIFT_USER_MONITORING, OPENSHIFT_MONITORING];
  return ONLY_ASKED.test(service) ? [] : [namespace];
}
