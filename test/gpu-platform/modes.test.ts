import { GpuNodes, GpuPlatformMode, GpuSharing, ManagedProvider, MigStrategy, TaintEffect } from '../../lib';
import type { DevicePluginConfig, DevicePluginOptions } from '../../lib';
import { messageOf } from '../support/scaling';
import { identities, manifestsOf, planOf, platformWith, pluginMode, refusalOf } from './platform';

/** The plan of the exporter of a mode. */
function exporterOf(mode: GpuPlatformMode) {
  const plan = planOf(mode);
  return plan.mode === 'gpuOperator' ? undefined : plan.exporter;
}

/** Keys of node labels by which the exporter finds its nodes. */
const nodeKeys = (mode: GpuPlatformMode) => exporterOf(mode)?.nodes.terms.map(([label]) => label?.key);

const pluginExporter = (config: DevicePluginConfig, options: Partial<DevicePluginOptions> = {}) =>
  exporterOf(pluginMode({ config, exportMetrics: true, ...options }));

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe('the exporter beside the device plugin', () => {
  test('is emitted unless it is turned off', () => {
    expect(pluginExporter({})).toMatchObject({ name: 'nvidia', namespace: 'gpu', sharing: { dra: false } });
    expect(exporterOf(pluginMode({ exportMetrics: false }))).toBeUndefined();
  });

  test('runs where the plugin runs, and Prometheus selects it', () => {
    expect(pluginExporter({})).toMatchObject({
      nodes: { terms: [[{ key: 'pool', values: ['gpu'] }]] },
      tolerations: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
      monitoringLabels: { release: 'kps' },
    });
  });

  test('is told that pods share GPUs, and under which name', () => {
    const sharing = GpuSharing.timeSlicing({ resources: [{ name: 'gpu', replicas: 2 }] });
    expect(pluginExporter({ sharing })?.sharing).toMatchObject({
      virtualGpus: true,
      resourceNames: ['nvidia.com/gpu.shared'],
    });
    expect(pluginExporter({})?.sharing).toMatchObject({ virtualGpus: false, resourceNames: [] });
  });

  test('is not told the names of slices and of shares that keep their name', () => {
    const shared = (name: string, renameByDefault: boolean) =>
      pluginExporter({
        migStrategy: MigStrategy.MIXED,
        sharing: GpuSharing.timeSlicing({ resources: [{ name, replicas: 2 }], renameByDefault }),
      });
    expect(shared('mig-1g.10gb', true)?.sharing.resourceNames).toEqual([]);
    expect(shared('gpu', false)?.sharing.resourceNames).toEqual([]);
  });

  test('uses the same runtime class', () => {
    expect(pluginExporter({}, { runtimeClassName: 'nvidia' })?.runtimeClassName).toBe('nvidia');
  });

  test('gets its options', () => {
    expect(pluginExporter({}, { exporter: { podLabels: ['team'] } })?.podLabels).toEqual(['team']);
  });
});

