import type { ConfigFile } from './config-file';
import { encoderParameters } from './config-encoders';
import { feedForward } from './config-feed-forward';
import { headsOf, isLatent } from './config-groups';
import type { LayerKind } from './layer-kinds';
import { isEncoder, layerKinds } from './layer-kinds';

/** Parameters of a model by what happens to them. */
export interface Parameters {
  /** Embedding of the vocabulary and output layer. */
  readonly embeddings: number;
  readonly experts: number;
  readonly encoders: number;
  /** Layers without experts. */
  readonly layers: number;
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
    case 'shared': {
      const { query, dim } = headsOf(config, true);
      return 2 * hidden * query * dim;
    }
    default: {
      if (isLatent(config)) return latentAttention(config);
      const { query, keyValue, dim } = headsOf(config, kind === 'window');
      const value = config.number('v_head_dim') ?? dim;
      const gate = config.find('attn_output_gate') === true || config.type().startsWith('qwen3_next');
      return hidden * (query * dim * (gate ? 2 : 1) + keyValue * (dim + value) + query * value);
    }
  }
}

/** Models whose class ties output layer and embedding unless the file says otherwise. */
const isTied = (config: ConfigFile): boolean => {
  const tied = config.find('tie_word_embeddings');
  return typeof tied === 'boolean' ? tied : /^(gemma|cohere|lfm2|starcoder2|gpt2|qwen2_vl$)/.test(config.type());
};

/** Embeddings of tokens and positions, and the output layer. Those of each layer are an addition of Gemma. */
function embeddings(config: ConfigFile, hidden: number, layers: number): number {
  const vocabulary = config.required('vocab_size');
  if (isEncoder(config)) return hidden * (vocabulary + config.required('max_position_embeddings'));
  const width = config.number('hidden_size_per_layer_input') ?? 0;
  const ofLayers = width * layers * ((config.number('vocab_size_per_layer_input') ?? vocabulary) + 3 * hidden);
  return vocabulary * hidden * (isTied(config) ? 1 : 2) + ofLayers;
}

/** Parameters of a model, from the sizes of its layers. */
export function configParameters(config: ConfigFile): Parameters {
  const hidden = config.required('hidden_size', 'd_model', 'n_embd');
  const kinds = layerKinds(config);
  const parts = kinds.map((kind, index) => ({ mixing: mixing(config, kind), ...feedForward(config, index) }));
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    embeddings: embeddings(config, hidden, kinds.length),
    experts: sum(({ routed }) => routed),
    encoders: encoderParameters(config),
    layers: sum(({ mixing: own, beside }) => own + beside),
  };
}
