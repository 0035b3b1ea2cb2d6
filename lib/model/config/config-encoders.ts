import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';
import type { ConfigFile } from './config-file';

/** Parts of a file that describe encoders of images and audio. */
const PARTS = ['vision_config', 'audio_config'] as const;

const partsOf = (config: ConfigFile): JsonObject[] => PARTS.map((key) => config.all[key]).filter(isJsonObject);

/** Whether a model reads images or audio. */
export const isMultimodal = (config: ConfigFile): boolean => partsOf(config).length > 0;

/** Encoders whose layers have a gate, whatever their activation. */
const GATED = /^(pixtral|qwen2_5_vl|qwen2_5_omni_vision)/;

/** A transformer of patches or frames, where its numbers have the usual names. */
function encoder(part: JsonObject): number {
  const first = (...keys: readonly string[]): number =>
    Number(keys.map((name) => part[name]).find((value) => typeof value === 'number') ?? 0);
  // Beside `embed_dim`, `hidden_size` is the width of the text model (Qwen2-VL).
  const hidden = first('embed_dim', 'hidden_size', 'd_model');
  const layers = first('num_hidden_layers', 'depth', 'encoder_layers');
  const width = first('intermediate_size', 'encoder_ffn_dim') || hidden * 4;
  const matrices = part.hidden_act === 'silu' || GATED.test(String(part.model_type)) ? 3 : 2;
  return layers * (4 * hidden ** 2 + matrices * hidden * width) + mergers(part, hidden);
}

/** Two matrices that turn some patches into one vector of the text model; several of them in Qwen3-VL. */
function mergers(part: JsonObject, hidden: number): number {
  const out = part.out_hidden_size ?? (part.embed_dim === undefined ? undefined : part.hidden_size);
  const side = part.spatial_merge_size;
  if (typeof out !== 'number' || typeof side !== 'number') return 0;
  const merged = hidden * side ** 2;
  const deep = Array.isArray(part.deepstack_visual_indexes) ? part.deepstack_visual_indexes.length : 0;
  return (1 + deep) * merged * (merged + out);
}

/** Parameters of the encoders of images and audio. */
export const encoderParameters = (config: ConfigFile): number =>
  partsOf(config).reduce((sum, part) => sum + encoder(part), 0);
