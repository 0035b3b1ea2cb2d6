import type { Toleration } from '../../accelerator/toleration';
import { DEVICE_PLUGIN_REPOSITORY, DEVICE_PLUGIN_TAG } from '../../defaults/images';
import type { PlatformContext } from '../common/mode-plan';
import type { NodesPlan } from '../nodes/gpu-nodes';
import { podTolerations } from '../nodes/pod-tolerations';
import type { PluginConfigPlan } from './config-plan';
import { mayBeSliced, planConfig, sharesByMps, usesCdi } from './config-plan';
import { defaultConfigOf } from './named-configs';
import { DeviceListStrategy } from './plugin-config';
import type { CdiOptions, DevicePluginOptions } from './plugin-options';

/** What the plugin's container may do on the node. */
export type Privileges = 'none' | 'sys-admin' | 'privileged';

/** All decisions about the device plugin and its companions: GPU feature discovery and the control daemon of MPS. */
export interface DevicePluginPlan {
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  readonly runtimeClassName: string | undefined;
  readonly nodes: NodesPlan;
  readonly tolerations: readonly Toleration[];
  readonly configs: readonly PluginConfigPlan[];
  /** Configuration of nodes without the label; undefined when all nodes have the same one and no label is read. */
  readonly defaultConfig: string | undefined;
  readonly privileges: Privileges;
  readonly mayBeSliced: boolean;
  readonly passDeviceSpecs: boolean;
  readonly usesCdi: boolean;
  readonly cdi: CdiOptions | undefined;
  readonly driverRoot: string | undefined;
  readonly mps: boolean;
  readonly featureDiscovery: boolean;
}

/** Key of a single configuration in the ConfigMap. */
const ONLY = 'config.yaml';

/**
 * Upstream's chart adds SYS_ADMIN for any ConfigMap, since it cannot look inside. The plugin needs it to read the state
 * of MIG, and to see GPUs if the runtime takes them from mounts (_helpers.tpl, requiresCapSysAdmin).
 */
function privilegesOf(configs: readonly PluginConfigPlan[], passDeviceSpecs: boolean): Privileges {
  if (passDeviceSpecs) return 'privileged';
  const needs = configs.some(
    (config) => mayBeSliced(config) || config.deviceListStrategies?.includes(DeviceListStrategy.VOLUME_MOUNTS),
  );
  return needs ? 'sys-admin' : 'none';
}

/** The single configuration, or the named ones; the upstream default if both are unset. Both together are refused. */
function planConfigs({ config, configs }: DevicePluginOptions): PluginConfigPlan[] {
  if (config === undefined && configs === undefined) return [planConfig(ONLY, undefined, {})];
  return [
    ...(config ? [planConfig(ONLY, 'config', config)] : []),
    ...Object.entries(configs ?? {}).map(([name, each]) => planConfig(name, `configs.${name}`, each)),
  ];
}

/** Makes the plan of the device plugin from its options. */
export function planDevicePlugin(options: DevicePluginOptions, context: PlatformContext): DevicePluginPlan {
  const { passDeviceSpecs = false, featureDiscovery = false, repository = DEVICE_PLUGIN_REPOSITORY, cdi } = options;
  const configs = planConfigs(options);
  return {
    namespace: context.namespace,
    labels: context.labels,
    image: `${repository}:${DEVICE_PLUGIN_TAG}`,
    imagePullSecrets: [...(options.imagePullSecrets ?? [])],
    runtimeClassName: options.runtimeClassName,
    nodes: options.nodes._plan,
    tolerations: [{ key: 'CriticalAddonsOnly' }, ...podTolerations(options.tolerations ?? [])],
    configs,
    defaultConfig: defaultConfigOf(options),
    privileges: privilegesOf(configs, passDeviceSpecs),
    mayBeSliced: configs.some(mayBeSliced),
    passDeviceSpecs,
    usesCdi: configs.some(usesCdi),
    cdi: cdi && { hookPath: cdi.hookPath, featureFlags: cdi.featureFlags && [...cdi.featureFlags] },
    driverRoot: options.driverRoot,
    mps: configs.some(sharesByMps),
    featureDiscovery,
  };
}
