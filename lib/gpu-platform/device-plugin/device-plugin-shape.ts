import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';
import { DNS_SUBDOMAIN, IMAGE_REPOSITORY, LABEL_VALUE, QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { anyObject, flag, instance, listOf, mapOf, matching, oneOf, text } from '../../shapes/shape';
import type { OptionalShapes } from '../../shapes/struct';
import { structOf } from '../../shapes/struct';
import type { GpuNodes } from '../nodes/gpu-node';
import type { DevicePluginConfig } from './device-plugin-config';
import { DeviceIdStrategy, DeviceListStrategy, SharedDevicesAllocationPolicy } from './device-plugin-config';
import type { CdiOptions, DevicePluginOptions } from './device-plugin-options';
import type { GpuSharing } from './gpu-sharing';
import type { NamedPluginConfigs } from './named-configs';
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

const CONFIG = structOf<DevicePluginConfig>(
  {},
  {
    migStrategy: oneOf(...Object.values(MigStrategy)),
    sharing: instance<GpuSharing>('GpuSharing', 'a GpuSharing, for example GpuSharing.mps({ replicas: 4 })'),
    sharedDevicesAllocationPolicy: oneOf(...Object.values(SharedDevicesAllocationPolicy)),
    deviceListStrategies: unique(listOf(oneOf(...Object.values(DeviceListStrategy)), 1)),
    deviceIdStrategy: oneOf(...Object.values(DeviceIdStrategy)),
    failOnInitError: flag,
  },
);

export const NODES = instance<GpuNodes>('GpuNodes', 'a GpuNodes, for example GpuNodes.nodeFeatureDiscovery()');
export const TOLERATIONS = listOf(
  structOf<Toleration>({ key: LABEL_KEY }, { value: VALUE, effect: oneOf(...Object.values(TaintEffect)) }),
);

/** All properties of `NamedPluginConfigs`. */
const CONFIGS: OptionalShapes<NamedPluginConfigs> = { configs: mapOf(CONFIG), defaultConfig: text };
export const NAMED_CONFIGS = structOf<NamedPluginConfigs>({}, CONFIGS);

/** All properties of `DevicePluginOptions`. */
export const DEVICE_PLUGIN = structOf<DevicePluginOptions>(
  { nodes: NODES },
  {
    config: CONFIG,
    ...CONFIGS,
    passDeviceSpecs: flag,
    featureDiscovery: flag,
    driverRoot: PATH,
    cdi: structOf<CdiOptions>({}, { hookPath: PATH, featureFlags: listOf(FEATURE_FLAG, 1) }),
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
