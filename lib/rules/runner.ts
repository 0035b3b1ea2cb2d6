import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Classes of encoders, which have no next token to generate. */
const ENCODERS = /^(Bert|ModernBert|NomicBert|Roberta|XLMRoberta)/;

/** Classes that generate, and that vLLM turns into a pooling model only by a conversion. */
const GENERATIVE = /(ForCausalLM|ForConditionalGeneration)$/;

/** A runner for generation needs a model that generates. */
function generation({ facts: { runner }, architecture, modelId }: CrossCheckContext): Finding[] {
  const { value = 'auto', origin } = runner;
  if (!['generate', 'draft'].includes(value) || !ENCODERS.test(architecture?.architecture ?? '')) return [];
  const problem = `is ${value}, but ${modelId} is an encoder and generates nothing: vLLM refuses to start`;
  return [error('runner-of-encoder', origin, problem, 'remove it')];
}

/** Pooling over a model that generates is a conversion. */
function conversion({ facts: { runner, convert }, architecture, modelId }: CrossCheckContext): Finding[] {
  if (runner.value !== 'pooling' || convert.value !== 'none') return [];
  if (!GENERATIVE.test(architecture?.architecture ?? '')) return [];
  const problem = `is none, and ${modelId} generates text, so --runner=pooling needs a conversion: vLLM refuses to start`;
  return [error('pooling-without-conversion', convert.origin, problem, 'set "embed" or "classify", or remove it')];
}

/** The runner against what the model does (ModelConfig of vllm/config/model.py). Older releases than 0.32 were not read. */
export const runnerOfModel: CrossCheck = (context) =>
  holds('0.32..', context.release) ? [...generation(context), ...conversion(context)] : [];
