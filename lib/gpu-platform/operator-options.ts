/**
 * Options of the GPU Operator.
 */
export interface GpuOperatorOptions {
  /**
   * Placeholder.
   *
   * @default - none
   */
  readonly version?: string;
}
