/**
 * How the device plugin offers MIG slices.
 */
export enum MigStrategy {
  /** Slices are not offered: each GPU is one `nvidia.com/gpu`. */
  NONE = 'none',
  /**
   * All GPUs of a node have the same slices, and a slice has the resource name of a whole GPU, `nvidia.com/gpu`: only
   * node labels distinguish them. GKE uses it, and the GPU Operator by default.
   */
  SINGLE = 'single',
  /** Each profile is a resource of its own, such as `nvidia.com/mig-1g.10gb`. */
  MIXED = 'mixed',
}
