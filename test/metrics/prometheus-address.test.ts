import { PrometheusServer } from '../../lib';
import { addressFindings } from '../../lib/metrics/prometheus-address';
import { findingLine } from '../../lib/preflight/finding';

const linesOf = (address: unknown): string[] => addressFindings(address).map(findingLine);

describe('an address of Prometheus', () => {
  test.each([
    'http://prometheus.monitoring:9090',
    'http://prometheus-operated.monitoring.svc:9090',
    'http://kube-prometheus-stack-prometheus.observability.svc.cluster.local.:9090',
    'http://prometheus-0.prometheus-operated.monitoring.svc:9090',
    'http://Prometheus.Monitoring:9090',
    'http://10.43.0.17:30090',
    'http://[fd00::1]:9090',
    'https://prometheus.corp.io',
    'https://mimir.corp.io/prometheus',
    'http://vmselect.vm:8481/select/0/prometheus',
    'http://thanos-query.monitoring:10902',
    'https://thanos-querier.openshift-monitoring.svc.cluster.local:9091',
    'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef',
    'https://my-ws-ab12.westeurope.prometheus.monitor.azure.com',
    'https://monitoring.googleapis.com/v1/projects/my-project/location/global/prometheus',
    'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom',
    'https://rancher.corp.io/k8s/clusters/c-1/api/v1/namespaces/monitoring/services/http:prometheus:9090/proxy',
    'http://grafana.monitoring:3000/api/datasources/proxy/uid/prom',
    'https://metrics.corp.io/api',
  ])('may be %s', (address) => {
    expect(PrometheusServer.at(address).address).toBe(address);
  });

  test.each<[address: string, part: string]>([
    ['prometheus:9090', 'without http:// or https://; use "http://prometheus:9090"'],
    ['prometheus.monitoring.svc', 'without http:// or https://; use "http://prometheus.monitoring.svc"'],
    ['//prometheus.monitoring:9090', 'use "http://prometheus.monitoring:9090"'],
    ['http:/prometheus.monitoring', 'use "http://prometheus.monitoring"'],
    ['http//prometheus.monitoring', 'use "http://prometheus.monitoring"'],
    ['https:prometheus.monitoring', 'use "https://prometheus.monitoring"'],
    ['htp://prometheus.monitoring:9090', 'use "http://prometheus.monitoring:9090"'],
    ['htttps://prometheus.monitoring', 'use "https://prometheus.monitoring"'],
    ['HTTP://prometheus.monitoring:9090', 'use "http://prometheus.monitoring:9090"'],
    ['grpc://thanos.monitoring:10901', 'is served by HTTP only; use "http://thanos.monitoring:10901"'],
    ['tcp://prometheus.monitoring:9090', 'is served by HTTP only'],
    ['http://http://prometheus.monitoring', 'with two schemes; use "http://prometheus.monitoring"'],
    ['http://', 'without a host'],
    ['http://:9090', 'without a host'],
  ])('fails as %s, by its scheme or host', (address, part) => {
    expect(linesOf(address)).toEqual([expect.stringContaining(part)]);
  });

  test.each<[address: string, part: string]>([
    ['http://p.m:', 'its port is empty; give a port from 1 to 65535'],
    ['http://p.m:0', 'its port is "0"'],
    ['http://p.m:65536', 'its port is "65536"'],
    ['http://p.m:9O90', 'its port is "9O90"'],
    ['http://p.m:http', 'its port is "http"'],
    ['http://p.m:-1', 'its port is "-1"'],
    ['http://p.m:9090:9090', 'more than one ":"'],
    ['http://fd00::1:9090', 'brackets around an IPv6 address'],
    ['http://[fd00::1', 'brackets around an IPv6 address'],
    ['http://[fd00::zz]:9090', '"[fd00::zz]" is no IP address'],
    ['http://10.0.0.256:9090', '"10.0.0.256" is no IP address'],
    ['http://10.0.1:9090', '"10.0.1" is no IP address'],
    ['http://p..monitoring', '"" is no part of a name in DNS'],
    ['http://-p.monitoring', '"-p" is no part of a name in DNS'],
    [`http://${'p'.repeat(64)}.monitoring`, 'is no part of a name in DNS'],
    ['http://prometheus_server.monitoring', 'neither a Service nor a namespace can have the name "prometheus_server"'],
    ['http://prometheus:9090,http://other:9090', 'with a character that no address has'],
  ])('fails as %s, by its host or port', (address, part) => {
    expect(linesOf(address)).toEqual([expect.stringContaining(part)]);
  });

  test.each<[address: string, base: string]>([
    ['http://p.m:9090/', 'http://p.m:9090'],
    ['http://p.m:9090//', 'http://p.m:9090'],
    ['http://p.m:9090/graph', 'http://p.m:9090'],
    ['http://p.m:9090/prometheus/graph', 'http://p.m:9090/prometheus'],
    ['http://p.m:9090/graph?g0.expr=up&g0.tab=1', 'http://p.m:9090'],
    ['http://p.m:9090/#/graph', 'http://p.m:9090'],
    ['http://p.m:9090?tenant=a', 'http://p.m:9090'],
    ['http://p.m:9090/api/v1', 'http://p.m:9090'],
    ['http://p.m:9090/api/v1/', 'http://p.m:9090'],
    ['http://p.m:9090/api/v1/query', 'http://p.m:9090'],
    ['http://p.m:9090/api/v1/query?query=up', 'http://p.m:9090'],
    ['http://p.m:9090/api/v1/query_range', 'http://p.m:9090'],
    ['http://p.m:9090/-/healthy', 'http://p.m:9090'],
    ['http://p.m:9090/federate', 'http://p.m:9090'],
    ['http://mimir.m/api/v1/push', 'http://mimir.m'],
    ['http://mimir.m/prometheus/api/v1/query', 'http://mimir.m/prometheus'],
    ['http://vm.m:8428/vmui', 'http://vm.m:8428'],
    ['https://prometheus-us.grafana.net/api/prom/push', 'https://prometheus-us.grafana.net/api/prom'],
    [
      'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
      'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1',
    ],
  ])('fails as %s, a page or a part of the API', (address, base) => {
    expect(linesOf(address)).toEqual([expect.stringContaining(`; use "${base}" [wrong-value]`)]);
  });

  test.each([
    'http://<prometheus>:9090',
    'http://<prometheus-host>.<namespace>:9090',
    'http://{{ .Values.prometheus }}:9090',
    'http://${PROMETHEUS}:9090',
    '$PROMETHEUS_URL',
    'http://$(PROMETHEUS):9090',
    'http://%(host)s:9090',
  ])('fails as %s, a template', (address) => {
    expect(linesOf(address)).toEqual([expect.stringContaining('a template that nothing fills in')]);
  });

  test.each([
    'http://p m:9090',
    'http://p.m:9090 ',
    '\thttp://p.m',
    '"http://p.m:9090"',
    'http:\\\\p.m',
    'http://p.m\n',
  ])('fails as %j, with a stray character', (address) => {
    expect(linesOf(address)).toEqual([expect.stringContaining('with a character that no address has')]);
  });

  it('fails without printing what a query may hide', () => {
    expect(linesOf('http://p.m:9090?token=hunter2').join()).not.toContain('hunter2');
  });

  it('fails with a finding for each of several mistakes', () => {
    expect(linesOf('http://a..b:0/graph')).toHaveLength(3);
  });
});
