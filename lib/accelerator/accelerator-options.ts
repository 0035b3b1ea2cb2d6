import type { Size } from 'cdk8s';
import type { MigStrategy } from './mig-strategy';

/**
 * Options of a GPU that several pods share.
 */
export interface SharedGpuOptions {
  /**
   * How many pods share one GPU: the `replicas` of the device plugin's sharing configuration, from 2 to 90.
   *
   * Sharing does not isolate memory: each pod takes `gpuMemoryUtilization` of the whole GPU, so the shares of all must
   * stay below 0.95 together.
   */
  readonly sharers: number;

  /**
   * Extended resource under which the device plugin offers the shares. GKE calls them `nvidia.com/gpu`.
   *
   * @default nvidia.com/gpu.shared, the name that `renameByDefault: true` gives
   */
  readonly resourceName?: string;
}

/**
 * Options of a MIG slice.
 */
export interface MigOptions {
  /**
   * How the cluster's device plugin offers slices: `MIXED` or `SINGLE`.
   *
   * @default MigStrategy.MIXED
   */
  readonly strategy?: MigStrategy;
}

/**
 * Options of an accelerator of another vendor.
 */
export interface ResourceOptions {
  /**
   * Memory of one device.
   *
   * @default - unknown: what depends on it must then be said, such as `weightsSize` of an unknown model
   */
  readonly memory?: Size;
}
