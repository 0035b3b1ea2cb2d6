import type { k8s } from 'cdk8s-plus-28';
import { DEVICE_PLUGIN_REPOSITORY, DEVICE_PLUGIN_TAG } from '../../defaults/images';
import type { Finding } from '../../preflight/finding';
import type { DevicePluginConfig } from './device-plugin-config';
import { DeviceListStrategy } from './device-plugin-config';
import { configFile, foreignNames, migStrategyOf, usesCdi } from './device-plugin-config-file';
import { devicePluginFindings } from './device-plugin-findings';
import type { CdiOptions, DevicePluginOptions } from './device-plugin-options';
import { MigStrategy } from '../../accelerator/mig-strategy';
import { defaultConfigOf } from './named-configs';
import { affinityTerms, gpuTolerations } from '../nodes/node-scheduling';
import type { PlatformContext } from '../platform-plan';

/** What the plugin's container may do on the node. */
export type Privileges = 'none' | 'sys-admin' | 'privileged';

/** Everything decided about the device plugin and what runs beside it. */
export interface DevicePluginPlan {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  readonly runtimeClassName: string | undefined;
  readonly nodeTerms: readonly k8s.NodeSelectorTerm[];
  readonly tolerations: readonly k8s.Toleration[];
  /** Files by the name of their configuration. */
  readonly configs: readonly (readonly [name: string, file: object])[];
  /** Configuration of nodes without label; undefined when one holds everywhere and no label is read. */
  readonly defaultConfig: string | undefined;
  readonly privileges: Privileges;
  readonly mayBeSliced: boolean;
  readonly passDeviceSpecs: boolean;
  readonly usesCdi: boolean;
  readonly cdi: CdiOptions;
  readonly driverRoot: string | undefined;
  readonly mps: boolean;
  readonly featureDiscovery: boolean;
  /** Names of shared resources that are not those of whole GPUs and slices. */
  readonly resourceNames: readonly string[];
  readonly shares: boolean;
  readonly findings: readonly Finding[];
}

/** Key of the only configuration in the ConfigMap. */
const ONLY = 'config.yaml';

/**
 * Upstream's chart adds SYS_ADMIN for any ConfigMap, since it cannot look inside. Needed it is to read the state of MIG,
 * and to see GPUs where the runtime takes them from mounts (_helpers.tpl, requiresCapSysAdmin).
 */
function privilegesOf(configs: readonly DevicePluginConfig[], passDeviceSpecs: boolean): Privileges {
  if (passDeviceSpecs) return 'privileged';
  const needs = configs.some(
    (config) =>
      migStrategyOf(config) !== MigStrategy.NONE ||
      config.deviceListStrategies?.includes(DeviceListStrategy.VOLUME_MOUNTS),
  );
  return needs ? 'sys-admin' : 'none';
}

/** Everything about the device plugin, from its options. */
export function planDevicePlugin(options: DevicePluginOptions, context: PlatformContext): DevicePluginPlan {
  const { passDeviceSpecs = false, featureDiscovery = false, repository = DEVICE_PLUGIN_REPOSITORY } = options;
  const named = Object.entries(options.configs ?? { [ONLY]: options.config ?? {} });
  const configs = named.map(([, config]) => config);
  return {
    namespace: context.namespace,
    labels: context.labels,
    image: `${repository}:${DEVICE_PLUGIN_TAG}`,
    imagePullSecrets: options.imagePullSecrets ?? [],
    runtimeClassName: options.runtimeClassName,
    nodeTerms: affinityTerms(options.nodes),
    tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }, ...gpuTolerations(options.tolerations ?? [])],
    configs: named.map(([name, config]) => [name, configFile(config)]),
    defaultConfig: defaultConfigOf(options),
    privileges: privilegesOf(configs, passDeviceSpecs),
    mayBeSliced: configs.some((config) => migStrategyOf(config) !== MigStrategy.NONE),
    passDeviceSpecs,
    usesCdi: configs.some(usesCdi),
    cdi: options.cdi ?? {},
    driverRoot: options.driverRoot,
    mps: configs.some(({ sharing }) => sharing?._rules.method === 'mps'),
    featureDiscovery,
    resourceNames: foreignNames(configs),
    shares: configs.some(({ sharing }) => sharing !== undefined),
    findings: devicePluginFindings(options),
  };
}
