import type { DevicePluginConfig } from './device-plugin-config';
import { DeviceListStrategy } from './device-plugin-config';
import { MigStrategy } from '../../accelerator/mig-strategy';

/** The strategy of a configuration, said or not. */
export const migStrategyOf = ({ migStrategy = MigStrategy.NONE }: DevicePluginConfig): MigStrategy => migStrategy;

const CDI: readonly DeviceListStrategy[] = [DeviceListStrategy.CDI_ANNOTATIONS, DeviceListStrategy.CDI_CRI];

/** Whether containers of a configuration get GPUs by the Container Device Interface. */
export const usesCdi = ({ deviceListStrategies = [] }: DevicePluginConfig): boolean =>
  deviceListStrategies.some((strategy) => CDI.includes(strategy));

/**
 * Names under which shares are offered, other than those of whole GPUs and slices: what looks at GPUs of pods knows only
 * those by itself.
 */
export function foreignNames(configs: readonly DevicePluginConfig[]): string[] {
  const names = configs.flatMap(({ sharing }) => {
    const { renameByDefault = false, resources = [] } = sharing?._rules ?? {};
    return renameByDefault ? resources.map(({ name }) => `${name}.shared`) : [];
  });
  return [...new Set(names)].filter((name) => !name.startsWith('nvidia.com/mig-'));
}

/**
 * The configuration as the plugin reads it: `version: v1` (NVIDIA/k8s-device-plugin api/config/v1). Plain data, keys in
 * upstream's order. What was not said is left to upstream, but for what the library decides.
 */
export function configFile(config: DevicePluginConfig): object {
  const { failOnInitError = true, deviceListStrategies, deviceIdStrategy, sharedDevicesAllocationPolicy } = config;
  const plugin = {
    ...(deviceListStrategies && { deviceListStrategy: [...deviceListStrategies] }),
    ...(deviceIdStrategy && { deviceIDStrategy: deviceIdStrategy }),
    ...(sharedDevicesAllocationPolicy && { sharedDevicesAllocationPolicy }),
  };
  const flags = {
    migStrategy: migStrategyOf(config),
    failOnInitError,
    ...(Object.keys(plugin).length > 0 && { plugin }),
  };
  if (config.sharing === undefined) return { version: 'v1', flags };
  const { method, renameByDefault, failRequestsGreaterThanOne, resources } = config.sharing._rules;
  const rules = { renameByDefault, failRequestsGreaterThanOne, resources: resources.map((each) => ({ ...each })) };
  return { version: 'v1', flags, sharing: { [method]: rules } };
}
