/**
 * What vLLM checks or accepts of one JSON key beyond the schema of its class: validators of that key alone, read in the
 * source of 0.32.0. By flag or nested class, and key. `null` adds null to the type.
 */
import type { FieldRow } from '../lib/engine/catalogue/field-row';

export type Extra = Partial<Omit<FieldRow, 'name'>> & { readonly null?: true };

/** `_skip_none_validation` accepts null for these (vllm/config/compilation.py, vllm/config/kernel.py). */
const orNull = (...keys: readonly string[]): Record<string, Extra> =>
  Object.fromEntries(keys.map((key) => [key, { null: true }]));

const BACKEND: Extra = { type: 'backend | null', choices: 'AUTO' };
const FOLDED: Extra = { type: 'folded' };

// vllm/model_executor/model_loader/default_loader.py, runai_streamer_loader.py, sharded_state_loader.py of 0.32.0.
const DEFAULT_LOADER: Readonly<Record<string, Extra>> = {
  enable_multithread_load: { type: 'switch', in: '0.32..' },
  num_threads: { type: 'code | null', in: '0.32..', min: 1 },
  enable_weights_track: { type: 'any', in: '0.32..' },
};
const RUNAI_LOADER: Readonly<Record<string, Extra>> = {
  distributed: { type: 'switch', in: '0.32..' },
  concurrency: { type: 'code', in: '0.32..', min: 1 },
  memory_limit: { type: 'code', in: '0.32..', min: -1 },
};

