/**
 * Layers of a model that keep the same data in the KV cache. Plain data: `kind` is which.
 *
 * What each kind stores: vllm/v1/kv_cache_interface.py.
 */
export type LayerGroup = HeadLayers | LatentLayers | StateLayers | CrossLayers | PlainLayers;

/** How far back layers look: the last tokens, or the chunk of so many tokens that a token is in. */
export interface Reach {
  readonly kind: 'window' | 'chunk';
  readonly tokens: number;
}

/** Keys and values for each token. Heads are divided by tensor parallelism, at least one on each rank. */
export interface HeadLayers {
  readonly kind: 'heads';
  readonly layers: number;
  readonly kvHeads: number;
  /** Values of a key, and of a value where `valueDim` is unset. */
  readonly headDim: number;
  readonly valueDim?: number;
  /** Undefined for full attention. */
  readonly reach?: Reach;
  /** Bytes of a token and layer in an index beside the cache, whole on every rank (MiniMax-M3: 256). */
  readonly indexBytes?: number;
}

/** One latent vector for each token, whole on every rank of tensor parallelism. */
export interface LatentLayers {
  readonly kind: 'latent';
  readonly layers: number;
  /** `kv_lora_rank` and `qk_rope_head_dim` together. */
  readonly dim: number;
  /** Undefined for full attention. */
  readonly reach?: Reach;
  /** Second cache of sparse attention: bytes of a token and layer, in so many of the layers. */
  readonly index?: { readonly layers: number; readonly bytes: number };
  /** Tokens that share one entry (DeepSeek-V4); unset: each token has its own. */
  readonly compression?: number;
}

/** A state for each sequence, and nothing for each token. */
export interface StateLayers {
  readonly kind: 'state';
  readonly layers: number;
  /** Bytes of one layer and sequence at two bytes a value. */
  readonly convolutionBytes: number;
  /** With speculation the convolution part has as many more columns as there are drafts. */
  readonly convolutionKernel?: number;
  /** Bytes of one layer and sequence in `recurrentDtype`. */
  readonly recurrentBytes: number;
  /** `model` is the dtype of the model, here two bytes. */
  readonly recurrentDtype: 'model' | 'float32';
  /** Mamba 2: groups that are fewer than the ranks are repeated. */
  readonly groups?: number;
}

/** Keys and values of the output of an encoder: so many tokens for each sequence (Whisper: 1500). */
export interface CrossLayers {
  readonly kind: 'cross';
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly tokens: number;
}

/** Nothing in the cache: MLP blocks, encoders, layers that read the cache of another layer. */
export interface PlainLayers {
  readonly kind: 'none';
  readonly layers: number;
}

/** Number of layers in all groups. */
export const layersOf = (groups: readonly LayerGroup[]): number =>
  groups.reduce((total, { layers }) => total + layers, 0);
