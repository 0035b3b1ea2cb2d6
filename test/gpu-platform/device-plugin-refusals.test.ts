import { DeviceListStrategy, FindingSeverity, GpuNodes, GpuSharing, MigStrategy } from '../../lib';
import { SharedDevicesAllocationPolicy } from '../../lib';
import { messageOf } from '../support/scaling';
import { configLines, modeRefusal, pluginFindings, refusalOf, pluginMode } from './platform';

const { ERROR, NOTICE, WARNING } = FindingSeverity;
const share = (name = 'nvidia.com/gpu', replicas = 4) => GpuSharing.timeSlicing({ resources: [{ name, replicas }] });

describe('options', () => {
  test.each([
    ['missing nodes', { nodes: undefined }, 'nodes: is required and was not given'],
    ['nodes as labels', { nodes: { pool: 'gpu' } }, 'nodes: is an object|nodes: is \\{"pool":"gpu"\\}'],
    ['a misspelt property', { featureDiscovry: true }, 'did you mean "featureDiscovery"'],
    ['an unknown MIG strategy', { config: { migStrategy: 'dual' } }, 'config.migStrategy: is "dual"'],
    ['an unknown device list', { config: { deviceListStrategies: ['cdi'] } }, 'deviceListStrategies\\[0\\]: is "cdi"'],
    ['an empty device list', { config: { deviceListStrategies: [] } }, 'deviceListStrategies: is \\[\\]'],
    ['a device list with a duplicate', { config: { deviceListStrategies: ['envvar', 'envvar'] } }, 'each once'],
    ['an unknown id strategy', { config: { deviceIdStrategy: 'serial' } }, 'deviceIdStrategy: is "serial"'],
    ['an unknown policy', { config: { sharedDevicesAllocationPolicy: 'spread' } }, 'is "spread"'],
    ['sharing as an object', { config: { sharing: { mps: {} } } }, 'config.sharing: is'],
    ['a relative driver root', { driverRoot: 'run/nvidia' }, 'driverRoot: is "run/nvidia"'],
    ['a tag in the repository', { repository: 'registry/plugin:v1' }, 'repository: is "registry/plugin:v1"'],
    ['a digest in the repository', { repository: 'plugin@sha256:0a' }, 'repository: is "plugin@sha256:0a"'],
    ['a repository in capitals', { repository: 'Registry/Plugin' }, 'repository: is "Registry/Plugin"'],
    ['a repository with an empty part', { repository: 'registry//plugin' }, 'repository: is "registry//plugin"'],
    ['two CDI feature flags as one', { cdi: { featureFlags: ['a,b'] } }, 'cdi.featureFlags\\[0\\]: is "a,b"'],
    ['one pull secret twice', { imagePullSecrets: ['a', 'a'] }, 'imagePullSecrets: is \\["a","a"\\]'],
    ['a bad runtime class', { runtimeClassName: 'NVIDIA' }, 'runtimeClassName: is "NVIDIA"'],
    ['a toleration without key', { tolerations: [{ value: 'gpu' }] }, 'tolerations\\[0\\].key: is required'],
    ['a string for a boolean', { featureDiscovery: 'yes' }, 'featureDiscovery: is "yes"'],
  ])('refuses %s', (_, options, message) => {
    expect(modeRefusal(options)).toMatch(new RegExp(message));
  });

  test('refuses several mistakes with one error', () => {
    const message = modeRefusal({ nodes: undefined, featureDiscovery: 1, driverRoot: '' });
    expect(message).toContain('GpuPlatformMode.devicePlugin has 3 problems');
  });
});

