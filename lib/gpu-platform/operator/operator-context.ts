import { countersChecksum } from '../exporter/dcgm-config';
import type { DeviceSharing } from '../exporter/device-sharing';
import type { ExporterSettings } from '../exporter/dcgm-settings';
import type { MigLayout } from '../mig/mig-layout';
import type { MigStrategy } from '../../accelerator/mig-strategy';

/** What the platform knows and passes to the operator's policy. */
export interface OperatorContext extends DeviceSharing {
  /** Name of the platform; names of ConfigMaps begin with it. */
  readonly name: string;
  /** Namespace in which the operator runs: it looks for its ConfigMaps there. */
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** Labels that Prometheus selects monitors and rules by. */
  readonly monitoringLabels: Record<string, string>;
  /** Configurations of the device plugin as text, by name: a node picks one by `nvidia.com/device-plugin.config`. */
  readonly pluginConfigs?: Record<string, string>;
  /** The one for nodes without that label. */
  readonly defaultPluginConfig?: string;
}

/** What was decided about the operator. */
export interface OperatorPlan {
  readonly driver: boolean;
  readonly toolkit: boolean;
  readonly migStrategy: MigStrategy;
  readonly layouts: readonly MigLayout[];
  readonly migReboot: boolean;
  readonly exporter: ExporterSettings;
}

/** The operator serves one ClusterPolicy in a cluster, and this is what NVIDIA's chart calls it. */
export const CLUSTER_POLICY = 'cluster-policy';

/**
 * Names of the ConfigMaps that the policy refers to. That of the list changes with the list: the operator mounts it once
 * and would keep the old one.
 */
export function operatorNames(platform: string, exporter: ExporterSettings) {
  return {
    counters: `${platform}-dcgm-counters-${countersChecksum(exporter).slice(0, 8)}`,
    migConfig: `${platform}-mig-config`,
    pluginConfig: `${platform}-plugin-config`,
  };
}
