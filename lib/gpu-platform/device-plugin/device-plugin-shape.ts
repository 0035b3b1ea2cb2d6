import { TaintEffect } from '../../accelerator/toleration';
import { DNS_SUBDOMAIN, IMAGE_REPOSITORY, LABEL_VALUE, QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { anyObject, flag, instance, listOf, mapOf, matching, oneOf, text } from '../../shapes/shape';
import { struct } from '../../shapes/struct';
import { DeviceIdStrategy, DeviceListStrategy, SharedDevicesAllocationPolicy } from './device-plugin-config';
import { MigStrategy } from '../../accelerator/mig-strategy';
import { unique } from '../../shapes/unique-list';

export const OBJECT_NAME = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');
export const LABEL_KEY = matching(QUALIFIED_KEY, 'a key such as "team" or "example.com/team"');
export const VALUE = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');

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

export const NODES = instance('GpuNodes', 'a GpuNodes, for example GpuNodes.nodeFeatureDiscovery()');
export const TOLERATIONS = listOf(
  struct({ key: LABEL_KEY }, { value: VALUE, effect: oneOf(...Object.values(TaintEffect)) }),
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