describe('sharing', () => {
  test.each([
    ['fewer than two replicas', () => share('nvidia.com/gpu', 1), 'replicas: is 1; give a whole number of at least 2'],
    ['half a replica', () => share('nvidia.com/gpu', 2.5), 'replicas: is 2.5'],
    ['no resources', () => GpuSharing.timeSlicing({ resources: [] }), 'resources: is []'],
    ['replicas as text', () => share('nvidia.com/gpu', '2' as never), 'replicas: is "2"'],
    ['endless replicas', () => share('nvidia.com/gpu', Infinity), 'replicas: is Infinity'],
    ['the prefix twice', () => share('nvidia.com/nvidia.com/gpu'), 'is "nvidia.com/nvidia.com/gpu"'],
    ['a name of 64 characters', () => share('a'.repeat(64)), 'resources[0].name: is "a'],
    ['an empty name', () => share(''), 'resources[0].name: is ""'],
    ['no options', () => GpuSharing.timeSlicing(undefined as never), 'is required and was not given'],
    ['a number for MPS', () => GpuSharing.mps(4 as never), 'options: is 4'],
    ['a resource of another vendor', () => share('amd.com/gpu'), 'is "amd.com/gpu"'],
    ['a name that the plugin does not offer', () => share('nvidia.com/h100'), 'the only names that the plugin offers'],
    ['a share of a share', () => share('nvidia.com/gpu.shared'), 'is "nvidia.com/gpu.shared"'],
    ['MPS for one', () => GpuSharing.mps({ replicas: 1 }), 'replicas: is 1'],
    ['turning off what MPS always does', () => GpuSharing.mps({ replicas: 2, failRequestsGreaterThanOne: false } as never), 'unknown property'], // prettier-ignore
  ])('refuses %s', (_, call, message) => {
    expect(messageOf(call)).toContain(message);
  });

  test('refuses one resource twice, with and without its prefix', () => {
    const resources = ['gpu', 'nvidia.com/gpu'].map((name) => ({ name, replicas: 2 }));
    expect(messageOf(() => GpuSharing.timeSlicing({ resources }))).toContain(
      'resources[1]: shares nvidia.com/gpu, as an earlier one does; keep one of them [shared-twice]',
    );
  });

  test.each([MigStrategy.MIXED, MigStrategy.SINGLE])('refuses MPS under the MIG strategy %s', (migStrategy) => {
    expect(configLines({ migStrategy, sharing: GpuSharing.mps({ replicas: 2 }) }, ERROR)).toEqual([
      `config.migStrategy: is "${migStrategy}" together with MPS, which the plugin refuses: MPS shares whole GPUs only; use MigStrategy.NONE, or time slicing [mps-with-mig]`,
    ]);
  });

  test.each([MigStrategy.NONE, MigStrategy.SINGLE])(
    'refuses shares of a slice under the MIG strategy %s',
    (migStrategy) => {
      expect(configLines({ migStrategy, sharing: share('nvidia.com/mig-1g.10gb') }, ERROR)).toEqual([
        expect.stringContaining(
          `shares nvidia.com/mig-1g.10gb, which the MIG strategy "${migStrategy}" does not offer`,
        ),
      ]);
    },
  );

  test('accepts shares of a slice under the mixed strategy', () => {
    expect(configLines({ migStrategy: MigStrategy.MIXED, sharing: share('nvidia.com/mig-1g.10gb') }, ERROR)).toEqual(
      [],
    );
  });

  test('warns about shares under the name of whole GPUs', () => {
    const sharing = GpuSharing.timeSlicing({ resources: [{ name: 'gpu', replicas: 2 }], renameByDefault: false });
    expect(configLines({ sharing }, WARNING)).toEqual([expect.stringMatching(/\[shares-look-like-gpus\]$/)]);
  });

  test('warns about requests for several shares', () => {
    const resources = [{ name: 'gpu', replicas: 2 }];
    const sharing = GpuSharing.timeSlicing({ resources, failRequestsGreaterThanOne: false });
    expect(configLines({ sharing }, WARNING)).toEqual([expect.stringMatching(/\[several-shares\]$/)]);
  });

  test('reports the part of the memory for each engine', () => {
    expect(configLines({ sharing: share('gpu', 4) }, NOTICE).join()).toContain('below 0.24 each');
  });
});

