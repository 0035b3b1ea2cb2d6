import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { anyObject, findingsOf } from '../shapes/shape';
import type { PlatformContext } from './common/mode-plan';
import type { NamedPluginConfigs } from './device-plugin/named-configs';
import { NAMED_CONFIGS } from './device-plugin/named-configs';
import type { DevicePluginOptions } from './device-plugin/plugin-options';
import { DEVICE_PLUGIN } from './device-plugin/plugin-options';
import type { DraOptions } from './dra/dra-options';
import { DRA } from './dra/dra-options';
import { devicePluginMode, draMode, gpuOperatorMode, managedMode } from './modes';
import type { ManagedOptions, ManagedProvider } from './managed/managed-options';
import { MANAGED, PROVIDER } from './managed/managed-options';
import type { GpuOperatorOptions } from './operator/operator-options';
import type { PlatformPlan } from './platform-plan';

type Plan = (context: PlatformContext) => PlatformPlan;

/**
 * What makes GPUs available to pods. A cluster has one mode: two would offer the same GPUs twice.
 */
export class GpuPlatformMode {
  /**
   * NVIDIA's device plugin on nodes that have a driver and NVIDIA's container runtime: the smallest platform. It adds
   * the DCGM exporter and, if set, GPU feature discovery and the control daemon of MPS.
   */
  public static devicePlugin(options: DevicePluginOptions): GpuPlatformMode {
    throwOnErrors('GpuPlatformMode.devicePlugin', findingsOf(options, '', DEVICE_PLUGIN));
    return new GpuPlatformMode(FACTORY, (context) => devicePluginMode().plan(context, options));
  }

  /**
   * NVIDIA's GPU Operator, installed by its own chart. It installs drivers, container runtime, device plugin, feature
   * discovery, MIG manager and DCGM exporter; the platform emits its configuration.
   *
   * @param devicePlugin configurations of the operator's device plugin, for sharing
   */
  public static gpuOperator(options: GpuOperatorOptions = {}, devicePlugin: NamedPluginConfigs = {}): GpuPlatformMode {
    throwOnErrors('GpuPlatformMode.gpuOperator', [
      ...findingsOf(options, 'options', anyObject),
      ...findingsOf(devicePlugin, '', NAMED_CONFIGS),
    ]);
    return new GpuPlatformMode(FACTORY, (context) => gpuOperatorMode().plan(context, options, devicePlugin));
  }

  /**
   * The cloud provider's own device plugin. The platform installs nothing, except a DCGM exporter if the provider has
   * none.
   *
   * @param provider the provider that runs the device plugin
   */
  public static managed(provider: ManagedProvider, options: ManagedOptions = {}): GpuPlatformMode {
    throwOnErrors('GpuPlatformMode.managed', [
      ...findingsOf({ provider }, '', PROVIDER),
      ...findingsOf(options, '', MANAGED),
    ]);
    return new GpuPlatformMode(FACTORY, (context) => managedMode().plan(context, provider, options));
  }

  /**
   * Dynamic resource allocation: pods claim GPUs by their properties from NVIDIA's DRA driver. The driver's own chart
   * installs it. Do not use it on nodes that run the device plugin.
   */
  public static dra(options: DraOptions): GpuPlatformMode {
    throwOnErrors('GpuPlatformMode.dra', findingsOf(options, '', DRA));
    return new GpuPlatformMode(FACTORY, (context) => draMode().plan(context, options));
  }

  /** @internal */
  public readonly _plan: Plan;

  private constructor(caller: typeof FACTORY, plan: Plan) {
    brandMade(this, 'GpuPlatformMode', caller);
    this._plan = plan;
  }
}
