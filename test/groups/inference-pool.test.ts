import { Duration, Size } from 'cdk8s';
import type { VllmInferenceStackProps, InferencePool } from '../../lib';
import { FailureMode, PickerTls, PrometheusServer, Scaling } from '../../lib';
import { membersWith, objectsOf, poolWith } from '../support/pool';
import type { Manifest } from '../support/stack';
import { find } from '../support/stack';

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

type StackProps = Partial<VllmInferenceStackProps>;
const ASKING = Scaling.keda({ maxReplicas: 4, prometheus: PrometheusServer.at('http://prometheus.ops:9090') });

type Range = NonNullable<VllmInferenceStackProps['inferencePool']>['promptTokens'];
const ranged = (promptTokens?: Range) => ({ inferencePool: { pool: 'chat', promptTokens } });
const podOf = (pool: InferencePool): Manifest => find(objectsOf(pool), 'Deployment').spec.template.spec;
const containerOf = (pool: InferencePool): Manifest => podOf(pool).containers[0];

describe('the InferencePool', () => {
  test('selects the pods of all members by one label', () => {
    expect(poolWith().pool.toJson()).toMatchObject({
      apiVersion: 'inference.networking.k8s.io/v1',
      metadata: { name: 'chat', namespace: 'llm' },
      spec: { selector: { matchLabels: { 'cdk8s-vllm/inference-pool': 'chat' } }, targetPorts: [{ number: 8000 }] },
    });
  });

  test('has only the fields of version 1.0: an API server refuses those that its resource does not know', () => {
    const { spec } = find(objectsOf(poolWith()), 'InferencePool');
    expect(Object.keys(spec).sort()).toEqual(['endpointPickerRef', 'selector', 'targetPorts']);
  });

  test('refers to the port of the picker, since a Service as extension must have one', () => {
    const objects = objectsOf(poolWith());
    const { endpointPickerRef: ref } = find(objects, 'InferencePool').spec;
    const service = find(objects, 'Service');
    expect(ref).toMatchObject({ kind: 'Service', group: '', name: service.metadata.name });
    expect(service.spec.ports.map(({ port }: Manifest) => port)).toContain(ref.port.number);
  });

  test.each([
    [FailureMode.FAIL_OPEN, 'FailOpen'],
    [FailureMode.FAIL_CLOSE, 'FailClose'],
  ])('has the failure mode that was chosen: %s', (failureMode, written) => {
    expect(find(objectsOf(poolWith({ failureMode })), 'InferencePool').spec.endpointPickerRef.failureMode).toBe(
      written,
    );
  });

  test('is a backend that routes can refer to', () => {
    const pool = poolWith();
    expect(pool.poolName).toBe('chat');
    expect(pool._backend).toMatchObject({
      group: 'inference.networking.k8s.io',
      kind: 'InferencePool',
      name: 'chat',
      namespace: 'llm',
      port: undefined,
    });
    expect(pool._backend.stacks.map(({ name }) => name)).toEqual(['short', 'long']);
    expect(pool._members.map(({ serviceName }) => serviceName)).toEqual(['short-svc', 'long-svc']);
  });

  test('has a plan of plain data', () => {
    const { _plan: plan } = poolWith({}, ranged({ maximum: 2048 }), ranged({ minimum: 2049 }));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('gives no two objects one name', () => {
    const names = objectsOf(poolWith({ monitoringLabels: {}, picker: { tls: PickerTls.SELF_SIGNED_ISTIO } })).map(
      ({ metadata }) => metadata.name,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length - 'chat'.length)) + 52).toBeLessThanOrEqual(63);
  });
});

