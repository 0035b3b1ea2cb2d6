import type { Size } from 'cdk8s';

/**
 * What `Architecture.fromConfig` cannot read in a `config.json`.
 */
export interface ArchitectureConfigOptions {
  /**
   * Number of all weights, experts and encoders included.
   *
   * @default - computed from the sizes of the layers, within two percent for the families in vLLM's recipes
   */
  readonly parameters?: number;

  /**
   * Size of the weight files. Set it for a number format that the library does not know.
   *
   * @default - computed from the parameters and their number format
   */
  readonly weightsSize?: Size;
}
