import type { MigStrategy } from './mig-strategy';

/**
 * Options of the GPU Operator.
 */
export interface GpuOperatorOptions {
  /**
   * How slices are offered.
   *
   * @default MigStrategy.MIXED
   */
  readonly migStrategy?: MigStrategy;
}
