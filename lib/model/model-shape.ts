/** Layers of a model that keep the same thing of each token in the KV cache. */
export interface CacheLayers {
  readonly layers: number;
  /** Heads that keys and values have each; undefined for a latent vector, which every GPU of tensor parallelism holds. */
  readonly kvHeads?: number;
  /** Values per head, or those of the latent vector. */
  readonly headDim: number;
  /** Tokens that a sliding window looks back; undefined for full attention. */
  readonly window?: number;
}

/** What a model is made of, as its `config.json` has it. Only facts that a check or a number uses are kept. */
export interface ModelShape {
  readonly hiddenSize: number;
  /** Query heads of one attention layer. */
  readonly attentionHeads: number;
  /** Key/value heads; undefined for multi-head latent attention, which has one compressed vector. */
  readonly kvHeads?: number;
  readonly cache: readonly CacheLayers[];
  /** Longest context in tokens that the model was configured for. */
  readonly maxLength: number;
  /** Weights in all, those of every expert included. */
  readonly parameters: number;
  /** Weights as the checkpoint has them, in GiB. */
  readonly weightsGib: number;
  /** Weights as vLLM logs them once they are loaded, in GiB, where that is far from the checkpoint. */
  readonly loadedGib?: number;
  /** Tokens that the model knows; undefined where they are no more than MEMORY_FIT assumes. */
  readonly vocabulary?: number;
  /** True for a mixture of experts. */
  readonly mixtureOfExperts: boolean;
  /** Part of the weights that is no expert, where it is more than MEMORY_FIT assumes. */
  readonly sharedWeights?: number;
  /** True when the checkpoint is known to be in bf16. */
  readonly isBfloat16: boolean;
  /** How the checkpoint is quantised, in vLLM's word; undefined when it is not. */
  readonly quantization?: string;
  /** True when vLLM refuses float16 for it (`_FLOAT16_NOT_SUPPORTED_MODELS` in vllm/config/model.py). */
  readonly refusesFloat16?: boolean;
}

const BYTES_PER_GIB = 1024 ** 3;

/** Weights of two bytes each, in GiB: bf16 or fp16. */
export const halfPrecisionGib = (parameters: number): number => (parameters * 2) / BYTES_PER_GIB;
