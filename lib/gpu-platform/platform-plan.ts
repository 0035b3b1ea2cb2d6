import type { DevicePluginModePlan } from './device-plugin/device-plugin-mode';
import type { DraModePlan } from './dra/dra-mode';
import { devicePluginMode, draMode, gpuOperatorMode, managedMode } from './load';
import type { ManagedModePlan } from './managed/managed-mode';
import type { GpuOperatorModePlan } from './operator/gpu-operator-mode';
import type { Finding } from '../preflight/finding';

/** Everything decided about a platform, before anything is emitted: plain JSON data. */
export type PlatformPlan = DevicePluginModePlan | GpuOperatorModePlan | ManagedModePlan | DraModePlan;

/** What the mode of a platform finds in its plan. */
export function modeFindings(plan: PlatformPlan): Finding[] {
  switch (plan.mode) {
    case 'devicePlugin':
      return devicePluginMode().findings(plan);
    case 'gpuOperator':
      return gpuOperatorMode().findings(plan);
    case 'managed':
      return managedMode().findings(plan);
    case 'dra':
      return draMode().findings(plan);
  }
}

/** The manifests of what the mode of a platform decided. */
export function modeManifests(plan: PlatformPlan): object[] {
  switch (plan.mode) {
    case 'devicePlugin':
      return devicePluginMode().manifests(plan);
    case 'gpuOperator':
      return gpuOperatorMode().manifests(plan);
    case 'managed':
      return managedMode().manifests(plan);
    case 'dra':
      return draMode().manifests(plan);
  }
}
