import type { AuthenticationPlan } from './prometheus-authentication';
import type { PrometheusAddress } from './prometheus-address';

/** A Prometheus that a cloud or OpenShift runs: its hosts, and what it needs of a client. */
export interface ManagedPrometheus {
  readonly name: string;
  readonly hosts: RegExp;
  /** The path of its query API; undefined where any may be right. */
  readonly path: { readonly pattern: RegExp; readonly example: string } | undefined;
  /** The identity of KEDA that it accepts; undefined for one with passwords only. */
  readonly identity: 'aws' | 'azure-workload' | 'gcp' | undefined;
  /** Whether it accepts a token or a password instead. */
  readonly acceptsSecrets: boolean;
  readonly fix: string;
}

/** Amazon Managed Service for Prometheus, with its region. Endpoints of a VPC have the same two labels in the middle. */
const AMAZON = /(?:^|\.)aps-workspaces(?:-fips)?\.([a-z0-9-]+)\.(?:[a-z0-9-]+\.)*(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/**
 * Hosts of the query APIs. docs.aws.amazon.com/prometheus (query endpoints), learn.microsoft.com/azure/azure-monitor
 * (query endpoint of a workspace; the three clouds: keda pkg/scalers/azure/azure_managed_prometheus_http_round_tripper.go),
 * docs.cloud.google.com/stackdriver/docs/managed-prometheus/query-api-ui, grafana.com/docs/grafana-cloud, docs.redhat.com (custom metrics autoscaler with OpenShift monitoring).
 */
const SERVICES: readonly ManagedPrometheus[] = [
  {
    name: 'Amazon Managed Service for Prometheus',
    hosts: AMAZON,
    path: {
      pattern: /^\/workspaces\/ws-[0-9a-f-]+$/,
      example: '/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef',
    },
    identity: 'aws',
    acceptsSecrets: false,
    fix: 'set PrometheusAuthentication.awsPodIdentity',
  },
  {
    name: 'Azure Monitor',
    hosts: /\.prometheus\.monitor\.azure\.(com|us|cn)$/,
    path: undefined,
    identity: 'azure-workload',
    acceptsSecrets: true,
    fix: 'set PrometheusAuthentication.azureWorkloadIdentity',
  },
  {
    name: 'Google Cloud Managed Service for Prometheus',
    hosts: /^monitoring\.googleapis\.com$/,
    path: {
      pattern: /^\/v1\/projects\/[a-z][a-z0-9:.-]*\/location\/[a-z0-9-]+\/prometheus$/,
      example: '/v1/projects/my-project/location/global/prometheus',
    },
    identity: 'gcp',
    acceptsSecrets: true,
    fix: 'set PrometheusAuthentication.gcpPodIdentity',
  },
  {
    name: 'Grafana Cloud',
    hosts: /^prometheus-[a-z0-9-]+\.grafana\.net$/,
    path: { pattern: /^\/api\/prom$/, example: '/api/prom' },
    identity: undefined,
    acceptsSecrets: true,
    fix: 'set PrometheusAuthentication.basic with the id of the instance and a token',
  },
  {
    name: 'the Thanos of OpenShift',
    hosts: /^thanos-querier\.openshift-monitoring(\.svc(\..*)?)?$/,
    path: undefined,
    identity: undefined,
    acceptsSecrets: true,
    fix: 'set PrometheusAuthentication.bearer with the token of a service account, and its ca',
  },
];

/** The service of a cloud that answers at a host; undefined for any other server. */
export const managedAt = ({ host }: PrometheusAddress): ManagedPrometheus | undefined =>
  SERVICES.find(({ hosts }) => hosts.test(host.name));

/** The region of Amazon's service; undefined for any other server. */
export const awsRegionOf = ({ host }: PrometheusAddress): string | undefined => AMAZON.exec(host.name)?.[1];

/** Whether a service can accept what is sent to it. An object that exists may hold anything. */
export function accepts(service: ManagedPrometheus, authentication: AuthenticationPlan | undefined): boolean {
  if (authentication === undefined) return false;
  const { identity, existing, modes } = authentication;
  if (modes.length > 0) return service.acceptsSecrets && (service.identity === undefined || !modes.includes('basic'));
  return existing !== undefined || identity?.provider === service.identity;
}
