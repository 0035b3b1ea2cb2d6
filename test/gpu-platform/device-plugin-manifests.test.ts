import { DeviceListStrategy, GpuNodes, GpuSharing, MigStrategy, TaintEffect } from '../../lib';
import type { DevicePluginConfig, DevicePluginOptions } from '../../lib';
import type { Manifest } from '../support/stack';
import {
  containerOf,
  identities,
  named,
  platformWith,
  pluginManifests,
  pluginMode,
  podOf,
  variableOf,
} from './platform';

const PLUGIN = 'nvidia-device-plugin';
const DISCOVERY = 'nvidia-gpu-feature-discovery';
const MPS = 'nvidia-mps-control-daemon';

const BY_LABEL: Partial<DevicePluginOptions> = { configs: { default: {}, mixed: { migStrategy: MigStrategy.MIXED } } };
const MPS_CONFIG: Partial<DevicePluginOptions> = { config: { sharing: GpuSharing.mps({ replicas: 2 }) } };

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const hostPaths = (pod: Manifest): string[] =>
  pod.volumes.flatMap(({ hostPath }: Manifest) => (hostPath ? [hostPath.path] : []));

test('no two kinds of objects share a name', () => {
  const names = pluginManifests({ ...BY_LABEL, featureDiscovery: true }).map(({ metadata }) => metadata.name);
  expect(new Set(names).size).toBe(names.length);
});

