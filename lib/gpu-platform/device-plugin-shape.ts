import { TaintEffect } from '../accelerator/toleration';
import { DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_KEY } from '../private/names';
import type { Shape } from '../private/shape';
import { anyObject, flag, instance, listOf, mapOf, matching, oneOf, shape, struct, text } from '../private/shape';
import { DeviceIdStrategy, DeviceListStrategy, SharedDevicesAllocationPolicy } from './device-plugin-config';
import { MigStrategy } from '../accelerator/mig-strategy';

export const OBJECT_NAME = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');
export const LABEL_KEY = matching(QUALIFIED_KEY, 'a key such as "team" or "example.com/team"');
export const VALUE = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');

const PATH = matching(
  /^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/,
  'an absolute path on the nodes, such as "/run/nvidia/driver"',
);

/** Each at most once. */
const unique = (list: Shape): Shape => ({
  allowed: `${list.allowed}, each once`,
  check: (value, subject, findings) => {
    const before = findings.length;
    list.check(value, subject, findings);
    if (findings.length > before) return;
    const once = shape(
      `${list.allowed}, each once`,
      (given) => new Set(given as unknown[]).size === (given as unknown[]).length,
    );
    once.check(value, subject, findings);
  },
});

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
    cdi: struct({}, { hookPath: PATH, featureFlags: listOf(text, 1) }),
    runtimeClassName: OBJECT_NAME,
    tolerations: TOLERATIONS,
    repository: matching(
      /^[a-z0-9][a-z0-9._:/-]*[a-z0-9]$/,
      'a repository without tag, such as "registry.example.com/nvidia/k8s-device-plugin"',
    ),
    imagePullSecrets: listOf(OBJECT_NAME),
    exportMetrics: flag,
    exporter: anyObject,
  },
);
