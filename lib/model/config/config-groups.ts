import type { HeadLayers, LatentLayers, LayerGroup } from '../layer-group';
import { convolutionLayers, deltaNetLayers, kimiDeltaLayers, mamba2Layers } from '../state-layers';
import type { ConfigFile } from './config-file';
import type { LayerKind } from './layer-kinds';
import { countsOf, layerKinds } from './layer-kinds';

/** Heads of the attention layers. */
export interface Heads {
  readonly query: number;
  readonly keyValue: number;
  readonly dim: number;
}

/** Key/value heads of most layers; undefined where there are as many as query heads. */
export const keyValueHeads = (config: ConfigFile): number | undefined =>
  config.number('num_key_value_heads', 'num_kv_heads', 'n_head_kv') ??
  (config.find('multi_query') === true ? 1 : undefined);

/** Heads of layers with full attention, and of those with a window where they differ (Gemma 4, MiMo-V2). */
export function headsOf(config: ConfigFile, isWindow: boolean): Heads {
  const query = config.required('num_attention_heads', 'n_head', 'decoder_attention_heads');
  const hidden = config.required('hidden_size', 'd_model', 'n_embd');
  const own = isWindow
    ? { keyValue: config.number('swa_num_key_value_heads'), dim: config.number('swa_head_dim') }
    : { keyValue: config.number('num_global_key_value_heads'), dim: config.number('global_head_dim') };
  const { keyValue = keyValueHeads(config) ?? query } = own;
  const { dim = config.number('head_dim', 'attention_head_dim') ?? Math.floor(hidden / query) } = own;
  return { query, keyValue, dim };
}

/** Whether the model has multi-head latent attention. */
export const isLatent = (config: ConfigFile): boolean => config.number('kv_lora_rank') !== undefined;

function latentGroup(config: ConfigFile, layers: number): LatentLayers {
  const dim = config.required('kv_lora_rank') + config.required('qk_rope_head_dim');
  const bytes = config.number('index_head_dim');
  const group: LatentLayers = { kind: 'latent', layers, dim };
  // A byte for each value, and a scale of four bytes.
  return bytes === undefined ? group : { ...group, index: { layers, bytes: bytes + 4 } };
}

function headGroup(config: ConfigFile, kind: LayerKind, layers: number): HeadLayers {
  const { keyValue, dim } = headsOf(config, kind === 'window');
  const valueDim = config.number('v_head_dim');
  const group: HeadLayers = {
    kind: 'heads',
    layers,
    kvHeads: keyValue,
    headDim: dim,
    ...(valueDim !== undefined && valueDim !== dim && { valueDim }),
  };
  if (kind === 'window')
    return { ...group, reach: { kind, tokens: config.required('sliding_window', 'sliding_window_size') } };
  if (kind === 'chunk') return { ...group, reach: { kind, tokens: config.required('attention_chunk_size') } };
  return group;
}

/** Models whose recurrent states are in float32 where the file does not set it. */
const FLOAT32_STATES = /^(nemotron_h|qwen3_5)/;

/** Whether recurrent states are in float32. */
function hasFloat32States(config: ConfigFile): boolean {
  const dtype = config.find('mamba_ssm_dtype', 'mamba_ssm_cache_dtype', 'ssm_dtype');
  return dtype === undefined ? FLOAT32_STATES.test(config.type()) : dtype === 'float32';
}

function stateGroup(config: ConfigFile, kind: LayerKind, count: number): LayerGroup {
  if (kind === 'convolution')
    return convolutionLayers(count, config.required('hidden_size'), config.required('conv_L_cache'));
  if (kind === 'kimi') {
    const linear = config.object('linear_attn_config') ?? {};
    const {
      num_heads: heads = 0,
      head_dim: dim = 0,
      short_conv_kernel_size: kernel = 4,
    } = linear as Record<string, number>;
    return kimiDeltaLayers(count, heads, dim, kernel);
  }
  const float32State = hasFloat32States(config);
  if (kind === 'delta') {
    return deltaNetLayers({
      count,
      keyHeads: config.required('linear_num_key_heads'),
      valueHeads: config.required('linear_num_value_heads'),
      keyDim: config.required('linear_key_head_dim'),
      valueDim: config.required('linear_value_head_dim'),
      kernel: config.number('linear_conv_kernel_dim'),
      float32State,
    });
  }
  return mamba2Layers({
    count,
    heads: config.required('mamba_num_heads', 'mamba_n_heads'),
    headDim: config.required('mamba_head_dim', 'mamba_d_head'),
    stateSize: config.required('ssm_state_size', 'mamba_d_state'),
    groups: config.number('n_groups', 'mamba_n_groups'),
    kernel: config.number('conv_kernel', 'mamba_d_conv'),
    float32State,
  });
}

/** DeepSeek-V4: layers by the number of tokens that share an entry. */
function compressedGroups(config: ConfigFile, ratios: readonly unknown[]): LayerGroup[] {
  const layers = config.required('num_hidden_layers');
  const counts = new Map<number, number>();
  for (const ratio of ratios.slice(0, layers)) counts.set(Number(ratio), (counts.get(Number(ratio)) ?? 0) + 1);
  const dim = config.required('head_dim');
  const tokens = config.required('sliding_window');
  return [...counts].map(([compression, count]) => ({
    ...{ kind: 'latent', layers: count, dim, reach: { kind: 'window', tokens } },
    ...(compression > 0 && { compression }),
    ...(compression === 4 && { index: { layers: count, bytes: config.required('index_head_dim') + 4 } }),
  }));
}

/** Groups of layers of a model. */
export function configGroups(config: ConfigFile): LayerGroup[] {
  const ratios = config.list('compress_ratios');
  if (ratios !== undefined) return compressedGroups(config, ratios);
  return [...countsOf(layerKinds(config))].map(([kind, layers]): LayerGroup => {
    if (kind === 'none' || kind === 'shared' || kind === 'encoder') return { kind: 'none', layers };
    if (kind === 'full' || kind === 'window' || kind === 'chunk') {
      return isLatent(config) && kind === 'full' ? latentGroup(config, layers) : headGroup(config, kind, layers);
    }
    return stateGroup(config, kind, layers);
  });
}
