import { hasQuirk } from '../engine/catalogue/quirks';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { isJsonObject } from '../shapes/json-object';
import { contextLimit } from './context-limit';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** How to extend the model. */
function extension({ facts, architecture: shape }: CrossCheckContext, length: number): string {
  const key = `max_position_embeddings: ${length}`;
  const where = shape?.isMultimodal ? `text_config: { ${key} }` : key;
  const text = facts.hfOverrides.value?.['text_config'];
  const hasRope = [facts.hfOverrides.value, text].some(
    (each) => typeof each === 'object' && each !== null && ('rope_parameters' in each || 'rope_scaling' in each),
  );
  if (hasRope) return `add ${where} to engine.hfOverrides`;
  return `set engine.hfOverrides to the RoPE scaling of its model card with ${where}`;
}

/** vLLM refuses a context longer than the model's own unless that is overridden. */
export const contextLength: CrossCheck = (context): Finding[] => {
  const { facts, modelId } = context;
  const { value: length, origin: subject } = facts.maxModelLen;
  const limit = contextLimit(context);
  if (length === undefined || limit === undefined || length <= limit) return [];
  const isOwn = limit === context.architecture?.maxLength;
  const supports = isOwn ? `${modelId} supports ${limit}` : `engine.hfOverrides limit it to ${limit}`;
  const problem = `is ${length} tokens, but ${supports}: vLLM refuses to start`;
  return [error('context-too-long', subject, problem, `use at most ${limit}, or ${extension(context, length)}`)];
};

/** Overridden RoPE parameters replace those of the config, so their kind must be among them (vllm/config/model.py). */
export const ropeType: CrossCheck = ({ facts, release, versionIsChecked }): Finding[] => {
  const { value: overrides = {}, origin: subject } = facts.hfOverrides;
  if (!versionIsChecked || !hasQuirk(release, 'rope-type-required')) return [];
  const key = ['rope_parameters', 'rope_scaling'].find((each) => overrides[each] !== undefined) ?? '';
  const rope = overrides[key];
  if (!isJsonObject(rope)) return [];
  // Parameters for each type of layer are objects.
  const values = Object.entries(rope);
  if (values.length === 0 || 'rope_type' in rope || values.every(([, value]) => typeof value === 'object')) return [];
  const problem = `has ${key} without rope_type, and it replaces the whole ${key} of the model: vLLM refuses to start`;
  return [error('rope-without-type', subject, problem, 'add rope_type, and rope_theta of the model’s config.json')];
};

/** A model for text only has no config for text inside its config. */
export const textConfig: CrossCheck = ({
  facts,
  architecture: shape,
  modelId,
  release,
  versionIsChecked,
}): Finding[] => {
  const { value: overrides = {}, origin: subject } = facts.hfOverrides;
  const isTextOnly = shape?.architecture?.endsWith('ForCausalLM') === true && !shape.isMultimodal;
  if (!isTextOnly || typeof overrides['text_config'] !== 'object') return [];
  if (!versionIsChecked || !hasQuirk(release, 'rope-type-required')) return [];
  const problem = `has text_config, which the config of ${modelId} does not have: vLLM refuses to start`;
  return [error('text-config-of-text-model', subject, problem, 'set its keys without text_config')];
};
