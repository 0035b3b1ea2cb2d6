/** Layers of a model that store the same data for each token in the KV cache. */
export interface CacheLayers {
  readonly layers: number;
  /** Number of key heads, and of value heads; undefined for a latent vector, which every GPU has in full. */
  readonly kvHeads?: number;
  /** Values per head, or of the latent vector. */
  readonly headDim: number;
  /** Tokens that a sliding window looks back; undefined for full attention. */
  readonly window?: number;
}

/** The structure of a model, from its `config.json`. It has only what a check or a number uses. */
export interface ModelShape {
  readonly hiddenSize: number;
  /** Query heads of one attention layer. */
  readonly attentionHeads: number;
  /** Key/value heads; undefined for multi-head latent attention, which has one compressed vector. */
  readonly kvHeads?: number;
  readonly cache: readonly CacheLayers[];
  /** Longest context in tokens that the model was configured for. */
  readonly maxLength: number;
  /** Number of all weights, experts included. */
  readonly parameters: number;
  /** Weights as the checkpoint has them, in GiB. */
  readonly weightsGib: number;
  /** Weights as vLLM logs them once they are loaded, in GiB, where that differs much from the checkpoint. */
  readonly loadedGib?: number;
  /** Tokens that the model knows; undefined where they are no more than MEMORY_FIT assumes. */
  readonly vocabulary?: number;
  /** True for a mixture of experts. */
  readonly mixtureOfExperts: boolean;
  /** Share of the weights outside the experts, where it is more than MEMORY_FIT assumes. */
  readonly sharedWeights?: number;
  /** True when the checkpoint is known to be in bf16. */
  readonly isBfloat16: boolean;
  /** Quantization of the checkpoint, by vLLM's name; undefined when it has none. */
  readonly quantization?: string;
  /** True when vLLM refuses float16 for it (`_FLOAT16_NOT_SUPPORTED_MODELS` in vllm/config/model.py). */
  readonly refusesFloat16?: boolean;
}

const BYTES_PER_GIB = 1024 ** 3;

/** Weights of two bytes each, in GiB: bf16 or fp16. */
export const halfPrecisionGib = (parameters: number): number => (parameters * 2) / BYTES_PER_GIB;