describe('the GPU Operator', () => {
  const SHARED = { sharing: GpuSharing.timeSlicing({ resources: [{ name: 'gpu', replicas: 2 }] }) };

  test('gets configurations of its device plugin, with the strategy of its policy', () => {
    const plan = planOf(GpuPlatformMode.gpuOperator({}, { configs: { shared: SHARED } }));
    expect(plan).toMatchObject({
      operator: {
        name: 'nvidia',
        namespace: 'gpu',
        pluginConfigs: [{ name: 'shared', migStrategy: 'mixed' }],
        defaultPluginConfig: 'shared',
        exporter: { sharing: { resourceNames: ['nvidia.com/gpu.shared'], virtualGpus: true } },
      },
    });
  });

  test('emits neither plugin nor exporter', () => {
    expect(identities(manifestsOf(GpuPlatformMode.gpuOperator({})))).toEqual([
      expect.stringMatching(/^ConfigMap nvidia-dcgm-counters-/),
      'ClusterPolicy cluster-policy',
      'PrometheusRule nvidia-dcgm-rules',
    ]);
  });

  test('refuses a MIG strategy for some nodes', () => {
    const mode = GpuPlatformMode.gpuOperator({}, { configs: { a: { migStrategy: MigStrategy.NONE } } });
    expect(refusalOf({ mode })).toMatch(/configs\.a\.migStrategy: is "none".*\[operator-mig-strategy\]$/m);
  });

  test('refuses MPS together with its own strategy, which slices GPUs', () => {
    const configs = { a: { sharing: GpuSharing.mps({ replicas: 2 }) } };
    expect(refusalOf({ mode: GpuPlatformMode.gpuOperator({}, { configs }) })).toContain('[mps-with-mig]');
    const none = GpuPlatformMode.gpuOperator({ migStrategy: MigStrategy.NONE }, { configs });
    expect(() => platformWith({ mode: none })).not.toThrow();
  });

  test.each([
    ['no options', [null], 'options: is null'],
    ['no configurations', [{}, null], 'options: is null'],
    ['a property of another mode', [{}, { nodes: {} }], 'nodes: unknown property'],
    [
      'a misspelt strategy of a configuration',
      [{}, { configs: { a: { migstrategy: 'none' } } }],
      'did you mean "migStrategy"?',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(messageOf(() => (GpuPlatformMode.gpuOperator as (...all: unknown[]) => unknown)(...args))).toContain(
      message,
    );
  });

  test('refuses configurations without a default', () => {
    const mode = GpuPlatformMode.gpuOperator({}, { configs: { a: {}, b: {} } });
    expect(refusalOf({ mode })).toContain('[default-config-missing]');
  });

  test('offers placement by kind of GPU to stacks', () => {
    expect(platformWith({ mode: GpuPlatformMode.gpuOperator() }).placement).toBeDefined();
  });
});

describe('a managed platform', () => {
  test.each(Object.values(ManagedProvider))('installs nothing on %s', (provider) => {
    expect(manifestsOf(GpuPlatformMode.managed(provider))).toEqual([]);
    expect(exporterOf(GpuPlatformMode.managed(provider))).toBeUndefined();
  });

  test('adds an exporter on EKS, on nodes that AWS labels', () => {
    expect(nodeKeys(GpuPlatformMode.managed(ManagedProvider.EKS, { exporter: {} }))).toEqual([
      'eks.amazonaws.com/instance-gpu-manufacturer',
      'karpenter.k8s.aws/instance-gpu-manufacturer',
    ]);
  });

  test.each([ManagedProvider.GKE, ManagedProvider.AKS])('refuses a second exporter on %s', (provider) => {
    expect(refusalOf({ mode: GpuPlatformMode.managed(provider, { exporter: {} }) })).toMatch(/\[second-exporter\]$/m);
  });

  test('refuses nodes without an exporter', () => {
    const mode = GpuPlatformMode.managed(ManagedProvider.EKS, { nodes: GpuNodes.karpenterAws() });
    expect(refusalOf({ mode })).toMatch(/\[nodes-unused\]$/m);
  });

  test('offers tolerations and placement to stacks', () => {
    const aks = platformWith({ mode: GpuPlatformMode.managed(ManagedProvider.AKS) });
    expect(aks.tolerations).toEqual([{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }]);
    expect(aks.placement).toBeUndefined();
    const gke = platformWith({ mode: GpuPlatformMode.managed(ManagedProvider.GKE) });
    expect(gke.tolerations).toEqual([]);
    expect(gke.placement).toBeDefined();
  });

  test.each([
    ['an unknown provider', ['oke'], 'provider: is "oke"'],
    ['a configuration of the device plugin', [ManagedProvider.GKE, { config: {} }], 'config: unknown property'],
  ])('refuses %s', (_, args, message) => {
    expect(messageOf(() => (GpuPlatformMode.managed as (...all: unknown[]) => unknown)(...args))).toContain(message);
  });
});

describe('dynamic resource allocation', () => {
  const dra = (kubernetesVersion: string) => GpuPlatformMode.dra({ kubernetesVersion });

  test('adds an exporter that reads claims, on nodes with the labels that the driver needs', () => {
    expect(exporterOf(dra('1.34.2'))).toMatchObject({ sharing: { dra: true, virtualGpus: false } });
    expect(nodeKeys(dra('1.34.2'))).toHaveLength(3);
  });

  test.each(['1.33.9', '1.34.0', '1.34.1', 'v1.34.1'])('refuses Kubernetes %s', (version) => {
    expect(refusalOf({ mode: dra(version) })).toContain(
      `kubernetesVersion: is ${version}, and NVIDIA's DRA driver needs 1.34.2 or later`,
    );
  });

  test.each(['1.34.2', 'v1.35.0', '2.0.0'])('accepts Kubernetes %s', (version) => {
    expect(() => platformWith({ mode: dra(version) })).not.toThrow();
  });

  test('refuses a version without its patch release', () => {
    expect(messageOf(() => dra('1.34'))).toContain('give a version with its patch release, such as "1.34.2"');
  });

  test('refuses options of an exporter that is off', () => {
    const mode = GpuPlatformMode.dra({ kubernetesVersion: '1.35.0', exportMetrics: false, exporter: {} });
    expect(refusalOf({ mode })).toMatch(/\[exporter-off\]$/m);
  });

  test.each([
    ['an exporter on EKS', (nodes: GpuNodes) => GpuPlatformMode.managed(ManagedProvider.EKS, { exporter: {}, nodes })],
    ['an exporter for claims', (nodes: GpuNodes) => GpuPlatformMode.dra({ kubernetesVersion: '1.35.0', nodes })],
  ])('warns about a label that only the GPU Operator sets, for %s', (_, modeOn) => {
    const { findings } = platformWith({ mode: modeOn(GpuNodes.labelled({ 'nvidia.com/gpu.present': 'true' })) });
    expect(findings.map(({ id }) => id)).toContain('gpu-present-label');
  });

  test('reports where the driver comes from', () => {
    const { findings } = platformWith({ mode: dra('1.35.0') });
    expect(findings).toContainEqual(expect.objectContaining({ id: 'dra-driver', severity: 'notice' }));
  });
});
