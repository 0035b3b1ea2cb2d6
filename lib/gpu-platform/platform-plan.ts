import type { DevicePluginModePlan } from './device-plugin/device-plugin-mode';
import type { DraModePlan } from './dra/dra-mode';
import type { ManagedModePlan } from './managed/managed-mode';
import type { GpuOperatorModePlan } from './operator/gpu-operator-mode';

/** All decisions about a platform, made before any manifest: plain JSON data. */
export type PlatformPlan = DevicePluginModePlan | GpuOperatorModePlan | ManagedModePlan | DraModePlan;