export const VALIDATORS: Readonly<Record<string, Readonly<Record<string, Extra>>>> = {
  // vllm/config/attention.py; the kinds are KVCacheSpecKind of vllm/v1/kv_cache_interface.py.
  '--attention-config': {
    backend: BACKEND,
    backend_per_kind: { type: 'KVCacheSpecKind' },
    mla_prefill_backend: {
      type: 'names | null',
      choices: 'FLASH_ATTN FLASHINFER TRTLLM_RAGGED TOKENSPEED_MLA ROCM_AITER_FA CPU ZEN_CPU CUSTOM',
    },
  },
  // vllm/config/compilation.py: names of CUDAGraphMode and CompilationMode in any case, or their numbers.
  '--compilation-config': {
    ...orNull('level', 'max_cudagraph_capture_size', 'use_inductor_graph_partition', 'ir_enable_torch_wrap'),
    mode: {
      type: 'names | code | null',
      choices: 'NONE STOCK_TORCH_COMPILE DYNAMO_TRACE_ONCE VLLM_COMPILE',
      min: 0,
      max: 3,
    },
    cudagraph_mode: {
      type: 'names | code | null',
      choices: 'NONE PIECEWISE FULL FULL_DECODE_ONLY FULL_AND_PIECEWISE',
      min: 0,
      max: 2,
    },
    custom_ops: { type: 'custom-ops' },
    compile_sizes: { type: 'list(code | words) | null', choices: 'cudagraph_capture_sizes' },
    // In vllm/config/vllm.py, __post_init__.
    compile_ranges_endpoints: { min: 1 },
    decoder_replay_cudagraph_capture_sizes: { min: 1 },
    encoder_cudagraph_token_budgets: { min: 1 },
    inductor_passes: { type: 'dict(qualified)' },
  },
  PassConfig: orNull(
    'fuse_norm_quant',
    'fuse_act_quant',
    'fuse_attn_quant',
    'fuse_allreduce_rms',
    'fuse_act_padding',
    'fuse_mla_dual_rms_norm',
    'fuse_rope_kvcache',
    'fuse_qk_norm_rope_kvcache',
    'enable_qk_norm_rope_fusion',
    'fuse_rope_kvcache_cat_mla',
  ),
  // vllm/v1/metrics/buckets.py, BUCKET_FAMILY_KEYS; bounds in vllm/config/observability.py.
  '--custom-histogram-buckets': Object.fromEntries(
    [
      'inter_token_latency',
      'iteration_tokens',
      'kv_cache_residency',
      'request_latency',
      'request_num_preemptions',
      'request_params_n',
      'request_tokens',
      'time_to_first_token',
    ].map((family): [string, Extra] => [family, { type: 'bounds', in: '0.32..' }]),
  ),
  // vllm/config/diffusion.py
  '--diffusion-config': { canvas_length: { above: 0 } },
  KVCacheSpecKind: Object.fromEntries(
    [
      'full_attention',
      'mla_attention',
      'sliding_window',
      'sliding_window_mla',
      'mamba',
      'chunked_local_attention',
      'sink_full_attention',
      'encoder_only_attention',
      'cross_attention',
      'unknown',
    ].map((kind): [string, Extra] => [kind, { type: 'backend' }]),
  ),
  // vllm/config/model.py: an override of the architectures is checked as the model's own.
  '--hf-overrides': { architectures: { type: 'filled(text)' } },
  // The classes that read --model-loader-extra-config: see loader-keys.ts of the check.
  DefaultModelLoader: DEFAULT_LOADER,
  DefaultOrRunaiLoader: { ...DEFAULT_LOADER, ...RUNAI_LOADER },
  RunaiModelStreamerLoader: RUNAI_LOADER,
  ShardedStateLoader: { pattern: { type: 'any', in: '0.32..' } },
  // vllm/config/kernel.py: lower case and underscores first, and a text with commas for a list of texts.
  '--ir-op-priority': {
    rms_norm: { type: 'text | list(text)' },
    fused_add_rms_norm: { type: 'text | list(text)' },
    gelu_and_mul_sparse: { type: 'text | list(text)' },
  },
  '--kernel-config': {
    ...orNull('enable_flashinfer_autotune', 'enable_cutedsl_warmup', 'enable_jit_warmup'),
    moe_backend: FOLDED,
    linear_backend: FOLDED,
    sparse_indexer_topk_backend: FOLDED,
  },
  // vllm/config/quantization.py: QUANT_KEY_NAMES and _ONLINE_SHORTHANDS.
  '--quantization-config': {
    linear: { type: 'words | QuantSpec | null', choices: quantNames('fp8_per_tensor fp8_per_block fp8_per_channel') },
    moe: {
      type: 'words | QuantSpec | null',
      choices: quantNames('fp8_per_tensor fp8_per_block fp8_per_channel int8_per_channel_weight_only'),
    },
    targets: {
      type: 'dict(words) | null',
      choices: 'fp8_per_tensor fp8_per_block fp8_per_channel mxfp8 mxfp4 int8_per_channel_weight_only nvfp4_per_token',
    },
  },
  QuantSpec: {
    weight: { type: 'words | null', choices: quantNames('') },
    activation: { type: 'words | null', choices: quantNames('') },
  },
  // vllm/config/pooler.py
  '--pooler-config': { logit_sigma: { type: 'nonzero | null' } },
  // vllm/config/profiler.py
  '--profiler-config': { torch_profiler_activities: { type: 'distinct(words) | null' } },
  // vllm/config/reasoning.py
  '--reasoning-config': { reasoning_parser: { type: 'parser' } },
  // vllm/entrypoints/launchers/launcher.py looks the name up.
  '--structured-outputs-config': { reasoning_parser: { type: 'parser' } },
  // vllm/config/speculative.py
  // vllm/config/model.py, _verify_quantization, lower-cases the name for the draft model too.
  '--speculative-config': { attention_backend: BACKEND, quantization: { type: 'quantization | null' } },
  // vllm/config/watermarking.py
  '--watermark-config': {
    key: { required: true, min: 0 },
    alpha: { min: 0, max: 1 },
    context_width: { min: 1 },
    deduplicate_contexts_max_history: { min: 1 },
  },
};

/** The names of quantisation keys, and the short names that have a part for this kind of layer. */
function quantNames(more: string): string {
  const keys =
    'fp8_per_tensor_static fp8_per_tensor_dynamic fp8_per_token fp8_per_channel_static fp8_per_block_static fp8_per_block_dynamic mxfp8 mxfp4 nvfp4_per_token int8_per_channel_static int4_per_group_32';
  return more === '' ? keys : `${more} ${keys}`;
}

/** Types of the values of flags whose keys are free: the fields of EngineArgs and of the config classes that read them. */
export const FREE_KEYS: Readonly<Record<string, string>> = {
  '--default-mm-loras': 'text',
  '--hf-overrides': 'any',
  '--limit-mm-per-prompt': 'int | dict(int)',
  '--media-io-kwargs': 'dict(any)',
  '--model-class-overrides': 'text',
  '--pt-load-map-location': 'text',
};
