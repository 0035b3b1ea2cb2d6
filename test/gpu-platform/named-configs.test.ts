import { GpuSharing, MigStrategy } from '../../lib';
import type { DevicePluginOptions } from '../../lib';
import type { Manifest } from '../support/stack';
import { containerOf, named, pluginManifests, podOf } from './platform';

const PLUGIN = 'nvidia-device-plugin';
const DISCOVERY = 'nvidia-gpu-feature-discovery';
const MPS = 'nvidia-mps-control-daemon';

const BY_LABEL: Partial<DevicePluginOptions> = { configs: { default: {}, mixed: { migStrategy: MigStrategy.MIXED } } };

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const helper = (kind: 'initContainers' | 'containers'): Manifest =>
  podOf(PLUGIN, BY_LABEL)[kind].find(({ command }: Manifest) => command[0] === 'config-manager');
const valueOf = (container: Manifest, name: string): string =>
  container.env.find((each: Manifest) => each.name === name)?.value;

describe('configurations by name', () => {
  test('are keys of one ConfigMap', () => {
    const { data } = named(pluginManifests(BY_LABEL), 'ConfigMap', 'nvidia-device-plugin-configs');
    expect(Object.keys(data)).toEqual(['default', 'mixed']);
  });

  test('are chosen by a label of the node, which an account may read', () => {
    const manifests = pluginManifests(BY_LABEL);
    expect(named(manifests, 'ClusterRole', `${PLUGIN}-read`).rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(named(manifests, 'ClusterRoleBinding', `${PLUGIN}-read-binding`).subjects).toEqual([
      { kind: 'ServiceAccount', name: `${PLUGIN}-sa`, namespace: 'gpu' },
    ]);
    expect(podOf(PLUGIN, BY_LABEL).automountServiceAccountToken).toBe(true);
  });

  test('are there before the plugin starts', () => {
    expect(valueOf(helper('initContainers'), 'ONESHOT')).toBe('true');
    expect(valueOf(helper('initContainers'), 'DEFAULT_CONFIG')).toBe('default');
    expect(valueOf(helper('initContainers'), 'SEND_SIGNAL')).toBe('false');
  });

  describe.each([PLUGIN, DISCOVERY, MPS])('of %s', (name) => {
    const configs = { default: {}, shared: { sharing: GpuSharing.mps({ replicas: 2 }) } };
    const containers = (): Manifest[] => podOf(name, { configs, featureDiscovery: true }).containers;
    const mounts = ({ volumeMounts }: Manifest): Record<string, string> =>
      Object.fromEntries(volumeMounts.map((each: Manifest) => [each.mountPath, each.name]));

    test('are found through the link that the helper makes', () => {
      const [main, sidecar] = containers();
      const folder = valueOf(sidecar, 'CONFIG_FILE_SRCDIR');
      expect(mounts(main)[folder]).toBe('available-configs');
      expect(mounts(sidecar)[folder]).toBe('available-configs');
      expect(valueOf(main, 'CONFIG_FILE')).toBe(valueOf(sidecar, 'CONFIG_FILE_DST'));
      expect(mounts(main)['/config']).toBe(mounts(sidecar)['/config']);
    });

    test('are told about to the process as its command is spelled', () => {
      const [main, sidecar] = containers();
      expect(main.command[0]).toBe(valueOf(sidecar, 'PROCESS_TO_SIGNAL'));
    });
  });

  test('change without a restart: a helper signals the plugin, and may look it up', () => {
    const sidecar = helper('containers');
    expect(valueOf(sidecar, 'PROCESS_TO_SIGNAL')).toBe('nvidia-device-plugin');
    expect(valueOf(sidecar, 'SIGNAL')).toBe('1');
    expect(sidecar.securityContext).toEqual(containerOf(PLUGIN, BY_LABEL).securityContext);
    expect(podOf(PLUGIN, BY_LABEL).shareProcessNamespace).toBe(true);
  });
});