describe('the endpoint picker', () => {
  test('reads its configuration from the ConfigMap', () => {
    const objects = objectsOf(poolWith());
    const { data, metadata } = find(objects, 'ConfigMap');
    const { volumes, containers } = find(objects, 'Deployment').spec.template.spec;
    expect(volumes).toEqual([{ name: 'config', configMap: { name: metadata.name } }]);
    const [{ mountPath }] = containers[0].volumeMounts;
    expect(containers[0].args).toContain(`--config-file=${mountPath}/${Object.keys(data)[0]}`);
  });

  test('is replaced when its configuration changes, and only then', () => {
    const sum = (pool: InferencePool): string =>
      find(objectsOf(pool), 'Deployment').spec.template.metadata.annotations['checksum/config'];
    expect(sum(poolWith())).toBe(sum(poolWith({ failureMode: FailureMode.FAIL_CLOSE })));
    expect(sum(poolWith({ picker: { weights: { queue: 5 } } }))).not.toBe(sum(poolWith()));
    expect(sum(poolWith({}, ranged({ maximum: 99 }), ranged({ minimum: 100 })))).not.toBe(sum(poolWith()));
  });

  test('is replaced without a time in which none is ready', () => {
    expect(find(objectsOf(poolWith()), 'Deployment').spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  test('is no longer ready after one failed probe of one second', () => {
    expect(containerOf(poolWith()).readinessProbe).toMatchObject({
      periodSeconds: 1,
      failureThreshold: 1,
      grpc: { port: 9003, service: 'inference-extension' },
    });
  });

  test('stays out of the ambient mode, whose probes and tunnel its NetworkPolicy would block', () => {
    const { labels } = find(objectsOf(poolWith()), 'Deployment').spec.template.metadata;
    expect(labels).toMatchObject({ app: 'chat-epp', 'istio.io/dataplane-mode': 'none' });
  });

  test('runs as long as the slowest pod of the pool may need to stop', () => {
    const slow = { lifecycle: { drainTimeout: Duration.minutes(10) } };
    const [fast, slowest] = membersWith({}, slow).map(
      ({ _parts: { plan } }) => plan.timing.terminationGracePeriod.value,
    );
    expect(slowest).toBeGreaterThan(fast ?? Infinity);
    expect(podOf(poolWith({}, {}, slow)).terminationGracePeriodSeconds).toBe(slowest);
    expect(podOf(poolWith({}, slow)).terminationGracePeriodSeconds).toBe(slowest);
  });

  test('has rights in its own namespace only, and reads only', () => {
    const objects = objectsOf(poolWith());
    expect(objects.filter(({ kind }) => /^Cluster/.test(kind))).toEqual([]);
    const { rules } = find(objects, 'Role');
    expect(rules.map(({ apiGroups, resources }: Manifest) => [apiGroups, resources])).toEqual([
      [[''], ['pods']],
      [['inference.networking.k8s.io'], ['inferencepools']],
      // The group of the release, and that of the one before.
      [
        ['llm-d.ai', 'inference.networking.x-k8s.io'],
        ['inferenceobjectives', 'inferencemodelrewrites'],
      ],
    ]);
    const verbs = rules.flatMap((rule: Manifest) => rule.verbs);
    expect([...new Set(verbs)].sort()).toEqual(['get', 'list', 'watch']);
    expect(find(objects, 'RoleBinding').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'chat-epp-sa', namespace: 'llm' },
    ]);
  });

  test('has closed metrics and no profiles for namespaces other than that of Prometheus', () => {
    const pool = poolWith();
    expect(containerOf(pool).args).toEqual(
      expect.arrayContaining(['--metrics-endpoint-auth=false', '--enable-pprof=false']),
    );
    const { ingress } = find(objectsOf(pool), 'NetworkPolicy').spec;
    expect(ingress).toEqual([
      { ports: [{ port: 'grpc' }] },
      {
        ports: [{ port: 'metrics' }],
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      },
    ]);
  });

  test.each<[what: string, first: StackProps, second: StackProps, names: string[]]>([
    ['that they name', { network: { monitoringNamespaces: ['ops'] } }, {}, ['ops', 'monitoring']],
    ['that KEDA asks', { scaling: ASKING }, { network: { policy: false } }, ['monitoring', 'ops']],
    ['of the usual name without one', { network: { policy: false } }, { network: { policy: false } }, ['monitoring']],
  ])('lets the Prometheus of its stacks read the metrics, %s', (_, first, second, names) => {
    const { ingress } = find(objectsOf(poolWith({}, first, second)), 'NetworkPolicy').spec;
    const { from } = ingress.find(({ ports }: Manifest) => ports[0].port === 'metrics');
    expect(from.map(({ namespaceSelector: { matchLabels } }: Manifest) => Object.values(matchLabels)[0])).toEqual(
      names,
    );
  });

  test('admits only the namespaces of gateways that are named', () => {
    const network = { gatewayNamespaces: ['gateways'], monitoringNamespaces: [] };
    expect(find(objectsOf(poolWith({ picker: { network } })), 'NetworkPolicy').spec.ingress).toEqual([
      {
        ports: [{ port: 'grpc' }],
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateways' } } }],
      },
    ]);
  });

  test('has no NetworkPolicy when it is turned off', () => {
    expect(find(objectsOf(poolWith({ picker: { network: { policy: false } } })), 'NetworkPolicy')).toBeUndefined();
  });

  test('has the resources that are set', () => {
    const resources = { cpu: 8, memory: Size.gibibytes(16), memoryLimit: Size.gibibytes(32) };
    expect(containerOf(poolWith({ picker: { resources } })).resources).toEqual({
      requests: { cpu: '8', memory: '16Gi' },
      limits: { memory: '32Gi' },
    });
  });

  test.each([
    'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.1',
    'registry.example.com:5000/llm/epp:v0.10.0',
    `registry.example.com/epp@sha256:${'a'.repeat(64)}`,
    `registry.example.com/epp:v0.10.0@sha256:${'a'.repeat(64)}`,
  ])('can be the image %s', (image) => {
    expect(containerOf(poolWith({ picker: { image } })).image).toBe(image);
  });

  test('is scraped when labels of monitors are given', () => {
    const objects = objectsOf(poolWith({ monitoringLabels: { release: 'prometheus' } }));
    const { metadata, spec } = find(objects, 'PodMonitor');
    expect(metadata.labels.release).toBe('prometheus');
    expect(spec.selector.matchLabels).toEqual(find(objects, 'Deployment').spec.selector.matchLabels);
    expect(find(objectsOf(poolWith()), 'PodMonitor')).toBeUndefined();
  });

  test('is not selected by a Service or policy of a member', () => {
    const { labels } = find(objectsOf(poolWith()), 'Deployment').spec.template.metadata;
    const members = membersWith({}, {}).map(({ service }) => (service.toJson() as Manifest).spec.selector.app);
    expect(members).not.toContain(labels.app);
  });
});

describe('TLS between gateway and picker', () => {
  const portOf = (tls?: PickerTls): Manifest => find(objectsOf(poolWith({ picker: { tls } })), 'Service').spec.ports[0];

  test('is off by default, and declared as HTTP/2 without TLS', () => {
    expect(containerOf(poolWith()).args).toContain('--secure-serving=false');
    expect(portOf()).toMatchObject({ name: 'grpc-ext-proc', port: 9002, appProtocol: 'kubernetes.io/h2c' });
  });

  test('is served with a certificate of the picker', () => {
    expect(containerOf(poolWith({ picker: { tls: PickerTls.SELF_SIGNED } })).args).toContain('--secure-serving=true');
    expect(portOf(PickerTls.SELF_SIGNED)).not.toHaveProperty('appProtocol');
  });

  test('has the DestinationRule for Istio only', () => {
    const ruleOf = (tls: PickerTls): Manifest => find(objectsOf(poolWith({ picker: { tls } })), 'DestinationRule');
    expect(ruleOf(PickerTls.SELF_SIGNED_ISTIO).spec).toEqual({
      host: 'chat-epp-svc',
      trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } },
    });
    expect(ruleOf(PickerTls.SELF_SIGNED)).toBeUndefined();
  });
});

describe('several replicas of the picker', () => {
  const pool = () => poolWith({ picker: { replicas: 2 } });

  test('elect a leader', () => {
    expect(containerOf(pool()).args).toContain('--ha-enable-leader-election');
    expect(containerOf(poolWith()).args).not.toContain('--ha-enable-leader-election');
  });

  test('may hold the lease', () => {
    expect(find(objectsOf(pool()), 'Role').rules).toContainEqual({
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    });
  });

  test('are ready one at a time, and alive all', () => {
    expect(containerOf(pool()).readinessProbe.grpc.service).toBe('readiness');
    expect(containerOf(pool()).livenessProbe.grpc.service).toBe('liveness');
  });

  test('are recreated: a new one is not ready while an old one has the lease', () => {
    expect(find(objectsOf(pool()), 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('run on different nodes', () => {
    expect(podOf(pool()).topologySpreadConstraints).toMatchObject([{ topologyKey: 'kubernetes.io/hostname' }]);
  });
});
