/**
 * How the device plugin offers MIG slices.
 */
export enum MigStrategy {
  /** Slices are not offered: each GPU is one `nvidia.com/gpu`. */
  NONE = 'none',
  /** All GPUs of a node are sliced alike, and a slice is a `nvidia.com/gpu`. Pods cannot tell it from a whole GPU. */
  SINGLE = 'single',
  /** A slice is a resource of its own, such as `nvidia.com/mig-1g.10gb`; `Accelerator.mig` requests these. */
  MIXED = 'mixed',
}
