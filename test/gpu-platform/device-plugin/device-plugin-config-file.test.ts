import { GpuSharing, MigStrategy } from '../../../lib';
import type { DevicePluginConfig } from '../../../lib';
import { DeviceIdStrategy, DeviceListStrategy, SharedDevicesAllocationPolicy } from '../../../lib';
import { named, pluginManifests } from '../platform';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

/** The file that the plugin reads. */
const fileOf = (config: DevicePluginConfig): string =>
  named(pluginManifests({ config }), 'ConfigMap', 'nvidia-device-plugin-configs').data['config.yaml'];

test('the default is whole GPUs, and a plugin that exits if it finds no driver', () => {
  expect(fileOf({})).toBe(`version: v1
flags:
  migStrategy: none
  failOnInitError: true
`);
});

test('time slicing renames shares and refuses requests for several of them', () => {
  const sharing = GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] });
  expect(fileOf({ sharing })).toBe(`version: v1
flags:
  migStrategy: none
  failOnInitError: true
sharing:
  timeSlicing:
    renameByDefault: true
    failRequestsGreaterThanOne: true
    resources:
      - name: nvidia.com/gpu
        replicas: 4
`);
});

test('MPS shares whole GPUs', () => {
  expect(fileOf({ sharing: GpuSharing.mps({ replicas: 2, renameByDefault: false }) })).toContain(`sharing:
  mps:
    renameByDefault: false
    failRequestsGreaterThanOne: true
    resources:
      - name: nvidia.com/gpu
        replicas: 2
`);
});

test('every flag has the name that upstream uses', () => {
  const config: DevicePluginConfig = {
    migStrategy: MigStrategy.MIXED,
    failOnInitError: false,
    deviceListStrategies: [DeviceListStrategy.VOLUME_MOUNTS, DeviceListStrategy.CDI_CRI],
    deviceIdStrategy: DeviceIdStrategy.INDEX,
    sharedDevicesAllocationPolicy: SharedDevicesAllocationPolicy.PACKED,
  };
  expect(fileOf(config)).toBe(`version: v1
flags:
  migStrategy: mixed
  failOnInitError: false
  plugin:
    deviceListStrategy:
      - volume-mounts
      - cdi-cri
    deviceIDStrategy: index
    sharedDevicesAllocationPolicy: packed
`);
});

test('a resource without a prefix gets upstream’s', () => {
  const sharing = GpuSharing.timeSlicing({ resources: [{ name: 'mig-1g.10gb', replicas: 2 }] });
  expect(fileOf({ migStrategy: MigStrategy.MIXED, sharing })).toContain('- name: nvidia.com/mig-1g.10gb');
});

test('a changed configuration replaces the pods', () => {
  const checksumOf = (config: DevicePluginConfig) =>
    named(pluginManifests({ config }), 'DaemonSet', 'nvidia-device-plugin').spec.template.metadata.annotations[
      'checksum/config'
    ];
  expect(checksumOf({})).toBe(checksumOf({ migStrategy: MigStrategy.NONE }));
  expect(checksumOf({})).not.toBe(checksumOf({ failOnInitError: false }));
});