describe('configurations by name', () => {
  test.each([
    ['none', { configs: {} }, 'configs: is {}; add a configuration'],
    ['a name that is not a label value', { configs: { 'a b': {} } }, 'is not a valid node label value: "a b"'],
    ['several without a default', { configs: { a: {}, b: {} } }, 'defaultConfig: is required with 2 configurations'],
    [
      'an unknown default',
      { configs: { shared: {} }, defaultConfig: 'sharde' },
      'is "sharde" (did you mean "shared"?)',
    ],
    ['a default without configurations', { defaultConfig: 'a' }, 'is "a", but configs is unset'],
    ['config together with configs', { config: {}, configs: { a: {} } }, 'config: is set together with configs'],
  ])('refuses %s', (_, options, message) => {
    expect(pluginFindings(options, ERROR)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['named', { default: {}, b: {} }],
    ['the only one', { a: {} }],
  ])('accepts a default that is %s', (_, configs) => {
    expect(pluginFindings({ configs }, ERROR)).toEqual([]);
  });

  test('names the configuration with the problem', () => {
    const configs = { default: {}, mig: { migStrategy: MigStrategy.SINGLE } };
    expect(pluginFindings({ configs }, WARNING)).toEqual([
      expect.stringMatching(/^configs\.mig\.migStrategy: .*\[mig-single\]$/),
    ]);
  });
});

describe('other parts of the cluster', () => {
  test.each([
    [GpuNodes.labelled({ 'cloud.google.com/gke-nodepool': 'gpu' }), 'ManagedProvider.GKE'],
    [GpuNodes.labelled({ 'eks.amazonaws.com/instance-gpu-name': 'l4' }), 'ManagedProvider.EKS'],
  ])('refuses nodes that already have a device plugin', (nodes, fix) => {
    expect(pluginFindings({ nodes }, ERROR)).toEqual([expect.stringContaining(`use GpuPlatformMode.managed(${fix})`)]);
  });

  test('accepts nodes of GKE without Google’s device plugin', () => {
    const labels = { 'cloud.google.com/gke-nodepool': 'gpu', 'gke-no-default-nvidia-gpu-device-plugin': 'true' };
    expect(pluginFindings({ nodes: GpuNodes.labelled(labels) }, ERROR)).toEqual([]);
  });

  test('warns about a label that only the GPU Operator sets', () => {
    const nodes = GpuNodes.labelled({ 'nvidia.com/gpu.present': 'true' });
    expect(pluginFindings({ nodes }, WARNING)).toEqual([expect.stringMatching(/\[gpu-present-label\]$/)]);
  });

  test('warns that GPU feature discovery needs node feature discovery, unless it selects the nodes', () => {
    expect(pluginFindings({ featureDiscovery: true }, WARNING)).toEqual([
      expect.stringMatching(/\[needs-node-feature-discovery\]$/),
    ]);
    const nodes = GpuNodes.nodeFeatureDiscovery();
    expect(pluginFindings({ nodes, featureDiscovery: true }, WARNING)).toEqual([]);
  });

  test('warns about MPS without GPU feature discovery, which selects nodes for the control daemon', () => {
    const config = { sharing: GpuSharing.mps({ replicas: 2 }) };
    expect(pluginFindings({ config }, WARNING)).toEqual([expect.stringMatching(/\[mps-needs-feature-discovery\]$/)]);
  });

  test('refuses CDI options without a CDI strategy', () => {
    const cdi = { featureFlags: ['x'] };
    expect(pluginFindings({ cdi }, ERROR)).toEqual([expect.stringMatching(/\[cdi-unused\]$/)]);
    const config = { deviceListStrategies: [DeviceListStrategy.CDI_CRI] };
    expect(pluginFindings({ cdi, config }, ERROR)).toEqual([]);
  });

  test('refuses options of an exporter that is off', () => {
    expect(pluginFindings({ exportMetrics: false, exporter: {} }, ERROR)).toEqual([
      'exporter: is set, but exportMetrics is false; remove it, or set exportMetrics: true [exporter-off]',
    ]);
  });

  test('warns about an allocation policy without shares or slices', () => {
    const sharedDevicesAllocationPolicy = SharedDevicesAllocationPolicy.PACKED;
    expect(configLines({ sharedDevicesAllocationPolicy }, WARNING)).toEqual([
      expect.stringMatching(/\[allocation-policy-unused\]$/),
    ]);
    expect(configLines({ sharedDevicesAllocationPolicy, sharing: share() }, WARNING)).toEqual([]);
  });

  test('reports that an image can request every GPU, if it can', () => {
    const ids = (deviceListStrategies?: DeviceListStrategy[]) => configLines({ deviceListStrategies }, NOTICE);
    expect(ids()).toEqual([expect.stringMatching(/\[visible-devices\]$/)]);
    expect(ids([DeviceListStrategy.VOLUME_MOUNTS])).toEqual([]);
  });
});

test('a platform reports all findings in one error', () => {
  const config = { migStrategy: MigStrategy.MIXED, sharing: GpuSharing.mps({ replicas: 2 }) };
  const message = refusalOf({ namespace: 'default', mode: pluginMode({ config, cdi: {} }) });
  expect(message).toMatch(/^GpuPlatform "test\/Gpu" has 3 problems:/);
  expect(message.match(/\[[a-z-]+\]$/gm)).toEqual(['[namespace-default]', '[mps-with-mig]', '[cdi-unused]']);
});
