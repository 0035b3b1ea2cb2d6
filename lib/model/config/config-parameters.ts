import type { ConfigFile } from './config-file';
import { headsOf, isLatent } from './config-groups';
import type { LayerKind } from './layer-kinds';
import { layerKinds } from './layer-kinds';

/** Parameters of a model by what happens to them. */
export interface Parameters {
  /** Embedding of the vocabulary and output layer. */
  readonly embeddings: number;
  readonly experts: number;
  readonly encoders: number;
  /** Layers without experts. */
  readonly layers: number;
}

const WIDTH = ['moe_intermediate_size', 'expert_ffn_hidden_size', 'moe_ffn_hidden_size', 'intermediate_size'] as const;

/** Experts of a layer of the mixture; undefined for a dense model. */
export function expertsOf(config: ConfigFile): { count: number; active: number } | undefined {
  const count = config.number('n_routed_experts', 'num_experts', 'num_local_experts', 'moe_num_experts');
  if (count === undefined || count <= 1) return undefined;
  const active =
    config.number('num_experts_per_tok', 'num_experts_per_token', 'moe_topk', 'top_k_experts', 'moe_k') ?? 1;
  return { count, active };
}

function latentAttention(config: ConfigFile): number {
  const hidden = config.required('hidden_size');
  const heads = config.required('num_attention_heads');
  const rope = config.required('qk_rope_head_dim');
  const query = heads * (config.required('qk_nope_head_dim') + rope);
  const rank = config.number('q_lora_rank');
  const value = config.required('v_head_dim');
  const latent = config.required('kv_lora_rank');
  const queries = rank === undefined ? hidden * query : rank * (hidden + query);
  const up = latent * heads * (config.required('qk_nope_head_dim') + value);
  return queries + hidden * (latent + rope) + up + heads * value * hidden;
}

/** Attention or what replaces it, in one layer. */
function mixing(config: ConfigFile, kind: LayerKind): number {
  const hidden = config.required('hidden_size', 'd_model', 'n_embd');
  switch (kind) {
    case 'none':
      return 0;
    case 'convolution':
      return 4 * hidden ** 2;
    case 'kimi': {
      const { num_heads: heads = 0, head_dim: dim = 0 } = (config.object('linear_attn_config') ?? {}) as Record<
        string,
        number
      >;
      return hidden * heads * dim * 4 + 2 * dim * (hidden + heads * dim);
    }
    case 'delta': {
      const keys = config.required('linear_num_key_heads') * config.required('linear_key_head_dim');
      const heads = config.required('linear_num_value_heads');
      const values = heads * config.required('linear_value_head_dim');
      return hidden * (2 * keys + 3 * values + 2 * heads);
    }
    case 'mamba': {
      const heads = config.required('mamba_num_heads', 'mamba_n_heads');
      const inner = heads * config.required('mamba_head_dim', 'mamba_d_head');
      const groups = config.number('n_groups', 'mamba_n_groups') ?? 1;
      const states = groups * config.required('ssm_state_size', 'mamba_d_state');
      return hidden * (3 * inner + 2 * states + heads);
    }
    default: {
      if (isLatent(config)) return latentAttention(config);
      const { query, keyValue, dim } = headsOf(config, kind === 'window');
      const value = config.number('v_head_dim') ?? dim;
      const gate =
        config.find('attn_output_gate') === true || String(config.find('model_type')).startsWith('qwen3_next');
      return hidden * (query * dim * (gate ? 2 : 1) + keyValue * (dim + value) + query * value);
    }
  }
}

/** Which layers have experts. */
function isExpertLayer(config: ConfigFile, index: number): boolean {
  if (index < (config.number('first_k_dense_replace', 'num_dense_layers', 'moe_layer_start_index') ?? 0)) return false;
  if (config.list('mlp_only_layers')?.includes(index)) return false;
  const frequency = config.find('moe_layer_freq');
  if (Array.isArray(frequency)) return frequency[index] === 1;
  const listed = config.list('moe_layers', 'moe_layers_enum');
  if (listed !== undefined) return listed.map(Number).includes(index);
  const step = config.number('decoder_sparse_step', 'interleave_moe_layer_step') ?? 1;
  return (index + 1) % step === 0;
}

