/**
 * A network device for remote direct memory access: InfiniBand, RoCE, EFA.
 */
export interface RdmaOptions {
  /** Extended resource of the device, as the cluster's device plugin names it: `rdma/ib`, `vpc.amazonaws.com/efa`. */
  readonly resourceName: string;

  /**
   * Devices per replica.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * Add the capability IPC_LOCK, to register more memory than the limit on locked memory allows. Linux gives added
   * capabilities only to processes of root, and Pod Security "baseline" refuses this one. A node whose container
   * runtime has no such limit (`LimitMEMLOCK=infinity`) does not need it.
   *
   * @default false
   */
  readonly ipcLock?: boolean;
}
