/**
 * Options of devices that are claimed by their properties.
 */
export interface DeviceClaimOptions {
  /**
   * GPUs per replica, from 1 to 32, all of one node. One when `migProfile` is given.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * One MIG slice of this profile instead of a whole GPU, spelled as `nvidia-smi mig -lgip` does: `1g.10gb`.
   *
   * @default - whole GPUs
   */
  readonly migProfile?: string;

  /**
   * DeviceClass of your own, over devices of the NVIDIA driver. It decides which GPUs there are: apart from the MIG
   * profile, only `selectors` are asked for besides.
   *
   * @default - `gpu.nvidia.com`, or `mig.nvidia.com` for a slice, and the GPUs are told apart by compute capability and
   *   memory
   */
  readonly deviceClass?: string;

  /**
   * CEL expressions that each device must meet besides, at most 30.
   *
   * @default - none
   */
  readonly selectors?: string[];
}
