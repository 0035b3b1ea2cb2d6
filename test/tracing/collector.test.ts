import { Duration } from 'cdk8s';
import { CollectorKind, OtlpProtocol, SecretKey, Tracing } from '../../lib';
import type { CollectorTracingOptions } from '../../lib';
import type { Manifest } from '../support/stack';
import { find } from '../support/stack';
import { objectsOf, tracingPlan } from './support';

const EXPORT = 'https://tempo.example.com:4317';
const of = (more: Partial<CollectorTracingOptions> = {}) => Tracing.collector({ exportTo: EXPORT, ...more });
const configOf = (more: Partial<CollectorTracingOptions> = {}): Manifest => tracingPlan(of(more)).collector?.config;
const operated = { kind: CollectorKind.OPERATOR };
const headers = { 'X-Scope-OrgID': SecretKey.of('tempo', 'tenant') };
const ca = SecretKey.of('tempo-ca', 'ca.crt');

describe('the configuration of a collector', () => {
  it('limits memory first and batches last', () => {
    expect(configOf().service.pipelines.traces).toEqual({
      receivers: ['otlp'],
      processors: ['memory_limiter', 'batch'],
      exporters: ['otlp_grpc'],
    });
    expect(configOf({ tailSampling: {} }).service.pipelines.traces.processors).toEqual([
      'memory_limiter',
      'tail_sampling',
      'batch',
    ]);
  });

  it('defines exactly the components of its pipeline', () => {
    const { service, ...parts } = configOf({ tailSampling: {} });
    for (const part of ['receivers', 'processors', 'exporters']) {
      expect(Object.keys(parts[part])).toEqual(service.pipelines.traces[part]);
    }
    expect(Object.keys(parts.extensions)).toEqual(service.extensions);
  });

  it.each<[what: string, options: Partial<CollectorTracingOptions>, exporters: object]>([
    ['by gRPC with TLS', {}, { otlp_grpc: { endpoint: 'tempo.example.com:4317', tls: { insecure: false } } }],
    [
      'at its default port',
      { exportTo: 'https://tempo.example.com' },
      { otlp_grpc: { endpoint: 'tempo.example.com:443', tls: { insecure: false } } },
    ],
    [
      'without TLS',
      { exportTo: 'http://tempo:4317' },
      { otlp_grpc: { endpoint: 'tempo:4317', tls: { insecure: true } } },
    ],
    [
      'by HTTP',
      { exportTo: 'https://tempo/v1/traces', protocol: OtlpProtocol.HTTP },
      { otlp_http: { traces_endpoint: 'https://tempo/v1/traces', tls: { insecure: false } } },
    ],
    [
      'with an authority and a header by a variable',
      { ca, headers },
      {
        otlp_grpc: {
          endpoint: 'tempo.example.com:4317',
          tls: { insecure: false, ca_file: '/etc/otel/ca/ca.crt' },
          headers: { 'X-Scope-OrgID': '${env:EXPORT_HEADER_X_SCOPE_ORGID}' },
        },
      },
    ],
  ])('exports %s', (_, options, exporters) => {
    expect(configOf(options).exporters).toEqual(exporters);
  });

  it('keeps slow traces, late first tokens and a share of all traces', () => {
    const tailSampling = { slowerThan: Duration.seconds(10), firstTokenSlowerThan: Duration.millis(500), share: 0.07 };
    expect(configOf({ tailSampling }).processors.tail_sampling).toEqual({
      decision_wait: '10s',
      policies: [
        { name: 'slow', type: 'latency', latency: { threshold_ms: 10000 } },
        {
          name: 'late-first-token',
          type: 'ottl_condition',
          ottl_condition: { error_mode: 'ignore', span: ['attributes["gen_ai.latency.time_to_first_token"] > 0.5'] },
        },
        { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: 7 } },
      ],
    });
  });

  it('writes an empty map as {}', () => {
    expect(configOf().processors.batch).toEqual({});
    expect(find(objectsOf(of()), 'ConfigMap').data['collector.yaml']).toContain('batch: {}');
  });
});

