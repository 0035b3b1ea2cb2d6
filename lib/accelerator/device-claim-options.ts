/**
 * Options of devices that are claimed by their properties.
 */
export interface DeviceClaimOptions {
  /**
   * GPUs per replica, from 1 to 32, all on one node. It must be 1 with `migProfile`.
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
   * DeviceClass of your own, for devices of the NVIDIA driver. The class then selects the GPUs: the claim adds only the
   * MIG profile and `selectors`.
   *
   * @default - `gpu.nvidia.com`, or `mig.nvidia.com` for a slice, and the claim selects the GPU by compute
   *   capability and memory
   */
  readonly deviceClass?: string;

  /**
   * Additional CEL expressions that each device must meet, at most 30.
   *
   * @default - none
   */
  readonly selectors?: string[];
}
