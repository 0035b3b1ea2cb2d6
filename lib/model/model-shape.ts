import { BYTES_PER_GIB } from '../units/mebibytes';
import type { LayerGroup } from './layer-group';

export type * from './layer-group';

/** Experts of a mixture. */
export interface Experts {
  /** Experts of a layer; 0 where it is not known. */
  readonly count: number;
  /** Experts that compute a token; 0 where it is not known. */
  readonly active: number;
  /** Weights of the routed experts in the checkpoint, in GiB: what expert and data parallelism divide. */
  readonly weightsGib: number;
}

/** The structure of a model, from its `config.json`. It has only what a check or a number uses. */
export interface ModelShape {
  /** Class of the model in `config.json`, where it is known. */
  readonly architecture?: string;
  readonly hiddenSize: number;
  /** Query heads of one attention layer. */
  readonly attentionHeads: number;
  /** Key/value heads; undefined for multi-head latent attention, which has one compressed vector. */
  readonly kvHeads?: number;
  /** All layers, by what they keep in the cache. */
  readonly groups: readonly LayerGroup[];
  /** Longest context in tokens that the model was configured for. */
  readonly maxLength: number;
  /** Number of all weights, experts included. */
  readonly parameters: number;
  /** Weights as the checkpoint has them, in GiB, layers for multi-token prediction included. */
  readonly weightsGib: number;
  /** True where `weightsGib` is only known to be at least that: encoders, or layers in 16 bits, come on top. */
  readonly weightsAreLowerBound?: boolean;
  /** Weights as vLLM logs them once they are loaded, in GiB, where that differs much from the checkpoint. */
  readonly loadedGib?: number;
  /** Layers for multi-token prediction in the checkpoint, in GiB: loaded only for speculation. */
  readonly mtpGib?: number;
  /** Tokens that the model knows; undefined where they are no more than MEMORY_FIT assumes. */
  readonly vocabulary?: number;
  /** Undefined for a dense model. */
  readonly experts?: Experts;
  /** Parameters that stay in 16 bits when the rest is quantised while it loads; undefined where it is not known. */
  readonly unquantizedParameters?: number;
  /** Encoders of images and audio in the checkpoint, in GiB: each rank may have them whole. */
  readonly encoderGib?: number;
  /** True when the checkpoint is known to be in bf16. */
  readonly isBfloat16: boolean;
  /** Quantization of the checkpoint, by vLLM's name; undefined when it has none. */
  readonly quantization?: string;
  /** True when vLLM refuses float16 for it (`_FLOAT16_NOT_SUPPORTED_MODELS` in vllm/config/model.py). */
  readonly refusesFloat16?: boolean;
  /** True when it reads images, audio or video. */
  readonly isMultimodal?: boolean;
}

/** Weights of two bytes each, in GiB: bf16 or fp16. */
export const halfPrecisionGib = (parameters: number): number => (parameters * 2) / BYTES_PER_GIB;
