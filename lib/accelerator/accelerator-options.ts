import type { Size } from 'cdk8s';
import type { MigStrategy } from './mig-strategy';

/**
 * Options of a GPU that several pods share.
 */
export interface SharedGpuOptions {
  /**
   * How many pods share one GPU: the `replicas` of the device plugin's sharing configuration, from 2 to 90.
   *
   * Sharing does not isolate memory: each pod uses `gpuMemoryUtilization` of the whole GPU, so the sum over all
   * pods must stay below 0.95.
   */
  readonly sharers: number;

  /**
   * Extended resource under which the device plugin offers the shares. On GKE it is `nvidia.com/gpu`.
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
   * @default - unknown: then you must set what depends on it, such as `weightsSize` of an unknown model
   */
  readonly memory?: Size;

  /**
   * Cores of one device that the engine counts as devices of their own, from 1 to 64: parallel sizes multiply to
   * `count × coresPerDevice`. Trainium2 has 4 logical NeuronCores in a device, a chip of TPU v7x has 2.
   *
   * @default - 2 for `aws.amazon.com/neuron`, as Inferentia2 and Trainium have, and 1 for any other resource
   */
  readonly coresPerDevice?: number;
}
