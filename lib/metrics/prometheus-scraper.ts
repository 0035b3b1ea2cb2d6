import { addressOf } from './prometheus-address';

/** Servers that answer queries over the series of others: what scrapes may be anywhere. */
const ONLY_ASKED = /thanos|mimir|cortex|quer(y|ier)|vmselect|vmauth|gateway|frontend|proxy|nginx|grafana/;

/**
 * OpenShift asks one Thanos for the series of two: one scrapes the cluster, the other the namespaces of its users
 * (docs.redhat.com, OpenShift monitoring: enabling monitoring for user-defined projects).
 */
const OPENSHIFT = 'openshift-monitoring';
const OPENSHIFT_USERS = 'openshift-user-workload-monitoring';

/**
 * Namespaces from which the Prometheus at an address scrapes, as far as its host shows them: none for hosts outside of the
 * cluster, and for servers that scrape nothing themselves.
 */
export function scraperNamespaces(address: string): string[] {
  const { service, namespace } = addressOf(address).host;
  if (service === undefined || namespace === undefined) return [];
  if (namespace === OPENSHIFT) return [OPENSHIFT_USERS, OPENSHIFT];
  return ONLY_ASKED.test(service) ? [] : [namespace];
}