/** Matrices of a feed-forward layer: two where it has no gate. */
function matrices(config: ConfigFile): number {
  const activation = String(config.find('mlp_hidden_act', 'hidden_act', 'activation_function'));
  return activation === 'relu2' || config.find('model_type') === 'gpt2' ? 2 : 3;
}

/** Routed experts of a layer, and what is beside them: shared experts and the router. */
function mixture(config: ConfigFile, count: number): { readonly routed: number; readonly beside: number } {
  const hidden = config.required('hidden_size');
  const width = config.required(...WIDTH);
  const shared = config.number('n_shared_experts', 'num_shared_experts') ?? 0;
  const sharedWidth =
    config.number('shared_expert_intermediate_size', 'moe_shared_expert_intermediate_size') ?? shared * width;
  const each = matrices(config) * hidden;
  // Llama 4 has one shared expert without a key for it.
  const own = config.find('model_type') === 'llama4_text' ? width : sharedWidth;
  return { routed: count * each * width, beside: each * own + hidden * count };
}

function dense(config: ConfigFile): number {
  const width = config.number('intermediate_size_mlp', 'intermediate_size', 'ffn_dim', 'decoder_ffn_dim') ?? 0;
  return matrices(config) * config.required('hidden_size', 'd_model', 'n_embd') * width;
}

/** What Nemotron-H has in a layer: one of attention, state, feed-forward or experts. */
function feedForward(config: ConfigFile, index: number, kind: LayerKind): { routed: number; beside: number } {
  const pattern = config.find('hybrid_override_pattern');
  const experts = expertsOf(config);
  if (typeof pattern === 'string') {
    if (pattern[index] === 'E' && experts) return mixture(config, experts.count);
    return { routed: 0, beside: pattern[index] === '-' ? dense(config) : 0 };
  }
  if (experts !== undefined && isExpertLayer(config, index)) return mixture(config, experts.count);
  return {
    routed: 0,
    beside:
      kind === 'convolution' && config.find('block_auto_adjust_ff_dim') === true
        ? (dense(config) * 2) / 3
        : dense(config),
  };
}

/** A transformer of patches or frames, where its numbers have the usual names. */
function encoder(config: ConfigFile, key: string): number {
  const part = config.all[key];
  if (typeof part !== 'object' || part === null) return 0;
  const of = part as Readonly<Record<string, unknown>>;
  const first = (...keys: readonly string[]): number =>
    Number(keys.map((name) => of[name]).find((value) => value !== undefined) ?? 0);
  const hidden = first('hidden_size', 'embed_dim', 'd_model');
  const layers = first('num_hidden_layers', 'depth', 'encoder_layers');
  const width = first('intermediate_size', 'encoder_ffn_dim') || hidden * 4;
  return layers * (4 * hidden ** 2 + 2 * hidden * width);
}

/** Models whose class ties output layer and embedding unless the file says otherwise. */
const isTied = (config: ConfigFile): boolean => {
  const tied = config.find('tie_word_embeddings');
  return typeof tied === 'boolean' ? tied : /^(gemma|cohere|lfm2|qwen2_vl$)/.test(String(config.find('model_type')));
};

/** Parameters of a model, from the sizes of its layers. */
export function configParameters(config: ConfigFile): Parameters {
  const hidden = config.required('hidden_size', 'd_model', 'n_embd');
  const kinds = layerKinds(config);
  const parts = kinds.map((kind, index) => ({ mixing: mixing(config, kind), ...feedForward(config, index, kind) }));
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    embeddings: config.required('vocab_size') * hidden * (isTied(config) ? 1 : 2),
    experts: sum(({ routed }) => routed),
    encoders: encoder(config, 'vision_config') + encoder(config, 'audio_config'),
    layers: sum(({ mixing: own, beside }) => own + beside),
  };
}
