import { Yaml } from 'cdk8s';
import { Placement } from '../../accelerator/placement';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { DevicePluginConfig } from '../device-plugin/device-plugin-config';
import { configFile, foreignNames } from '../device-plugin/device-plugin-config-file';
import { configFindings } from '../device-plugin/device-plugin-config-findings';
import { PLATFORM_NAME } from '../exporter/exporter-part';
import { MigStrategy } from '../../accelerator/mig-strategy';
import type { NamedPluginConfigs } from '../device-plugin/named-configs';
import { defaultConfigOf, namesFindings } from '../device-plugin/named-configs';
import type { GpuOperatorOptions } from './operator-options';
import { planOperator } from './operator-policy';
import type { PlatformContext, PlatformPlan } from '../platform-plan';

/** The policy's strategy becomes a variable of the plugin, which wins over its file. */
function strategyFindings(named: readonly (readonly [name: string, DevicePluginConfig])[]): Finding[] {
  return named
    .filter(([, { migStrategy }]) => migStrategy !== undefined)
    .map(([name, { migStrategy }]) => {
      const problem = `is "${migStrategy}", but under the operator one strategy holds on all nodes`;
      const fix = 'remove it, and say migStrategy among the options of the operator';
      return error('operator-mig-strategy', `configs.${name}.migStrategy`, problem, fix);
    });
}

/** The mode in which the GPU Operator installs everything, and the platform says what it shall do. */
export function gpuOperatorMode(
  options: GpuOperatorOptions,
  devicePlugin: NamedPluginConfigs,
  context: PlatformContext,
): PlatformPlan {
  const named = Object.entries(devicePlugin.configs ?? {});
  const { migStrategy = MigStrategy.MIXED } = options;
  const effective = named.map(([name, config]) => [name, { ...config, migStrategy }] as const);
  const { objects, findings } = planOperator(
    options,
    {
      ...context,
      name: PLATFORM_NAME,
      pluginConfigs: Object.fromEntries(effective.map(([name, config]) => [name, Yaml.stringify(configFile(config))])),
      defaultPluginConfig: defaultConfigOf(devicePlugin),
      resourceNames: foreignNames(effective.map(([, config]) => config)),
      virtualGpus: named.some(([, { sharing }]) => sharing !== undefined),
    },
    'gpuOperator',
  );
  return {
    objects,
    findings: [
      ...namesFindings(devicePlugin),
      ...strategyFindings(named),
      ...effective.flatMap(([name, config]) => configFindings(`configs.${name}`, config)),
      ...findings,
    ],
    tolerations: [],
    // GPU feature discovery comes with the operator.
    placement: Placement.gpuFeatureDiscovery(),
  };
}