describe('the device plugin', () => {
  test('needs no permissions and no token with one configuration', () => {
    expect(identities(pluginManifests())).toEqual([
      'ServiceAccount nvidia-device-plugin-sa',
      'ConfigMap nvidia-device-plugin-configs',
      'DaemonSet nvidia-device-plugin',
    ]);
    expect(podOf(PLUGIN).automountServiceAccountToken).toBe(false);
    expect(podOf(PLUGIN).initContainers).toBeUndefined();
  });

  test('runs the pinned image, before everything else on a node', () => {
    expect(containerOf(PLUGIN).image).toBe('nvcr.io/nvidia/k8s-device-plugin:v0.20.0');
    expect(podOf(PLUGIN).priorityClassName).toBe('system-node-critical');
  });

  test('keeps the tag with a mirror', () => {
    const pod = podOf(PLUGIN, { repository: 'registry.example.com/plugin', imagePullSecrets: ['registry'] });
    expect(pod.containers[0].image).toBe('registry.example.com/plugin:v0.20.0');
    expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test('mounts the folder of sockets and nothing else of the node', () => {
    expect(hostPaths(podOf(PLUGIN))).toEqual(['/var/lib/kubelet/device-plugins']);
  });

  test('has a selector that no other DaemonSet has', () => {
    const selectorOf = (name: string) =>
      named(pluginManifests({ ...MPS_CONFIG, featureDiscovery: true }), 'DaemonSet', name).spec.selector.matchLabels;
    const selectors = [PLUGIN, MPS, DISCOVERY].map((name) => selectorOf(name)['app.kubernetes.io/name']);
    expect(selectors).toEqual([PLUGIN, MPS, DISCOVERY]);
  });

  test.each<[string, DevicePluginConfig, object]>([
    ['drops all capabilities', {}, { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }],
    ['may read the state of slices', { migStrategy: MigStrategy.MIXED }, { capabilities: { add: ['SYS_ADMIN'] } }],
    [
      'may see GPUs that the runtime takes from mounts',
      { deviceListStrategies: [DeviceListStrategy.VOLUME_MOUNTS] },
      { capabilities: { add: ['SYS_ADMIN'] } },
    ],
  ])('%s', (_, config, securityContext) => {
    expect(containerOf(PLUGIN, { config }).securityContext).toEqual(securityContext);
  });

  test('is privileged only to pass device nodes', () => {
    expect(containerOf(PLUGIN, { passDeviceSpecs: true }).securityContext).toEqual({ privileged: true });
    expect(variableOf(PLUGIN, 'PASS_DEVICE_SPECS', { passDeviceSpecs: true })).toBe('true');
    expect(variableOf(PLUGIN, 'PASS_DEVICE_SPECS')).toBeUndefined();
  });

  test('watches slices if a configuration may have some', () => {
    expect(variableOf(PLUGIN, 'NVIDIA_MIG_MONITOR_DEVICES', BY_LABEL)).toBe('all');
    expect(variableOf(PLUGIN, 'NVIDIA_MIG_MONITOR_DEVICES')).toBeUndefined();
  });

  test('writes CDI specifications if a configuration needs them', () => {
    const options = {
      config: { deviceListStrategies: [DeviceListStrategy.CDI_CRI] },
      cdi: { hookPath: '/usr/bin/nvidia-cdi-hook', featureFlags: ['a', 'b'] },
    };
    expect(hostPaths(podOf(PLUGIN, options))).toContain('/var/run/cdi');
    expect(variableOf(PLUGIN, 'NVIDIA_CDI_HOOK_PATH', options)).toBe('/usr/bin/nvidia-cdi-hook');
    expect(variableOf(PLUGIN, 'CDI_FEATURE_FLAGS', options)).toBe('a,b');
  });

  test('finds a driver that is in a container', () => {
    const options = { driverRoot: '/run/nvidia/driver' };
    expect(variableOf(PLUGIN, 'NVIDIA_DRIVER_ROOT', options)).toBe('/run/nvidia/driver');
    expect(hostPaths(podOf(PLUGIN, options))).toContain('/run/nvidia/driver');
    expect(containerOf(PLUGIN, options).volumeMounts).toContainEqual({
      name: 'driver-root',
      mountPath: '/driver-root',
      readOnly: true,
    });
  });

  test('runs with the runtime class that is set', () => {
    expect(podOf(PLUGIN, { runtimeClassName: 'nvidia' }).runtimeClassName).toBe('nvidia');
  });
});

describe('where it runs', () => {
  const termsOf = (nodes: GpuNodes) =>
    podOf(PLUGIN, { nodes }).affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;

  test('labels in one selection must all match', () => {
    expect(termsOf(GpuNodes.labelled({ pool: 'gpu', zone: 'a' }))).toEqual([
      {
        matchExpressions: [
          { key: 'pool', operator: 'In', values: ['gpu'] },
          { key: 'zone', operator: 'In', values: ['a'] },
        ],
      },
    ]);
  });

  test.each([
    ['node feature discovery, in each of its configurations', GpuNodes.nodeFeatureDiscovery(), 3],
    ['Karpenter on AWS', GpuNodes.karpenterAws(), 1],
    ['both kinds of AKS nodes', GpuNodes.aks(), 2],
    ['machines by type', GpuNodes.instanceTypes(['g6e.xlarge', 'p5.48xlarge']), 1],
  ])('%s', (_, nodes, alternatives) => {
    expect(termsOf(nodes)).toHaveLength(alternatives);
    expect(JSON.stringify(termsOf(nodes))).not.toContain('nvidia.com/gpu.present');
  });

  test('on every node, if that is set', () => {
    expect(podOf(PLUGIN, { nodes: GpuNodes.everyNode() }).affinity).toBeUndefined();
  });

  test('on nodes with the usual taint and with the taints that are set', () => {
    const tolerations = [{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }, { key: 'spot' }];
    expect(podOf(PLUGIN, { tolerations }).tolerations).toEqual([
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
      { key: 'spot', operator: 'Exists' },
    ]);
    expect(platformWith({ mode: pluginMode({ tolerations }) }).tolerations).toEqual(tolerations);
  });
});

describe('GPU feature discovery', () => {
  test('is privileged and gets the names of its pod and node', () => {
    const { securityContext, env } = containerOf(DISCOVERY, { featureDiscovery: true });
    expect(securityContext).toEqual({ privileged: true });
    const fields = env.slice(0, 3).map(({ name, valueFrom }: Manifest) => [name, valueFrom.fieldRef.fieldPath]);
    expect(Object.fromEntries(fields)).toEqual({
      NODE_NAME: 'spec.nodeName',
      NAMESPACE: 'metadata.namespace',
      POD_NAME: 'metadata.name',
    });
  });

  test('writes features of its own namespace only', () => {
    const manifests = pluginManifests({ featureDiscovery: true });
    expect(named(manifests, 'Role', `${DISCOVERY}-write`).rules).toEqual([
      {
        apiGroups: ['nfd.k8s-sigs.io'],
        resources: ['nodefeatures'],
        verbs: ['get', 'list', 'watch', 'create', 'update'],
      },
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    ]);
    expect(podOf(DISCOVERY, { featureDiscovery: true }).automountServiceAccountToken).toBe(true);
    expect(named(manifests, 'RoleBinding', `${DISCOVERY}-write-binding`).subjects[0].name).toBe(`${DISCOVERY}-sa`);
    expect(manifests.some(({ kind }) => kind === 'ClusterRole')).toBe(false);
  });

  test('makes placement by kind of GPU possible', () => {
    expect(platformWith({ mode: pluginMode({ featureDiscovery: true }) }).placement).toBeDefined();
    expect(platformWith().placement).toBeUndefined();
  });
});

describe('the control daemon of MPS', () => {
  test('is emitted with MPS only', () => {
    expect(identities(pluginManifests())).not.toContain(`DaemonSet ${MPS}`);
    expect(podOf(MPS, MPS_CONFIG).nodeSelector).toEqual({ 'nvidia.com/mps.capable': 'true' });
  });

  test('shares a folder of the node with the plugin', () => {
    const shared = ['/run/nvidia/mps', '/run/nvidia/mps/shm'];
    expect(hostPaths(podOf(MPS, MPS_CONFIG))).toEqual(shared);
    expect(hostPaths(podOf(PLUGIN, MPS_CONFIG))).toEqual(expect.arrayContaining(shared));
    expect(variableOf(PLUGIN, 'MPS_ROOT', MPS_CONFIG)).toBe('/run/nvidia/mps');
    for (const name of [MPS, PLUGIN]) {
      const paths = containerOf(name, MPS_CONFIG).volumeMounts.map(({ mountPath }: Manifest) => mountPath);
      expect(paths).toEqual(expect.arrayContaining(['/mps', '/dev/shm']));
    }
  });

  test('mounts shared memory before it starts and sees the processes of the node', () => {
    const { initContainers, hostPID, shareProcessNamespace } = podOf(MPS, MPS_CONFIG);
    expect(initContainers[0].command).toEqual(['/usr/bin/mps-control-daemon', 'mount-shm']);
    expect(initContainers[0].volumeMounts[0].mountPropagation).toBe('Bidirectional');
    // Kubernetes refuses a pod with both.
    expect([hostPID, shareProcessNamespace]).toEqual([true, undefined]);
  });
});
