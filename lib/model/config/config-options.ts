import type { Size } from 'cdk8s';

/**
 * What `Architecture.fromConfig` cannot read in a `config.json`.
 */
export interface ConfigOptions {
  /**
   * Number of all weights, experts and encoders included.
   *
   * @default - computed from the sizes of the layers, within a few percent for the families that vLLM's recipes have
   */
  readonly parameters?: number;

  /**
   * Size of the weight files.
   *
   * @default - computed from the parameters and their number format
   */
  readonly weightsSize?: Size;
}
