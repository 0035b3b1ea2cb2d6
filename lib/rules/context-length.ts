import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { contextLimit } from './context-limit';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** How to extend the model. */
function extension({ facts, architecture: shape }: CrossCheckContext, length: number): string {
  const key = `max_position_embeddings: ${length}`;
  const { value: overrides = {} } = facts.hfOverrides;
  if (overrides['rope_parameters'] !== undefined || overrides['rope_scaling'] !== undefined) {
    return `add ${key} to engine.hfOverrides`;
  }
  const where = shape?.isMultimodal ? `text_config: { ${key} }` : key;
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
