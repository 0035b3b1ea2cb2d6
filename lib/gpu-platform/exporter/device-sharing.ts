/** How pods of the cluster get GPUs, as far as the exporter must know. */
export interface DeviceSharing {
  /** Extended resources that the exporter does not know by itself. */
  readonly resourceNames?: readonly string[];
  readonly virtualGpus?: boolean;
  readonly dra?: boolean;
}
