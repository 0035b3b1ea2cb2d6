import type { ModelShape } from '../model/model-shape';

/** The parts of a model's shape that the KV cache and the activations depend on. */
export type FitShape = Pick<ModelShape, 'groups' | 'hiddenSize' | 'maxLength' | 'experts'>;

/** Weights of the whole model as they lie on the GPUs, by how they are divided between them. MiB. */
export interface WeightParts {
  /** Routed experts of a mixture. */
  readonly experts: number;
  /** Encoders of images and audio. */
  readonly encoders: number;
  /** The embedding of the vocabulary, which the first stage of a pipeline has beside its layers, or the last one. */
  readonly embedding: number;
  /** Everything else. */
  readonly layers: number;
}

/** How states of sequences are stored. */
export interface StateStorage {
  /** Bytes of a value in the convolution part; undefined for those of the model. */
  readonly convolution: number | undefined;
  /** Bytes of a value in the recurrent part; undefined for those of the model. */
  readonly recurrent: number | undefined;
  /** True when states are kept at the end of blocks, which the reuse of prompts needs. */
  readonly aligned: boolean;
  /** True when Mamba 2 keeps one more while a prompt is computed. */
  readonly checkpoint: boolean;
}

/** What the memory of one GPU is divided by. Sizes are in MiB. */
export interface FitInput {
  /** Undefined for a model of unknown shape: then only the weights are counted. */
  readonly shape: FitShape | undefined;
  readonly weights: WeightParts;
  /** Bytes of one activation. */
  readonly computeBytes: number;
  /** Bytes of one value in the KV cache. */
  readonly cacheBytes: number;
  readonly tensor: number;
  readonly pipeline: number;
  /** Data-parallel ranks in the pod. */
  readonly data: number;
  /** Ranks that divide the experts between them. */
  readonly expertRanks: number;
  /** True when a rank has whole experts. */
  readonly wholeExperts: boolean;
  /** Experts that are there twice, to balance their load. */
  readonly redundantExperts: number;
  /** True when each rank of tensor parallelism has the encoders whole. */
  readonly copiesEncoders: boolean;
  readonly decodeContext: number;
  /** Memory of one device as the driver reports it; 0 on CPU. */
  readonly memory: number;
  /** True on CPU: the pod gets what weights, KV cache and a batch need, so they always fit. */
  readonly isHost: boolean;
  readonly utilization: number;
  /** KV cache of one GPU, where it is set: it replaces the utilization. */
  readonly cacheMib: number | undefined;
  /** What sets it, in words. */
  readonly cacheReason: string;
  /** Number of blocks in the KV cache, where it is set. */
  readonly blocks: number | undefined;
  /** Tokens of one block, where it is set. */
  readonly blockSize: number | undefined;
  /** False when layers with a window or a chunk keep all tokens. */
  readonly hybrid: boolean;
  /** Longest context; undefined when vLLM uses what fits. */
  readonly maxModelLen: number | undefined;
  readonly batchedTokens: number;
  /** Batches that are computed or prepared at the same time. */
  readonly batchesInFlight: number;
  readonly sequences: number;
  /** Draft tokens of speculative decoding. */
  readonly drafts: number;
  readonly states: StateStorage;
  /** Memory of the logits of one sequence while its next token is chosen. */
  readonly logitsPerSequence: number;
  /** Weights of one GPU that stay in host memory. */
  readonly offloaded: number;
  /** True when KV blocks go to other pods or to the host. */
  readonly connector: boolean;
  /** False when CUDA graphs use nothing of the engine's share. */
  readonly cudaGraphs: boolean;
}