describe('the objects of a collector', () => {
  it('are all that it needs, each with its own name', () => {
    const objects = objectsOf(of());
    expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['ServiceAccount', 'vllm-otel-sa'],
      ['NetworkPolicy', 'vllm-otel-netpol'],
      ['ConfigMap', 'vllm-otel-config'],
      ['Service', 'vllm-otel'],
      ['Deployment', 'vllm-otel-collector'],
    ]);
  });

  it.each([of(), of(operated)])('have the stack’s labels, without those that select the engine', (tracing) => {
    for (const { metadata } of objectsOf(tracing)) {
      expect(metadata).toMatchObject({ namespace: 'llm', annotations: { contact: 'ml@example.com' } });
      expect(metadata.labels).toMatchObject({
        app: 'vllm-otel',
        team: 'ml',
        'app.kubernetes.io/name': 'opentelemetry-collector',
        'app.kubernetes.io/component': 'tracing',
        'app.kubernetes.io/version': '0.159.0',
      });
    }
  });

  it('admit only the engine’s pods', () => {
    const { podSelector, ingress } = find(objectsOf(of()), 'NetworkPolicy').spec;
    expect(podSelector).toEqual({ matchLabels: { app: 'vllm-otel' } });
    expect(ingress).toEqual([
      { from: [{ podSelector: { matchLabels: { app: 'vllm' } } }], ports: [{ port: 4317 }, { port: 4318 }] },
    ]);
  });

  it('give the pod no token', () => {
    const objects = objectsOf(of());
    expect(find(objects, 'ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(find(objects, 'Deployment').spec.template.spec).toMatchObject({
      serviceAccountName: 'vllm-otel-sa',
      automountServiceAccountToken: false,
    });
  });

  it('remove the old pod before the new one starts: two pods would split traces', () => {
    expect(find(objectsOf(of()), 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
    const operatedSpec = find(objectsOf(of(operated)), 'OpenTelemetryCollector').spec;
    expect(operatedSpec.deploymentUpdateStrategy).toEqual({ type: 'Recreate' });
  });

  it('connect Service, selector and pod', () => {
    const objects = objectsOf(of());
    const { selector, template } = find(objects, 'Deployment').spec;
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    expect(find(objects, 'Service').spec.selector).toEqual(selector.matchLabels);
    const names = template.spec.containers[0].ports.map(({ name }: Manifest) => name);
    expect(find(objects, 'Service').spec.ports.map(({ targetPort }: Manifest) => targetPort)).toEqual(names);
  });
});

describe('the pod of a collector', () => {
  const podOf = (more?: Partial<CollectorTracingOptions>) => find(objectsOf(of(more)), 'Deployment').spec.template;
  const containerOf = (more?: Partial<CollectorTracingOptions>) => podOf(more).spec.containers[0];

  it('is replaced when its configuration changes, and only then', () => {
    const checksum = (more?: Partial<CollectorTracingOptions>) => podOf(more).metadata.annotations['checksum/config'];
    expect(checksum()).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({ sampling: 0.5 })).toBe(checksum());
    expect(checksum({ tailSampling: {} })).not.toBe(checksum());
  });

  it('reads its mounted configuration, and has a read-only root', () => {
    const { args, volumeMounts, securityContext } = containerOf({ ca });
    expect(args).toEqual(['--config=/etc/otel/config/collector.yaml']);
    expect(volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/etc/otel/config', '/etc/otel/ca']);
    expect(securityContext.readOnlyRootFilesystem).toBe(true);
    expect(podOf({ ca }).spec.volumes).toEqual([
      { name: 'config', configMap: { name: 'vllm-otel-config' } },
      { name: 'ca', secret: { secretName: 'tempo-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
  });

  it('has headers from Secrets', () => {
    expect(containerOf({ headers }).env).toContainEqual({
      name: 'EXPORT_HEADER_X_SCOPE_ORGID',
      valueFrom: { secretKeyRef: { name: 'tempo', key: 'tenant' } },
    });
  });

  it('is probed at the port of its health check', () => {
    const { livenessProbe, readinessProbe } = containerOf();
    expect(configOf().extensions.health_check.endpoint).toBe('[${env:POD_IP}]:13133');
    for (const { httpGet } of [livenessProbe, readinessProbe]) expect(httpGet).toEqual({ path: '/', port: 13133 });
  });

  it('collects garbage before it reaches its memory limit', () => {
    const { env, resources } = containerOf();
    expect(resources.limits).toEqual({ memory: '512Mi' });
    expect(env).toContainEqual({ name: 'GOMEMLIMIT', value: '409MiB' });
  });
});

describe('a collector with the operator', () => {
  const specOf = (more?: Partial<CollectorTracingOptions>) =>
    find(objectsOf(of({ ...operated, ...more })), 'OpenTelemetryCollector').spec;

  it('is one object beside its account and its network policy', () => {
    expect(objectsOf(of(operated)).map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['ServiceAccount', 'vllm-otel-sa'],
      ['NetworkPolicy', 'vllm-otel-netpol'],
      ['OpenTelemetryCollector', 'vllm-otel'],
    ]);
  });

  it('has its configuration as an object', () => {
    expect(specOf()).toMatchObject({ mode: 'deployment', replicas: 1, serviceAccount: 'vllm-otel-sa' });
    expect(specOf().config).toEqual(configOf());
  });

  it('runs like the pod without the operator', () => {
    const container = find(objectsOf(of({ headers, ca })), 'Deployment').spec.template.spec.containers[0];
    const spec = specOf({ headers, ca });
    expect(spec.image).toBe(container.image);
    expect(spec.resources).toEqual(container.resources);
    expect(spec.securityContext).toEqual(container.securityContext);
    expect(container.env).toEqual(expect.arrayContaining(spec.env));
    expect(container.volumeMounts).toEqual(expect.arrayContaining(spec.volumeMounts));
  });
});
