import type { ConfigFile } from './config-file';
import { isEncoder, layerWord } from './layer-kinds';

/** Keys of the width of an expert. */
const WIDTH = ['moe_intermediate_size', 'expert_ffn_hidden_size', 'moe_ffn_hidden_size', 'intermediate_size'] as const;

/** Experts of a layer of the mixture; undefined for a dense model. */
export function expertsOf(config: ConfigFile): { count: number; active: number } | undefined {
  const count = config.number('n_routed_experts', 'num_experts', 'num_local_experts', 'moe_num_experts');
  if (count === undefined || count <= 1) return undefined;
  const active =
    config.number('num_experts_per_tok', 'num_experts_per_token', 'moe_topk', 'top_k_experts', 'moe_k') ?? 1;
  return { count, active };
}

/** Parameters of the experts of a layer, and of what is beside them. */
export interface FeedForward {
  readonly routed: number;
  /** Shared experts and the router, or a dense layer. */
  readonly beside: number;
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

/** Classes whose feed-forward layers have no gate, and are four times as wide as the others where no width is named. */
const UNGATED = /^(bert|.*roberta|gpt2|gpt_bigcode|gpt_neox|gptj|falcon|starcoder2|phi|opt|bloom|mpt|nemotron_h)$/;

/** Matrices of a feed-forward layer: two where it has no gate. */
function matrices(config: ConfigFile): number {
  return config.find('mlp_hidden_act', 'hidden_act') === 'relu2' || UNGATED.test(config.type()) ? 2 : 3;
}

function mixture(config: ConfigFile, count: number): FeedForward {
  const hidden = config.required('hidden_size');
  const width = config.required(...WIDTH);
  const shared = config.number('n_shared_experts', 'num_shared_experts') ?? 0;
  const sharedWidth =
    config.number(
      'shared_expert_intermediate_size',
      'moe_shared_expert_intermediate_size',
      'shared_intermediate_size',
    ) ?? shared * width;
  const each = matrices(config) * hidden;
  // Llama 4 has one shared expert without a key for it.
  const own = config.type() === 'llama4_text' ? width : sharedWidth;
  return { routed: count * each * width, beside: each * own + hidden * count };
}

const DENSE_WIDTH = ['intermediate_size_mlp', 'block_ff_dim', 'intermediate_size', 'ffn_dim', 'n_inner'] as const;

function dense(config: ConfigFile): number {
  const hidden = config.required('hidden_size', 'd_model', 'n_embd');
  const set = config.number(...DENSE_WIDTH, 'ffn_hidden_size', 'decoder_ffn_dim');
  const width =
    set ?? (UNGATED.test(config.type()) && !isEncoder(config) ? 4 * hidden : config.required(...DENSE_WIDTH));
  // LFM2 makes two thirds of it.
  const part = config.find('block_auto_adjust_ff_dim') === true ? 2 / 3 : 1;
  return matrices(config) * hidden * width * part;
}

/** What a layer has beside attention. Layers of Nemotron-H are one of attention, state, feed-forward or experts. */
export function feedForward(config: ConfigFile, index: number): FeedForward {
  const experts = expertsOf(config);
  if (config.type() === 'nemotron_h') {
    const word = layerWord(config, index);
    if ((word === 'E' || word === 'moe') && experts) return mixture(config, experts.count);
    return { routed: 0, beside: word === '-' || word === 'mlp' ? dense(config) : 0 };
  }
  if (experts !== undefined && isExpertLayer(config, index)) return mixture(config, experts.count);
  return { routed: 0, beside: dense(config) };
}
