import type { App } from 'cdk8s';
import { ApiObject, Chart, Testing } from 'cdk8s';
import type { GpuPlatformProps, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  GpuModel,
  GpuNodes,
  GpuPlatform,
  GpuPlatformMode,
  GpuSharing,
  ManagedProvider,
  MigLayout,
  MigStrategy,
  Model,
  Placement,
  TaintEffect,
  VllmInferenceStack,
  VllmVersion,
} from '../../lib';

type Props = Partial<VllmInferenceStackProps>;

/** A small model, which fits on every share and slice of the tests. */
const QWEN = Model.of('Qwen/Qwen2.5-0.5B-Instruct');

function appOf(mode: GpuPlatformMode, platform: Partial<GpuPlatformProps> = {}): { app: App; llm: Chart; own: Chart } {
  const app = Testing.app();
  const llm = new Chart(app, 'llm', { namespace: 'llm' });
  const own = new Chart(app, 'own', { namespace: 'gpu' });
  const gpu = new Chart(app, 'gpu', { namespace: 'gpu' });
  new GpuPlatform(gpu, 'Platform', { mode, monitoringLabels: {}, ...platform });
  return { app, llm, own };
}

const stackIn = (chart: Chart, props: Props) =>
  new VllmInferenceStack(chart, 'Stack', {
    name: 'vllm',
    model: QWEN,
    accelerator: Accelerator.gpu(GpuModel.L40S),
    ...props,
  });

/** Severity, id and text of what a synth finds beside the platform. */
function foundBy(app: App): string[] {
  const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const lines = (severity: string, text: string): string[] =>
    text
      .split('\n')
      .filter((line) =>
        /\[(platform-(claims|cloud|labels|resource|sharing|slices|taint)|second-gpu-program)\]$/.test(line),
      )
      .map((line) => `${severity} ${/\[([a-z-]+)\]$/.exec(line)?.[1]}: ${line}`);
  try {
    app.synthYaml();
    return printed.mock.calls.flatMap(([text]) => lines('warning', String(text)));
  } catch (error) {
    return lines('error', (error as Error).message);
  } finally {
    printed.mockRestore();
  }
}

function beside(mode: GpuPlatformMode, props: Props): string[] {
  const { app, llm } = appOf(mode);
  stackIn(llm, props);
  return foundBy(app);
}

const PRODUCT = Placement.nodeLabels({ 'nvidia.com/gpu.product': 'NVIDIA-L40S' });
const AMD = {
  vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
  accelerator: Accelerator.resource('amd.com/gpu', 1),
};
const ALL = GpuNodes.nodeFeatureDiscovery();
const POOL = GpuNodes.labelled({ pool: 'gpu' });
const sliced = (replicas: number, options: object = {}) =>
  GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas }], ...options });
const plugin = (config: object = {}, nodes = ALL) => GpuPlatformMode.devicePlugin({ nodes, config });
const sharing = (replicas: number, nodes = ALL) => plugin({ sharing: sliced(replicas) }, nodes);
const ALIKE = { renameByDefault: false };
const operator = (options: object = {}, configs: object = {}) => GpuPlatformMode.gpuOperator(options, configs);
const managed = (provider: ManagedProvider, options: object = {}) => GpuPlatformMode.managed(provider, options);
const DRA = GpuPlatformMode.dra({ kubernetesVersion: '1.34.2' });

const share = (sharers: number, resourceName?: string): Props => ({
  accelerator: Accelerator.shared(GpuModel.L40S, { sharers, ...(resourceName === undefined ? {} : { resourceName }) }),
  engine: { maxModelLen: 2048, maxNumSeqs: 16, gpuMemoryUtilization: Math.floor(90 / sharers) / 100 },
});
const slice = (profile: string, strategy = MigStrategy.MIXED, gpu = GpuModel.H100): Props => ({
  accelerator: Accelerator.mig(gpu, profile, { strategy }),
});
const WHOLE: Props = {};
const CLAIM: Props = { accelerator: Accelerator.claim(GpuModel.H100) };
const BALANCED = { migLayouts: [MigLayout.uniform(GpuModel.H100, '3g.40gb')] };

