import { MigStrategy } from '../../accelerator/mig-strategy';
import type { SharingRules } from './gpu-sharing';
import type { DeviceIdStrategy, DevicePluginConfig, SharedDevicesAllocationPolicy } from './plugin-config';
import { DeviceListStrategy } from './plugin-config';

/** One configuration of the device plugin. An unset field keeps the upstream default, unless the library decides it. */
export interface PluginConfigPlan {
  /** Key in the ConfigMap, and value of the node label that selects it. */
  readonly name: string;
  /** The property that sets it; undefined when the platform sets no configuration. */
  readonly subject?: string;
  readonly migStrategy: MigStrategy;
  readonly failOnInitError: boolean;
  readonly deviceListStrategies?: readonly DeviceListStrategy[];
  readonly deviceIdStrategy?: DeviceIdStrategy;
  readonly sharedDevicesAllocationPolicy?: SharedDevicesAllocationPolicy;
  readonly sharing?: SharingRules;
}

/** One configuration, from its options. */
export function planConfig(name: string, subject: string | undefined, config: DevicePluginConfig): PluginConfigPlan {
  const { migStrategy = MigStrategy.NONE, failOnInitError = true, deviceListStrategies, sharing } = config;
  const { deviceIdStrategy, sharedDevicesAllocationPolicy } = config;
  return {
    name,
    subject,
    migStrategy,
    failOnInitError,
    deviceListStrategies: deviceListStrategies && [...deviceListStrategies],
    deviceIdStrategy,
    sharedDevicesAllocationPolicy,
    sharing: sharing?._rules,
  };
}

/** Whether the GPUs of nodes with this configuration may be sliced. */
export const mayBeSliced = ({ migStrategy }: PluginConfigPlan): boolean => migStrategy !== MigStrategy.NONE;

export const sharesByMps = ({ sharing }: PluginConfigPlan): boolean => sharing?.method === 'mps';

const CDI: readonly DeviceListStrategy[] = [DeviceListStrategy.CDI_ANNOTATIONS, DeviceListStrategy.CDI_CRI];

/** Whether containers get GPUs through the Container Device Interface. */
export const usesCdi = ({ deviceListStrategies = [] }: PluginConfigPlan): boolean =>
  deviceListStrategies.some((strategy) => CDI.includes(strategy));

/**
 * Names of shares that differ from those of whole GPUs and slices. The exporter must be told these; it knows the
 * others.
 */
function foreignNames(configs: readonly PluginConfigPlan[]): string[] {
  const names = configs.flatMap(({ sharing }) => {
    const { renameByDefault = false, resources = [] } = sharing ?? {};
    return renameByDefault ? resources.map(({ name }) => `${name}.shared`) : [];
  });
  return [...new Set(names)].filter((name) => !name.startsWith('nvidia.com/mig-'));
}

/** How pods share GPUs, for the exporter beside the plugin. */
export function sharingOf(configs: readonly PluginConfigPlan[]) {
  const virtualGpus = configs.some(({ sharing }) => sharing !== undefined);
  return { resourceNames: foreignNames(configs), virtualGpus, dra: false };
}
