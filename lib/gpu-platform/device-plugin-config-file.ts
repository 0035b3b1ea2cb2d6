import type { DevicePluginConfig } from './device-plugin-config';
import { DeviceListStrategy, MigStrategy } from './device-plugin-config';

/** The strategy of a configuration, said or not. */
export const migStrategyOf = ({ migStrategy = MigStrategy.NONE }: DevicePluginConfig): MigStrategy => migStrategy;

const CDI: readonly DeviceListStrategy[] = [DeviceListStrategy.CDI_ANNOTATIONS, DeviceListStrategy.CDI_CRI];

/** Whether containers of a configuration get GPUs by the Container Device Interface. */
export const usesCdi = ({ deviceListStrategies = [] }: DevicePluginConfig): boolean =>
  deviceListStrategies.some((strategy) => CDI.includes(strategy));

/** The name under which a shared resource is offered. */
export const sharedName = (name: string, renameByDefault: boolean): string =>
  renameByDefault ? `${name}.shared` : name;

/** Names under which a configuration offers shares. */
export function sharedNames({ sharing }: DevicePluginConfig): string[] {
  if (sharing === undefined) return [];
  const { renameByDefault, resources } = sharing._rules;
  return resources.map(({ name }) => sharedName(name, renameByDefault));
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
