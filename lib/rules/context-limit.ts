import { hasQuirk } from '../engine/catalogue/quirks';
import type { ModelShape } from '../model/model-shape';
import type { JsonObject } from '../shapes/json-object';
import { isJsonObject } from '../shapes/json-object';
import { isTrue } from '../engine/variable-switch';
import type { CrossCheckContext } from './cross-check';
import { numberOf } from './setting';

/** What the longest context depends on. */
export type LimitContext = Pick<CrossCheckContext, 'facts' | 'environment' | 'release' | 'architecture'>;

/** A number greater than 0, also as text. */
const numberAt = (object: JsonObject, key: string): number | undefined => {
  const number = numberOf(object[key]);
  return number !== undefined && number > 0 ? number : undefined;
};

/** Kinds of RoPE scaling whose factor is in `max_position_embeddings` already (vllm/config/model.py). */
const UNSCALED = ['su', 'longrope', 'llama3', 'deepseek_yarn', 'deepseek_llama_scaling', 'default', 'mrope'];

/** The limit with overridden RoPE parameters; undefined when it is not known. */
function scaledLimit(own: number, rope: JsonObject, { release, architecture }: LimitContext): number | undefined {
  // The length of Gemma 3 is scaled already.
  if (/^Gemma3/.test(architecture?.architecture ?? '')) return own;
  const type = rope['rope_type'] ?? rope['type'];
  // Parameters for each type of layer, or none.
  if (typeof type !== 'string') return undefined;
  if (UNSCALED.includes(type)) return own;
  const factor = numberAt(rope, 'factor') ?? 1;
  if (type !== 'yarn') return own * factor;
  if (hasQuirk(release, 'yarn-is-length')) return own;
  const original = numberAt(rope, 'original_max_position_embeddings');
  return original === undefined ? undefined : Math.max(own, original * factor);
}

/** Keys of a config from which vLLM derives the length (vllm/transformers_utils/model_arch_config_convertor.py). */
const LENGTH_KEYS = [
  'max_position_embeddings',
  'n_positions',
  'max_seq_len',
  'seq_length',
  'model_max_length',
  'max_target_positions',
  'max_sequence_length',
  'max_seq_length',
  'seq_len',
];
/** Keys that make another model of it. */
const OTHER_MODEL = ['model_type', 'text_config', 'thinker_config', 'llm_config', 'language_config'];

/** Models that read their length from `text_config` only; what is set beside it changes nothing. */
const NESTED = /^(Gemma[34]|Llama4|Mistral3|Qwen2VL|Qwen2_5_VL|Qwen3VL|Qwen3_5)/;

/** Models whose config has the length under another key than `max_position_embeddings`. */
const OTHER_KEY = /^(ChatGLM|Dbrx|GPT|MPT|Whisper)/;

/** The length before RoPE scaling: the smallest of the keys, or `model_max_length`; undefined when it is not known. */
function ownLength(overrides: JsonObject, { maxLength, architecture }: ModelShape): number | undefined {
  const set = LENGTH_KEYS.filter((key) => overrides[key] !== undefined);
  const lengths = set.map((key) => numberAt(overrides, key) ?? NaN);
  if (lengths.some(Number.isNaN)) return undefined;
  const limit = numberAt(overrides, 'model_max_length');
  if (limit !== undefined) return limit;
  if (set.includes('max_position_embeddings')) return Math.min(...lengths);
  const isOwnKey = architecture === undefined || OTHER_KEY.test(architecture);
  return set.length > 0 && isOwnKey ? undefined : Math.min(maxLength, ...lengths);
}

/**
 * The longest context in tokens that vLLM accepts for a model: its own, or that of `--hf-overrides`, which changes only
 * what it names (`_get_and_verify_max_len` in vllm/config/model.py). Undefined when it is not known, or when vLLM is set
 * to accept any.
 */
export function contextLimit(context: LimitContext): number | undefined {
  const { facts, architecture: shape, environment } = context;
  if (shape === undefined || facts.ropeScaling.isSet) return undefined;
  if (isTrue(environment.get('VLLM_ALLOW_LONG_MAX_MODEL_LEN'))) return undefined;
  const all = facts.hfOverrides.value ?? {};
  const isNested = shape.isMultimodal === true && NESTED.test(shape.architecture ?? '');
  if (isNested && all['model_type'] !== undefined) return undefined;
  const overrides = isNested ? (all['text_config'] ?? {}) : all;
  if (!isJsonObject(overrides)) return undefined;
  const isAboutText = (key: string): boolean => LENGTH_KEYS.includes(key) || /^rope_/.test(key);
  const nested = overrides['text_config'];
  // A model with images has its length in text_config, unless all of it is one config.
  if (shape.isMultimodal && !isNested && Object.keys(overrides).some(isAboutText)) return undefined;
  if (isJsonObject(nested)) {
    const set = Object.keys(nested).filter(isAboutText);
    if (set.length === 0) return shape.maxLength;
    const length = numberAt(nested, 'max_position_embeddings');
    return shape.isMultimodal && set.length === 1 ? length : undefined;
  }
  if (OTHER_MODEL.some((key) => overrides[key] !== undefined)) return undefined;
  const own = ownLength(overrides, shape);
  if (own === undefined) return undefined;
  const rope = overrides['rope_parameters'] ?? overrides['rope_scaling'];
  if (rope === undefined) return own;
  return isJsonObject(rope) ? scaledLimit(own, rope, context) : undefined;
}
