import { PrometheusAuthentication, PrometheusServer, SecretKey } from '../../lib';
import { prometheusFindings } from '../../lib/metrics/prometheus-findings';
import { scraperNamespaces } from '../../lib/metrics/prometheus-scraper';
import { findingLine } from '../../lib/preflight/finding';

const KEY = SecretKey.of('prometheus', 'key');
const AMAZON = 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef';
const VPC = AMAZON.replace('//aps', '//vpce-0a1b-x2.aps').replace('.amazonaws', '.vpce.amazonaws');
const AZURE = 'https://ws-ab12.westeurope.prometheus.monitor.azure.com';
const GOOGLE = 'https://monitoring.googleapis.com/v1/projects/my-project/location/global/prometheus';
const OPENSHIFT = 'https://thanos-querier.openshift-monitoring.svc.cluster.local:9092';
const GRAFANA = 'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom';

function linesOf(address: string, authentication?: PrometheusAuthentication): string[] {
  const { _authentication } = PrometheusServer.at(address, { authentication });
  const asked = { subject: 'scaling.prometheus', address, authentication: _authentication, reader: 'KEDA' } as const;
  return prometheusFindings(asked).map(findingLine);
}

describe('findings about a server', () => {
  test.each<[address: string, id: string, part: string]>([
    ['http://prometheus:9090', 'prometheus-namespace', 'such as "http://prometheus.monitoring:9090"'],
    ['http://prometheus-operated', 'prometheus-namespace', 'KEDA looks for the Service in its own'],
    ['http://p:9090/prometheus', 'prometheus-namespace', 'such as "http://p.monitoring:9090/prometheus"'],
    ['http://prometheus.svc:9090', 'prometheus-namespace', 'such as "http://prometheus.monitoring:9090"'],
    ['http://prometheus.svc.cluster.local', 'prometheus-namespace', 'without a namespace'],
    ['http://localhost:9090', 'prometheus-loopback', 'KEDA would look for Prometheus in its own pod'],
    ['http://127.0.0.1:9090', 'prometheus-loopback', 'use the Service'],
    ['http://0.0.0.0:9090', 'prometheus-loopback', 'use the Service'],
    ['http://[::1]:9090', 'prometheus-loopback', 'use the Service'],
    ['http://prometheus.localhost', 'prometheus-loopback', 'use the Service'],
    ['http://prometheus.monitoring.cluster.local:9090', 'prometheus-host', '"http://prometheus.monitoring.svc.cluster'],
    ['http://prometheus.monitoring.srv:9090', 'prometheus-host', 'use "http://prometheus.monitoring.svc:9090"'],
    ['http://prometheus.monitoring.scv.cluster.local', 'prometheus-host', '.svc.cluster.local"'],
    ['http://prometheus.monitoring.service', 'prometheus-host', 'use "http://prometheus.monitoring.svc"'],
    ['http://alertmanager-operated.monitoring:9093', 'prometheus-other-program', 'looks like Alertmanager'],
    ['http://alerts.monitoring:9093', 'prometheus-other-program', 'looks like Alertmanager'],
    ['http://kube-prometheus-stack-grafana.monitoring', 'prometheus-other-program', 'looks like Grafana'],
    ['http://dashboards.monitoring:3000', 'prometheus-other-program', 'looks like Grafana'],
    ['http://prometheus-node-exporter.monitoring:9100', 'prometheus-other-program', 'the node exporter'],
    ['http://pushgateway.monitoring:9091', 'prometheus-other-program', 'the Pushgateway'],
    ['http://kube-state-metrics.kube-system:8080', 'prometheus-other-program', 'kube-state-metrics'],
    ['http://prometheus-operator.monitoring:8080', 'prometheus-other-program', 'the Prometheus Operator'],
    ['http://thanos-query.monitoring:10901', 'prometheus-other-program', 'the gRPC API of Thanos'],
    ['http://vminsert.vm:8480/insert/0/prometheus', 'prometheus-other-program', 'the writing part of VictoriaMetrics'],
    ['http://vmagent-vmks.monitoring:8429', 'prometheus-other-program', 'an agent of VictoriaMetrics'],
    ['http://otel-collector.monitoring:4318', 'prometheus-other-program', 'an OpenTelemetry collector'],
    ['http://prometheus.monitoring:9090/query', 'prometheus-path', '"/query" is a page'],
    ['http://prometheus.monitoring:9090/metrics', 'prometheus-path', 'use "http://prometheus.monitoring:9090"'],
    ['http://prometheus.monitoring:9090/targets', 'prometheus-path', '"/targets" is a page'],
    ['http://your-prometheus.monitoring:9090', 'prometheus-placeholder', 'KEDA would get no answer'],
    ['http://TODO:9090', 'prometheus-placeholder', 'set the address of your Prometheus'],
    ['http://changeme.monitoring:9090', 'prometheus-placeholder', 'an address of documentation'],
    ['https://prometheus.example.com', 'prometheus-placeholder', 'an address of documentation'],
    [GOOGLE.replace('my-project', 'PROJECT_ID'), 'prometheus-placeholder', 'an address of documentation'],
    [AMAZON.replace(/ws-.*/, 'ws-xxxxxxxx'), 'prometheus-placeholder', 'an address of documentation'],
  ])('warns about %s', (address, id, part) => {
    const lines = linesOf(address);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(part);
    expect(lines[0]).toContain(`[${id}]`);
  });

  test.each<[what: string, address: string, authentication: PrometheusAuthentication | undefined, fix: string]>([
    ['Amazon without an identity', AMAZON, undefined, 'set PrometheusAuthentication.awsPodIdentity'],
    ['Amazon in a VPC without an identity', VPC, undefined, 'set PrometheusAuthentication.awsPodIdentity'],
    ['Amazon with a token', AMAZON, PrometheusAuthentication.bearer(KEY), 'awsPodIdentity'],
    ['Amazon with an identity of Google', AMAZON, PrometheusAuthentication.gcpPodIdentity(), 'awsPodIdentity'],
    ['Azure without an identity', AZURE, undefined, 'azureWorkloadIdentity'],
    ['Azure with a password', AZURE, PrometheusAuthentication.basic(KEY, KEY), 'azureWorkloadIdentity'],
    ['Google without an identity', GOOGLE, undefined, 'gcpPodIdentity'],
    ['Grafana Cloud without a password', GRAFANA, undefined, 'PrometheusAuthentication.basic'],
    ['OpenShift without a token', OPENSHIFT, undefined, 'PrometheusAuthentication.bearer'],
    ['Grafana Cloud with an identity', GRAFANA, PrometheusAuthentication.gcpPodIdentity(), 'basic'],
  ])('warns about %s', (_, address, authentication, fix) => {
    const lines = linesOf(address, authentication);
    expect(lines).toEqual([expect.stringMatching(/^scaling\.prometheus: .*\[prometheus-identity\]$/)]);
    expect(lines[0]).toContain(fix);
  });

  test.each<[what: string, address: string]>([
    ['a workspace of Amazon', 'https://aps-workspaces.us-east-1.amazonaws.com'],
    ['a project of Google', 'https://monitoring.googleapis.com'],
    ['the instance of Grafana Cloud', 'https://prometheus-prod-01-eu-west-0.grafana.net'],
  ])('warns about an address without %s', (_, address) => {
    const identity = address.includes('aps')
      ? PrometheusAuthentication.awsPodIdentity()
      : PrometheusAuthentication.bearer(KEY);
    expect(linesOf(address, identity)).toEqual([expect.stringContaining('[prometheus-path]')]);
  });

  test.each<[what: string, address: string, authentication: PrometheusAuthentication | undefined]>([
    ['a Service', 'http://prometheus.monitoring:9090', undefined],
    ['the Service of the operator', 'http://prometheus-operated.monitoring.svc.cluster.local.:9090', undefined],
    ['a Service in a cluster with another domain', 'https://prometheus.monitoring.svc.k8s.corp:9090', undefined],
    ['a name outside of the cluster', 'https://prometheus.lan', undefined],
    ['an address', 'http://10.43.0.17:30090', undefined],
    ['the proxy of Grafana to a source', 'http://grafana.monitoring:3000/api/datasources/proxy/uid/prom', undefined],
    ['a single VictoriaMetrics', 'http://vmsingle-vmks.monitoring:8429', undefined],
    ['the frontend of Google’s exporter', 'http://frontend.gmp-public:9090', undefined],
    [
      'OpenShift',
      'https://thanos-querier.openshift-monitoring.svc:9091',
      PrometheusAuthentication.bearer(KEY, { ca: KEY }),
    ],
    ['Amazon with an identity', AMAZON, PrometheusAuthentication.awsPodIdentity()],
    ['Amazon in a VPC with an identity', VPC, PrometheusAuthentication.awsPodIdentity()],
    ['Amazon with an object', AMAZON, PrometheusAuthentication.existingCluster('amp', ['podIdentity'])],
    ['Azure with an identity', AZURE, PrometheusAuthentication.azureWorkloadIdentity()],
    ['Azure with a token', AZURE, PrometheusAuthentication.bearer(KEY)],
    ['Google with an identity', GOOGLE, PrometheusAuthentication.gcpPodIdentity()],
    ['Grafana Cloud with a password', GRAFANA, PrometheusAuthentication.basic(KEY, KEY)],
    ['a proxy that signs', 'http://sigv4-proxy.monitoring:8005/workspaces/ws-0a', undefined],
  ])('has none for %s', (_, address, authentication) => {
    expect(linesOf(address, authentication)).toEqual([]);
  });
});

describe('the namespaces that scrape', () => {
  test.each<[address: string, namespaces: string[]]>([
    ['http://prometheus.observability:9090', ['observability']],
    ['http://Prometheus.Observability.svc:9090', ['observability']],
    ['http://prometheus-0.prometheus-operated.observability.svc.cluster.local:9090', ['observability']],
    ['http://vmsingle.victoria:8428', ['victoria']],
    [
      'https://thanos-querier.openshift-monitoring.svc:9091',
      ['openshift-user-workload-monitoring', 'openshift-monitoring'],
    ],
    ['http://thanos-query.observability:9090', []],
    ['http://mimir-nginx.mimir/prometheus', []],
    ['http://vmselect.vm:8481/select/0/prometheus', []],
    ['http://prometheus:9090', []],
    ['https://prometheus.corp.io', []],
    ['http://10.0.0.7:9090', []],
  ])('are read from %s', (address, namespaces) => {
    expect(scraperNamespaces(address)).toEqual(namespaces);
  });
});
