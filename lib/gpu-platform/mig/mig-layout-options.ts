import type { GpuModel } from '../../accelerator/gpu-model';

/**
 * A MIG layout that you define slice by slice.
 */
export interface CustomMigLayoutOptions {
  /**
   * Name of the configuration, which becomes the value of the node label `nvidia.com/mig.config`: letters, digits, `-`,
   * `_` and `.`, at most 63.
   *
   * Layouts with the same name are one configuration. Use several for several kinds of GPU, or for several GPUs of a
   * node.
   */
  readonly name: string;

  /** Kind of GPU that is sliced. GPUs of another kind on the node do not change. */
  readonly gpu: GpuModel;

  /**
   * How many slices of each profile one GPU gets, for example `{ '3g.40gb': 1, '1g.10gb': 4 }`. Profiles are spelled as
   * `nvidia-smi mig -lgip` prints them, with `+me`, `+gfx` and `-me`.
   *
   * @default - none: the GPUs stay whole
   */
  readonly slices?: { [profile: string]: number };

  /**
   * GPUs of a node, by their index from 0.
   *
   * @default - all GPUs of this kind
   */
  readonly gpus?: number[];
}
