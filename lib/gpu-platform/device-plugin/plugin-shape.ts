import { MigStrategy } from '../../accelerator/mig-strategy';
import { IMAGE_REPOSITORY } from '../../shapes/kubernetes-names';
import { anyObject, flag, instance, listOf, mapOf, matching, oneOf, struct, text } from '../../shapes/shape';
import { unique } from '../../shapes/unique-list';
import { NODES, OBJECT_NAME, TOLERATIONS } from '../common/platform-shapes';
import { DeviceIdStrategy, DeviceListStrategy, SharedDevicesAllocationPolicy } from './plugin-config';

const PATH = matching(
  /^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/,
  'an absolute path on the nodes, such as "/run/nvidia/driver"',
);

// They become one text, with commas between them.
const FEATURE_FLAG = matching(/^[^\s,]+$/, 'a switch, without commas and spaces');

const CONFIG = struct(
  {},
  {
    migStrategy: oneOf(...Object.values(MigStrategy)),
    sharing: instance('GpuSharing', 'a GpuSharing, for example GpuSharing.mps({ replicas: 4 })'),
    sharedDevicesAllocationPolicy: oneOf(...Object.values(SharedDevicesAllocationPolicy)),
    deviceListStrategies: unique(listOf(oneOf(...Object.values(DeviceListStrategy)), 1)),
    deviceIdStrategy: oneOf(...Object.values(DeviceIdStrategy)),
    failOnInitError: flag,
  },
);

/** All properties of `NamedPluginConfigs`. */
const CONFIGS = { configs: mapOf(CONFIG), defaultConfig: text };
export const NAMED_CONFIGS = struct({}, CONFIGS);

/** All properties of `DevicePluginOptions`. */
export const DEVICE_PLUGIN = struct(
  { nodes: NODES },
  {
    config: CONFIG,
    ...CONFIGS,
    passDeviceSpecs: flag,
    featureDiscovery: flag,
    driverRoot: PATH,
    cdi: struct({}, { hookPath: PATH, featureFlags: listOf(FEATURE_FLAG, 1) }),
    runtimeClassName: OBJECT_NAME,
    tolerations: TOLERATIONS,
    repository: matching(
      IMAGE_REPOSITORY,
      'a repository without tag, such as "registry.example.com/nvidia/k8s-device-plugin"',
    ),
    imagePullSecrets: unique(listOf(OBJECT_NAME)),
    exportMetrics: flag,
    exporter: anyObject,
  },
);
