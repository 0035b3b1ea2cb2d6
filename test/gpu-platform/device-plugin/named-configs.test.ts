import { GpuSharing, MigStrategy } from '../../../lib';
import type { DevicePluginOptions } from '../../../lib';
import type { Manifest } from '../../support/stack';
import { containerOf, named, pluginManifests, podOf } from '../platform';

const PLUGIN = 'nvidia-device-plugin';
const DISCOVERY = 'nvidia-gpu-feature-discovery';
const MPS = 'nvidia-mps-control-daemon';

const BY_LABEL: Partial<DevicePluginOptions> = { configs: { default: {}, mixed: { migStrategy: MigStrategy.MIXED } } };

/** Variables of config-manager (NVIDIA/k8s-device-plugin cmd/config-manager/main.go): which file, and of which node. */
const READ = {
  KUBECONFIG: '',
  NODE_NAME: 'spec.nodeName',
  NODE_LABEL: 'nvidia.com/device-plugin.config',
  CONFIG_FILE_SRCDIR: '/available-configs',
  CONFIG_FILE_DST: '/config/config.yaml',
  DEFAULT_CONFIG: 'default',
  FALLBACK_STRATEGIES: 'named,single',
};

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const helper = (kind: 'initContainers' | 'containers'): Manifest =>
  podOf(PLUGIN, BY_LABEL)[kind].find(({ command }: Manifest) => command[0] === 'config-manager');
const variables = ({ env }: Manifest): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value, valueFrom }: Manifest) => [name, value ?? valueFrom.fieldRef.fieldPath]));

describe('configurations by name', () => {
  test('are keys of one ConfigMap', () => {
    const { data } = named(pluginManifests(BY_LABEL), 'ConfigMap', 'nvidia-device-plugin-configs');
    expect(Object.keys(data)).toEqual(['default', 'mixed']);
  });

  test('are selected by a label of the node, which the account may read', () => {
    const manifests = pluginManifests(BY_LABEL);
    expect(named(manifests, 'ClusterRole', `${PLUGIN}-read`).rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(named(manifests, 'ClusterRoleBinding', `${PLUGIN}-read-binding`).subjects).toEqual([
      { kind: 'ServiceAccount', name: `${PLUGIN}-sa`, namespace: 'gpu' },
    ]);
    expect(podOf(PLUGIN, BY_LABEL).automountServiceAccountToken).toBe(true);
  });

  test('are written before the plugin starts', () => {
    expect(variables(helper('initContainers'))).toEqual({
      ...READ,
      ONESHOT: 'true',
      SEND_SIGNAL: 'false',
      SIGNAL: '',
      PROCESS_TO_SIGNAL: '',
    });
  });

  describe.each([PLUGIN, DISCOVERY, MPS])('of %s', (name) => {
    const configs = { default: {}, shared: { sharing: GpuSharing.mps({ replicas: 2 }) } };
    const containers = (): Manifest[] => podOf(name, { configs, featureDiscovery: true }).containers;
    const mounts = ({ volumeMounts }: Manifest): Record<string, string> =>
      Object.fromEntries(volumeMounts.map((each: Manifest) => [each.mountPath, each.name]));

    test('are read through the link that the helper makes', () => {
      const [main, sidecar] = containers();
      const { CONFIG_FILE_SRCDIR: folder = '' } = variables(sidecar);
      expect(mounts(main)[folder]).toBe('available-configs');
      expect(mounts(sidecar)[folder]).toBe('available-configs');
      expect(variables(main).CONFIG_FILE).toBe(variables(sidecar).CONFIG_FILE_DST);
      expect(mounts(main)['/config']).toBe(mounts(sidecar)['/config']);
    });

    test('are signalled to the process by the exact name of its command', () => {
      const [main, sidecar] = containers();
      expect(main.command[0]).toBe(variables(sidecar).PROCESS_TO_SIGNAL);
    });
  });

  test('change without a restart: a helper signals the plugin, and may find its process', () => {
    const sidecar = helper('containers');
    const told = { SEND_SIGNAL: 'true', SIGNAL: '1', PROCESS_TO_SIGNAL: 'nvidia-device-plugin' };
    expect(variables(sidecar)).toEqual({ ...READ, ONESHOT: 'false', ...told });
    expect(sidecar.securityContext).toEqual(containerOf(PLUGIN, BY_LABEL).securityContext);
    expect(podOf(PLUGIN, BY_LABEL).shareProcessNamespace).toBe(true);
  });
});
