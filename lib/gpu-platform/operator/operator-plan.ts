import { MigStrategy } from '../../accelerator/mig-strategy';
import type { PlatformContext } from '../common/mode-plan';
import type { PluginConfigPlan } from '../device-plugin/config-plan';
import { planConfig, sharingOf } from '../device-plugin/config-plan';
import type { NamedPluginConfigs } from '../device-plugin/named-configs';
import { defaultConfigOf } from '../device-plugin/named-configs';
import { countersChecksum } from '../exporter/dcgm-counters';
import { OPERATOR_EXPORTER } from '../exporter/dcgm-names';
import type { ExporterSettings } from '../exporter/dcgm-settings';
import { allCounters, exporterSettings } from '../exporter/dcgm-settings';
import type { MigLayoutPlan } from '../mig/mig-plan';
import type { GpuOperatorOptions } from './operator-options';

/** Names of the ConfigMaps that the policy refers to. */
export interface OperatorNames {
  readonly counters: string;
  readonly migConfig: string;
  readonly pluginConfig: string;
}

/** All decisions about the operator. */
export interface OperatorPlan extends PlatformContext {
  readonly names: OperatorNames;
  readonly driver: boolean;
  readonly toolkit: boolean;
  readonly migStrategy: MigStrategy;
  readonly layouts: readonly MigLayoutPlan[];
  readonly migReboot: boolean;
  readonly exporter: ExporterSettings;
  /** Configurations of the device plugin; the node label `nvidia.com/device-plugin.config` selects one. */
  readonly pluginConfigs: readonly PluginConfigPlan[];
  /** The configuration of nodes without that label. */
  readonly defaultPluginConfig: string | undefined;
}

/** The name of the list changes with its content: the operator mounts the ConfigMap once and would keep the old list. */
function operatorNames(platform: string, exporter: ExporterSettings): OperatorNames {
  return {
    counters: `${platform}-dcgm-counters-${countersChecksum(allCounters(exporter)).slice(0, 8)}`,
    migConfig: `${platform}-mig-config`,
    pluginConfig: `${platform}-plugin-config`,
  };
}

/** Makes the plan of the operator. Options must have the right shape. */
export function planOperator(
  options: GpuOperatorOptions,
  devicePlugin: NamedPluginConfigs,
  context: PlatformContext,
): OperatorPlan {
  const { migStrategy = MigStrategy.MIXED, installDriver: driver = true, migLayouts = [] } = options;
  // The policy's strategy becomes a variable of the plugin, which wins over its file.
  const pluginConfigs = Object.entries(devicePlugin.configs ?? {}).map(([name, config]) =>
    planConfig(name, `configs.${name}`, { ...config, migStrategy }),
  );
  const target = { job: OPERATOR_EXPORTER, pods: OPERATOR_EXPORTER };
  const exporter = exporterSettings(options.exporter ?? {}, sharingOf(pluginConfigs), target);
  return {
    ...context,
    names: operatorNames(context.name, exporter),
    driver,
    toolkit: options.installToolkit ?? driver,
    migStrategy,
    layouts: migLayouts.map(({ _plan }) => _plan),
    migReboot: options.migReboot ?? false,
    exporter,
    pluginConfigs,
    defaultPluginConfig: defaultConfigOf(devicePlugin),
  };
}
