import type { ConfigFile } from './config-file';

/**
 * What a layer has in the cache. Those of an `encoder` have attention without it, `shared` ones read the cache of an earlier
 * layer, and `none` has no attention.
 */
export type LayerKind =
  'full' | 'window' | 'chunk' | 'delta' | 'mamba' | 'kimi' | 'convolution' | 'encoder' | 'shared' | 'none';

/** Models that read a text whole and cache nothing (vllm/model_executor/models/bert.py, roberta.py, modernbert.py). */
export const isEncoder = (config: ConfigFile): boolean => /bert|roberta/.test(config.type());

/** Words of `layer_types`, `layers_block_type` and `hybrid_override_pattern`. */
const WORDS: Readonly<Record<string, LayerKind>> = {
  full_attention: 'full',
  attention: 'full',
  global_attention: 'full',
  deepseek_sparse_attention: 'full',
  sparse_attention: 'full',
  sliding_attention: 'window',
  sliding_window_attention: 'window',
  chunked_attention: 'chunk',
  linear_attention: 'delta',
  mamba: 'mamba',
  mamba2: 'mamba',
  conv: 'convolution',
  mlp: 'none',
  moe: 'none',
  '*': 'full',
  M: 'mamba',
  '-': 'none',
  E: 'none',
};

function ofWord(config: ConfigFile, word: unknown): LayerKind {
  const kind = typeof word === 'string' && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return (
    kind ?? config.fail(`has layers of an unknown kind: ${JSON.stringify(word)}`, 'use Architecture.of with layers')
  );
}

/** Every so many layers one with full attention, the others as they are named; `none` of them without a number. */
const everyFull = (layers: number, interval: number, other: LayerKind): LayerKind[] =>
  Array.from({ length: layers }, (_, index) => ((index + 1) % interval === 0 ? 'full' : other));

/** Models whose class has a pattern that older files do not name (transformers configuration classes). */
const PATTERNS: Readonly<Record<string, number>> = { gemma2: 2, gemma3: 6, gemma3_text: 6, cohere2: 4 };

/** Models of which all layers have the window (vllm/engine/arg_utils.py: a window without `layer_types`). */
const WINDOWS: readonly string[] = ['mistral', 'phi3', 'starcoder2'];

function slidingInterval(config: ConfigFile): number | undefined {
  const interval = config.number('sliding_window_pattern', '_sliding_window_pattern');
  if (interval !== undefined || config.number('sliding_window') === undefined) return interval;
  // Others have a window that their class or `use_sliding_window` switches off.
  return PATTERNS[config.type()];
}

function kimiKinds(config: ConfigFile, layers: number): LayerKind[] | undefined {
  const linear = config.object('linear_attn_config');
  if (linear === undefined || !Array.isArray(linear.kda_layers)) return undefined;
  // Layers are counted from one.
  const kda = new Set<unknown>(linear.kda_layers);
  return Array.from({ length: layers }, (_, index) => (kda.has(index + 1) ? 'kimi' : 'full'));
}

/** Words for the kinds of all layers, or letters; undefined where the file does not list them. */
function listed(config: ConfigFile): readonly unknown[] | undefined {
  const pattern = config.find('hybrid_override_pattern');
  return typeof pattern === 'string' ? [...pattern] : config.list('layer_types', 'layers_block_type');
}

/** The word for the kind of one layer. */
export const layerWord = (config: ConfigFile, index: number): unknown => listed(config)?.[index];

function listedKinds(config: ConfigFile, layers: number): LayerKind[] | undefined {
  const words = listed(config);
  if (words !== undefined) return words.slice(0, layers).map((word) => ofWord(config, word));
  const hybrid = config.list('hybrid_layer_pattern');
  return hybrid?.slice(0, layers).map((value) => (value === 1 ? 'window' : 'full'));
}

function patternKinds(config: ConfigFile, layers: number): LayerKind[] {
  const linear = config.number('full_attention_interval');
  if (linear !== undefined) return everyFull(layers, linear, 'delta');
  if (config.number('attention_chunk_size') !== undefined) return everyFull(layers, 4, 'chunk');
  if (config.number('sliding_window') !== undefined && WINDOWS.includes(config.type()))
    return Array.from({ length: layers }, () => 'window');
  const sliding = slidingInterval(config);
  return everyFull(layers, sliding ?? 1, 'window');
}

/** The kind of each layer. Layers that read the cache of an earlier one come last. */
export function layerKinds(config: ConfigFile): LayerKind[] {
  const layers = config.required('num_hidden_layers', 'n_layer', 'num_layers');
  if (isEncoder(config)) return Array.from({ length: layers }, () => 'encoder');
  const kinds = kimiKinds(config, layers) ?? listedKinds(config, layers) ?? patternKinds(config, layers);
  const own = layers - (config.number('num_kv_shared_layers') ?? 0);
  if (kinds.length !== layers) {
    config.fail(`has ${kinds.length} kinds of layers for ${layers} layers`, 'give the whole config.json of the model');
  }
  return kinds.map((kind, index) => (index < own ? kind : 'shared'));
}

/** How many layers are of each kind, in the order in which they come. */
export function countsOf(kinds: readonly LayerKind[]): ReadonlyMap<LayerKind, number> {
  const counts = new Map<LayerKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
