/**
 * Layers with keys and values for each token.
 */
export interface FullLayersOptions {
  /** Number of these layers. */
  readonly count: number;

  /** `num_key_value_heads`. */
  readonly kvHeads: number;

  /** `head_dim`: values of a key. */
  readonly headDim: number;

  /**
   * `v_head_dim`: values of a value, where it differs from a key.
   *
   * @default - `headDim`
   */
  readonly valueDim?: number;
}

/**
 * Layers that look back a number of tokens.
 */
export interface SlidingLayersOptions extends FullLayersOptions {
  /** `sliding_window`: tokens that a layer looks back. */
  readonly window: number;
}

/**
 * Layers that look at the tokens of their chunk.
 */
export interface ChunkedLayersOptions extends FullLayersOptions {
  /** `attention_chunk_size`: tokens of a chunk. */
  readonly chunk: number;
}

/**
 * Layers of multi-head latent attention: one vector for each token, whole on every GPU of tensor parallelism.
 */
export interface LatentLayersOptions {
  /** Number of these layers. */
  readonly count: number;

  /** `kv_lora_rank`. */
  readonly kvLoraRank: number;

  /** `qk_rope_head_dim`. */
  readonly qkRopeHeadDim: number;

  /**
   * How many of the layers have an index of their own, for sparse attention.
   *
   * @default 0
   */
  readonly indexedLayers?: number;

  /**
   * `index_head_dim`: values of a token in the index, a byte each with a scale of four bytes.
   *
   * @default 128
   */
  readonly indexHeadDim?: number;
}

/**
 * Layers of linear attention, a gated delta net: a state for each sequence, in float32.
 */
export interface DeltaNetLayersOptions {
  /** Number of these layers. */
  readonly count: number;

  /** `linear_num_key_heads`. */
  readonly keyHeads: number;

  /** `linear_num_value_heads`. */
  readonly valueHeads: number;

  /** `linear_key_head_dim`. */
  readonly keyDim: number;

  /** `linear_value_head_dim`. */
  readonly valueDim: number;

  /**
   * `linear_conv_kernel_dim`.
   *
   * @default 4
   */
  readonly kernel?: number;

  /**
   * Whether the state is in float32, which `mamba_ssm_dtype` in `config.json` sets.
   *
   * @default true
   */
  readonly float32State?: boolean;
}

/**
 * State-space layers of Mamba 2: a state for each sequence.
 */
export interface Mamba2LayersOptions {
  /** Number of these layers. */
  readonly count: number;

  /** `mamba_num_heads` or `mamba_n_heads`. */
  readonly heads: number;

  /** `mamba_head_dim` or `mamba_d_head`. */
  readonly headDim: number;

  /** `ssm_state_size` or `mamba_d_state`. */
  readonly stateSize: number;

  /**
   * `n_groups` or `mamba_n_groups`.
   *
   * @default 1
   */
  readonly groups?: number;

  /**
   * `conv_kernel` or `mamba_d_conv`.
   *
   * @default 4
   */
  readonly kernel?: number;

  /**
   * Whether the state is in float32: `mamba_ssm_cache_dtype`, and Nemotron-H without it.
   *
   * @default true
   */
  readonly float32State?: boolean;
}

/**
 * Experts of a mixture.
 */
export interface ExpertsOptions {
  /** `num_experts`, `n_routed_experts` or `num_local_experts`: routed experts of a layer. */
  readonly count: number;

  /** `num_experts_per_tok`: experts that compute a token. */
  readonly active: number;

  /** `moe_intermediate_size`: width of an expert; `intermediate_size` where the model has no other. */
  readonly intermediateSize: number;

  /**
   * Layers with experts.
   *
   * @default - all layers
   */
  readonly layers?: number;
}
