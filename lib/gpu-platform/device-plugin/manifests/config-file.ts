import type { PluginConfigPlan } from '../config-plan';

/** The configuration as the plugin reads it: `version: v1` (NVIDIA/k8s-device-plugin api/config/v1), in upstream's order. */
export function configFile(config: PluginConfigPlan): object {
  const { migStrategy, failOnInitError, deviceListStrategies, deviceIdStrategy, sharedDevicesAllocationPolicy } =
    config;
  const plugin = {
    ...(deviceListStrategies && { deviceListStrategy: [...deviceListStrategies] }),
    ...(deviceIdStrategy && { deviceIDStrategy: deviceIdStrategy }),
    ...(sharedDevicesAllocationPolicy && { sharedDevicesAllocationPolicy }),
  };
  const flags = { migStrategy, failOnInitError, ...(Object.keys(plugin).length > 0 && { plugin }) };
  if (config.sharing === undefined) return { version: 'v1', flags };
  const { method, renameByDefault, failRequestsGreaterThanOne, resources } = config.sharing;
  const rules = { renameByDefault, failRequestsGreaterThanOne, resources: resources.map((each) => ({ ...each })) };
  return { version: 'v1', flags, sharing: { [method]: rules } };
}
