import { Duration } from 'cdk8s';
import { SecretKey } from '../../lib';
import { Monitor } from '../../lib/monitoring/monitor';
import { monitorManifest } from '../../lib/monitoring/monitor-manifests';
import { META, monitorPlan, specOf, TLS } from './support';

const KINDS = [
  { kind: 'PodMonitor', of: Monitor.pods, endpoints: 'podMetricsEndpoints' },
  { kind: 'ServiceMonitor', of: Monitor.service, endpoints: 'endpoints' },
];

describe.each(KINDS)('a $kind', ({ kind, of, endpoints }) => {
  const endpointOf = (...args: Parameters<typeof specOf>) => specOf(...args)[endpoints][0];

  it('has the namespace of the stack, and the labels that Prometheus selects', () => {
    expect(monitorManifest(monitorPlan(of()), META)).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      kind,
      metadata: { name: 'vllm-scrape', namespace: 'llm', labels: { app: 'vllm', release: 'prometheus' } },
    });
  });

  it('selects the stack by its label, and names jobs after it', () => {
    expect(specOf(of())).toMatchObject({ selector: { matchLabels: { app: 'vllm' } }, jobLabel: 'app' });
  });

  it('scrapes the named port once per interval', () => {
    expect(specOf(of())[endpoints]).toHaveLength(1);
    expect(endpointOf(of({ interval: Duration.seconds(30) }))).toMatchObject({
      port: 'http',
      path: '/metrics',
      interval: '30s',
      scrapeTimeout: '10s',
      honorLabels: false,
    });
  });

  it('adds the model to every series, with dollar signs that Prometheus keeps', () => {
    const model = { action: 'replace', targetLabel: 'model', replacement: 'a/$$1b' };
    expect(endpointOf(of(), {}, 'a/$1b').relabelings).toContainEqual(model);
  });

  it('drops the series with creation times', () => {
    expect(endpointOf(of()).metricRelabelings).toEqual([
      { sourceLabels: ['__name__'], regex: '.*_created', action: 'drop' },
    ]);
  });

  it('uses plain HTTP, or TLS as the engine does', () => {
    expect(endpointOf(of())).not.toHaveProperty('scheme');
    expect(endpointOf(of())).not.toHaveProperty('tlsConfig');
    expect(endpointOf(of(), TLS)).toMatchObject({ scheme: 'https', tlsConfig: { insecureSkipVerify: true } });
  });

  it('verifies the certificate when its name is set', () => {
    const tls = { serverName: 'llm.example.com', ca: SecretKey.of('llm-tls', 'ca.crt') };
    expect(endpointOf(of({ tls }), TLS).tlsConfig).toEqual({
      serverName: 'llm.example.com',
      ca: { secret: { name: 'llm-tls', key: 'ca.crt' } },
    });
  });
});

describe('a ServiceMonitor', () => {
  it('scrapes only the stack’s own Service: another one with the same pods would count everything twice', () => {
    expect(specOf(Monitor.service()).endpoints[0].relabelings[0]).toEqual({
      sourceLabels: ['__meta_kubernetes_service_name'],
      regex: 'vllm-svc',
      action: 'keep',
    });
  });
});

describe('Monitor.none()', () => {
  it('emits no object', () => {
    expect(monitorManifest(monitorPlan(Monitor.none()), META)).toBeUndefined();
  });
});
