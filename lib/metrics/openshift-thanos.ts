import type { PrometheusAddress } from './prometheus-address';

/**
 * OpenShift asks one Thanos for the series of two: one scrapes the cluster, the other the namespaces of its users
 * (docs.redhat.com, OpenShift monitoring: enabling monitoring for user-defined projects).
 */
export const OPENSHIFT_MONITORING = 'openshift-monitoring';
export const OPENSHIFT_USER_MONITORING = 'openshift-user-workload-monitoring';

/** The port that answers for one namespace at a time, to accounts that may view it. */
const ONE_NAMESPACE = 9092;

/**
 * Whether queries need the parameter `namespace`: OpenShift's Thanos at the port for its users (docs.redhat.com, custom
 * metrics autoscaler: `triggers.metadata.namespace`).
 */
export const asksOneNamespace = ({ host, port }: PrometheusAddress): boolean =>
  host.namespace === OPENSHIFT_MONITORING && port === ONE_NAMESPACE;
