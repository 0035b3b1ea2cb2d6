/**
 * How the device plugin offers MIG slices.
 */
export enum MigStrategy {
  /** Slices are not offered: each GPU is one `nvidia.com/gpu`. */
  NONE = 'none',
  /**
   * All GPUs of a node are sliced alike, and a slice is called like a whole GPU, `nvidia.com/gpu`: only node labels tell
   * them apart. So on GKE, and by default with the GPU Operator.
   */
  SINGLE = 'single',
  /** Each profile is a resource of its own, such as `nvidia.com/mig-1g.10gb`. */
  MIXED = 'mixed',
}
