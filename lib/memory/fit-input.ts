import type { Experts, LayerGroup } from '../model/model-shape';

/** The parts of a model's shape that the KV cache and the activations depend on. */
export interface FitShape {
  readonly groups: readonly LayerGroup[];
  readonly hiddenSize: number;
  /** Longest context that the model supports. */
  readonly maxLength: number;
  readonly weightsGib: number;
  readonly experts?: Experts;
}

/** What the memory of one GPU is divided by. Sizes are in MiB. */
export interface FitInput {
  /** Undefined for a model of unknown shape: then only the weights are counted. */
  readonly shape: FitShape | undefined;
  /** All weights, as they lie on the GPUs. */
  readonly weights: number;
  /** Bytes of one activation. */
  readonly computeBytes: number;
  /** Bytes of one value in the KV cache. */
  readonly cacheBytes: number;
  readonly tensor: number;
  readonly pipeline: number;
  readonly data: number;
  readonly decodeContext: number;
  /** Memory of one device as the driver reports it. */
  readonly memory: number;
  readonly utilization: number;
  /** KV cache of one GPU, where it is set: it replaces the utilization. */
  readonly saidCache: number | undefined;
  /** Longest context; undefined when vLLM uses what fits. */
  readonly maxModelLen: number | undefined;
  readonly batchedTokens: number;
  readonly sequences: number;
  /** Memory of the logits of one sequence while its next token is chosen. */
  readonly logitsPerSequence: number;
  /** The embedding of the vocabulary, which the first stage of a pipeline has beside its layers, or the last one. */
  readonly embedding: number;
  /** Weights of one GPU that stay in host memory. */
  readonly offloaded: number;
  /** True when KV blocks go to other pods or to the host. */
  readonly connector: boolean;
  /** False when CUDA graphs use nothing of the engine's share. */
  readonly cudaGraphs: boolean;
}