describe('a stack beside the platform of its app', () => {
  it.each<[string, GpuPlatformMode, Props, string, string]>([
    [
      'a share where no GPU is shared',
      plugin(),
      share(4),
      'error platform-resource',
      "{ name: 'nvidia.com/gpu', replicas: 4 }",
    ],
    [
      'a share under another name',
      plugin({ sharing: sliced(4, ALIKE) }),
      share(4),
      'error platform-resource',
      "set resourceName of Accelerator.shared to 'nvidia.com/gpu'",
    ],
    [
      'a share for fewer pods than share the GPU',
      sharing(8),
      share(4),
      'error platform-sharing',
      'lets 8 share one: their engines need more memory',
    ],
    [
      'a share of MPS for fewer pods',
      plugin({ sharing: GpuSharing.mps({ replicas: 6 }) }),
      share(3),
      'error platform-sharing',
      'lets 6 share one',
    ],
    [
      'a share for more pods than share the GPU',
      sharing(2),
      share(4),
      'warning platform-sharing',
      'a part of its memory stays unused',
    ],
    [
      'a share that is a whole GPU',
      plugin(),
      share(2, 'nvidia.com/gpu'),
      'warning platform-sharing',
      'offers whole GPUs under this name',
    ],
    [
      'a whole GPU where all are shared',
      sharing(2),
      WHOLE,
      'error platform-resource',
      'use Accelerator.shared(GpuModel.L40S, { sharers: 2 })',
    ],
    [
      'a whole GPU that is a share',
      plugin({ sharing: sliced(2, ALIKE) }),
      WHOLE,
      'error platform-sharing',
      '2 pods would get the same GPU',
    ],
    ['a slice where no GPU is sliced', plugin(), slice('1g.10gb'), 'error platform-resource', 'to MigStrategy.MIXED'],
    [
      'a slice of the other strategy',
      plugin({ migStrategy: MigStrategy.SINGLE }),
      slice('1g.10gb'),
      'error platform-resource',
      'strategy: MigStrategy.SINGLE',
    ],
    [
      'a slice of the strategy single where it is mixed',
      operator(),
      slice('1g.10gb', MigStrategy.SINGLE),
      'warning platform-slices',
      'is mixed, with which that is a whole GPU',
    ],
    [
      'a slice that is shared',
      plugin({
        migStrategy: MigStrategy.MIXED,
        sharing: GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/mig-1g.10gb', replicas: 2 }] }),
      }),
      slice('1g.10gb'),
      'error platform-resource',
      'nvidia.com/mig-1g.10gb',
    ],
    [
      'a slice that no layout makes',
      operator(BALANCED),
      slice('1g.10gb'),
      'error platform-slices',
      'make only 3g.40gb',
    ],
    [
      'a slice of a GPU that no layout is for',
      operator(BALANCED),
      slice('1g.10gb', MigStrategy.MIXED, GpuModel.A100_80GB),
      'error platform-slices',
      'make no slices',
    ],
    [
      'a slice where all layouts switch MIG off',
      operator({ migLayouts: [MigLayout.disabled()] }),
      slice('1g.10gb'),
      'error platform-slices',
      'make no slices',
    ],
    [
      'a claim beside the device plugin',
      plugin(),
      CLAIM,
      'error platform-claims',
      'runs the device plugin on all GPU nodes',
    ],
    ['a GPU where pods claim them', DRA, WHOLE, 'warning platform-claims', 'use Accelerator.claim'],
    [
      'a slice where pods claim them',
      DRA,
      slice('1g.10gb'),
      'warning platform-claims',
      'requests nvidia.com/mig-1g.10gb',
    ],
    [
      'a slice by its name on GKE',
      managed(ManagedProvider.GKE),
      slice('1g.10gb'),
      'error platform-resource',
      'strategy: MigStrategy.SINGLE',
    ],
    [
      'a share by its name on GKE',
      managed(ManagedProvider.GKE),
      share(4),
      'error platform-resource',
      'nvidia.com/gpu.shared',
    ],
    [
      'a placement of AWS on GKE',
      managed(ManagedProvider.GKE),
      { placement: Placement.eksAutoMode() },
      'warning platform-cloud',
      'selects nodes of AWS',
    ],
    [
      'a placement of GKE on AWS',
      managed(ManagedProvider.EKS),
      { placement: Placement.gke(), accelerator: Accelerator.gpu(GpuModel.L4) },
      'warning platform-cloud',
      'is for AWS',
    ],
    [
      'a placement of GKE beside nodes of Karpenter',
      plugin({}, GpuNodes.karpenterAws()),
      { placement: Placement.gke(), accelerator: Accelerator.gpu(GpuModel.L4) },
      'warning platform-cloud',
      'is for AWS',
    ],
    [
      'a placement of AWS beside nodes of AKS',
      plugin({}, GpuNodes.aks()),
      { placement: Placement.karpenterAws() },
      'warning platform-cloud',
      'is for Azure',
    ],
    [
      'labels of GPU feature discovery without it',
      plugin(),
      { placement: PRODUCT },
      'warning platform-labels',
      'set featureDiscovery: true',
    ],
    [
      'labels of GPU feature discovery on GKE',
      managed(ManagedProvider.GKE),
      { placement: PRODUCT },
      'warning platform-labels',
      'nvidia.com/gpu.product',
    ],
    ['a share where some nodes share none', plugin({}, POOL), share(4), 'warning platform-resource', 'stay Pending'],
    [
      'a share for fewer pods on some nodes',
      sharing(8, POOL),
      share(4),
      'warning platform-sharing',
      'lets 8 share one',
    ],
    [
      'a GPU that may be a share on some nodes',
      operator({}, { configs: { whole: {}, shared: { sharing: sliced(2, ALIKE) } }, defaultConfig: 'whole' }),
      WHOLE,
      'warning platform-sharing',
      '2 pods would get the same GPU',
    ],
  ])('reports %s', (_, mode, props, what, text) => {
    const found = beside(mode, props);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${what}:`));
    expect(found[0]).toContain(text);
  });

  it('warns about a taint that the pods do not tolerate', () => {
    const tolerations = [{ key: 'team', value: 'ml', effect: TaintEffect.NO_SCHEDULE }];
    const mode = GpuPlatformMode.devicePlugin({ nodes: ALL, tolerations });
    expect(beside(mode, WHOLE)).toEqual([expect.stringContaining('warning platform-taint')]);
    expect(beside(mode, { tolerations })).toEqual([]);
    expect(beside(mode, { tolerations: [{ key: 'team' }] })).toEqual([]);
    const podTemplateOverrides = { spec: { tolerations: [{ operator: 'Exists' }] } };
    expect(beside(mode, { podTemplateOverrides })).toEqual([]);
  });

  it.each<[string, GpuPlatformMode, Props]>([
    ['a whole GPU beside whole GPUs', plugin(), WHOLE],
    ['a share for as many pods', sharing(4), share(4)],
    ['a share under the name of whole GPUs', plugin({ sharing: sliced(4, ALIKE) }), share(4, 'nvidia.com/gpu')],
    [
      'a share of one of several configurations',
      operator(
        {},
        { configs: { whole: {}, four: { sharing: sliced(4) }, two: { sharing: sliced(2) } }, defaultConfig: 'whole' },
      ),
      share(4),
    ],
    [
      'a whole GPU beside shares with a name of their own',
      operator({}, { configs: { whole: {}, four: { sharing: sliced(4) } }, defaultConfig: 'whole' }),
      WHOLE,
    ],
    ['a slice of a layout', operator(BALANCED), slice('3g.40gb')],
    ['a slice of the generated layouts', operator(), slice('1g.10gb')],
    ['a whole GPU beside layouts, which only labelled nodes have', operator(BALANCED), WHOLE],
    [
      'a slice of the strategy single',
      operator({ migStrategy: MigStrategy.SINGLE }),
      { ...slice('1g.10gb', MigStrategy.SINGLE), placement: Placement.gpuFeatureDiscovery() },
    ],
    [
      'a slice on GKE',
      managed(ManagedProvider.GKE),
      { ...slice('1g.10gb', MigStrategy.SINGLE), placement: Placement.gke() },
    ],
    [
      'a share on GKE',
      managed(ManagedProvider.GKE),
      {
        ...share(4, 'nvidia.com/gpu'),
        accelerator: Accelerator.shared(GpuModel.L4, { sharers: 4, resourceName: 'nvidia.com/gpu' }),
        placement: Placement.gke(),
      },
    ],
    ['a share on EKS, where the node image shares', managed(ManagedProvider.EKS), share(4)],
    ['a claim beside Dynamic Resource Allocation', DRA, CLAIM],
    ['a claim beside a plugin on some nodes', plugin({}, POOL), CLAIM],
    ['a claim beside the operator, which may leave out nodes', operator(), CLAIM],
    ['a claim on GKE', managed(ManagedProvider.GKE), CLAIM],
    ['GPUs of another vendor', plugin(), AMD],
    ['a placement by instance type', plugin(), { placement: Placement.instanceTypes(['g6e.xlarge']) }],
    [
      'pods on nodes that are not of the platform',
      sharing(2, GpuNodes.labelled({ pool: 'shared' })),
      { placement: Placement.nodeLabels({ pool: 'whole' }) },
    ],
    [
      'labels of GPU feature discovery with it',
      GpuPlatformMode.devicePlugin({ nodes: ALL, featureDiscovery: true }),
      { placement: PRODUCT },
    ],
    ['AKS without the taint of its documentation', managed(ManagedProvider.AKS), WHOLE],
  ])('accepts %s', (_, mode, props) => {
    expect(beside(mode, props)).toEqual([]);
  });

  it('is not compared with anything where the app has no platform', () => {
    const app = Testing.app();
    stackIn(new Chart(app, 'llm', { namespace: 'llm' }), share(4));
    expect(foundBy(app)).toEqual([]);
  });

  it('acknowledges a warning in the stack', () => {
    const acknowledge = { 'platform-cloud': 'the stack runs in a second cluster' };
    expect(beside(managed(ManagedProvider.GKE), { placement: Placement.eksAutoMode(), acknowledge })).toEqual([]);
  });
});

const daemon = (image: string, spec: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'own' },
  spec: { template: { spec: { containers: [{ name: 'main', image, ...container }], ...spec } } },
});
const policy = (spec: object = {}) => ({
  apiVersion: 'nvidia.com/v1',
  kind: 'ClusterPolicy',
  metadata: { name: 'own' },
  spec,
});
const flux = (chart: string, values: object = {}) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'own' },
  spec: { chart: { spec: { chart } }, values },
});
const argo = (chart: string, valuesObject: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'own' },
  spec: { source: { chart, helm: { valuesObject } } },
});
const PLUGIN_IMAGE = 'nvcr.io/nvidia/k8s-device-plugin:v0.17.0';
const EXPORTER_IMAGE = 'nvcr.io/nvidia/k8s/dcgm-exporter:4.2.0-4.1.0-ubuntu22.04';
const DISCOVERY = { command: ['gpu-feature-discovery'] };

function withObject(mode: GpuPlatformMode, object: object, platform: Partial<GpuPlatformProps> = {}): string[] {
  const { app, own } = appOf(mode, platform);
  new ApiObject(own, 'Own', object as ConstructorParameters<typeof ApiObject>[2]);
  return foundBy(app);
}

describe('an object beside the platform', () => {
  it.each<[string, GpuPlatformMode, object, string]>([
    [
      'a second device plugin',
      plugin(),
      daemon(PLUGIN_IMAGE),
      "gpu/Platform: DaemonSet own/Own: runs NVIDIA's device plugin",
    ],
    ['a second device plugin beside the operator', operator(), daemon(PLUGIN_IMAGE), 'error second'],
    ['a device plugin from Docker Hub', plugin(), daemon('nvidia/k8s-device-plugin:1.0.0-beta6'), 'error second'],
    [
      'the device plugin of GKE beside that of GKE',
      managed(ManagedProvider.GKE),
      daemon('gke.gcr.io/nvidia-gpu-device-plugin@sha256:abc'),
      'as the provider does',
    ],
    ['a device plugin on EKS Auto Mode', managed(ManagedProvider.EKS), daemon(PLUGIN_IMAGE), 'error second'],
    [
      'a device plugin on nodes of a label',
      plugin(),
      daemon(PLUGIN_IMAGE, { nodeSelector: { pool: 'old' } }),
      'warning second',
    ],
    ['a second exporter', plugin(), daemon(EXPORTER_IMAGE), 'the DCGM exporter'],
    [
      'an exporter of a mirror beside the operator',
      operator(),
      daemon('registry.example.com/mirror/dcgm-exporter:4'),
      'error second',
    ],
    ['a second feature discovery', operator(), daemon(PLUGIN_IMAGE, {}, DISCOVERY), 'GPU feature discovery'],
    [
      'a second MIG manager',
      operator(),
      daemon('nvcr.io/nvidia/cloud-native/k8s-mig-manager:v0.12.1'),
      'the MIG manager',
    ],
    [
      'the DRA driver beside the device plugin',
      plugin(),
      daemon('nvcr.io/nvidia/k8s-dra-driver-gpu:v25.3.2'),
      'warning second',
    ],
    ['the device plugin beside Dynamic Resource Allocation', DRA, daemon(PLUGIN_IMAGE), 'warning second'],
    ['a second ClusterPolicy', operator(), policy(), 'ignores one of them'],
    ['a ClusterPolicy beside the device plugin', plugin(), policy(), 'error second'],
    [
      "the operator's chart with a ClusterPolicy",
      operator(),
      flux('gpu-operator'),
      'set clusterPolicy.deployCR: false',
    ],
    [
      "the operator's chart beside the device plugin",
      plugin(),
      argo('gpu-operator'),
      'use GpuPlatformMode.gpuOperator',
    ],
    ['the chart of the device plugin', plugin(), argo('nvidia-device-plugin'), 'warning second'],
    ['the chart of the exporter beside the operator', operator(), flux('dcgm-exporter'), 'warning second'],
  ])('reports %s', (_, mode, object, text) => {
    expect(withObject(mode, object)).toEqual([expect.stringContaining(text)]);
  });

  it.each<[string, GpuPlatformMode, object]>([
    ["AMD's device plugin", plugin(), daemon('docker.io/rocm/k8s-device-plugin:1.31.0')],
    ['the exporter of AMD', plugin(), daemon('docker.io/rocm/device-metrics-exporter:v1.3.0')],
    ['a node exporter', plugin(), daemon('quay.io/prometheus/node-exporter:v1.8.2')],
    [
      'an exporter where the platform has none',
      GpuPlatformMode.devicePlugin({ nodes: ALL, exportMetrics: false }),
      daemon(EXPORTER_IMAGE),
    ],
    ['an exporter of its own on GKE', managed(ManagedProvider.GKE), daemon(EXPORTER_IMAGE)],
    ['feature discovery beside a plugin without it', plugin(), daemon(PLUGIN_IMAGE, {}, DISCOVERY)],
    [
      'the DRA driver beside Dynamic Resource Allocation',
      DRA,
      daemon('registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu:v0.4.1'),
    ],
    [
      "the operator's chart without a ClusterPolicy",
      operator(),
      flux('gpu-operator', { clusterPolicy: { deployCR: false } }),
    ],
    [
      "the operator's chart for drivers only",
      plugin(),
      argo('gpu-operator', { devicePlugin: { enabled: false }, dcgmExporter: { enabled: false } }),
    ],
    ['an application without a chart', plugin(), { ...argo('x'), spec: { source: { path: 'apps/gpu' } } }],
    [
      'a ClusterPolicy of Kyverno',
      plugin(),
      { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'own' }, spec: {} },
    ],
  ])('accepts %s', (_, mode, object) => {
    expect(withObject(mode, object)).toEqual([]);
  });

  it('acknowledges a warning in the platform', () => {
    const acknowledge = { 'second-gpu-program': 'on the old pool until July' };
    const own = daemon(PLUGIN_IMAGE, { nodeSelector: { pool: 'old' } });
    expect(withObject(plugin(), own, { acknowledge })).toEqual([]);
  });

  it('refuses nothing that the platform and the stacks emit themselves', () => {
    for (const mode of [plugin(), operator(), DRA, managed(ManagedProvider.EKS, { exporter: {} })]) {
      expect(foundBy(appOf(mode).app)).toEqual([]);
    }
  });
});
