import { isTrue } from '../engine/variable-switch';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { batchOf, longestContext, splitsPrompts } from './batch';
import type { CrossCheck } from './cross-check';

/** A step must have room for one token of each sequence, and for a whole prompt when prompts are not split. */
export const batchedTokens: CrossCheck = (context) => {
  const { maxNumBatchedTokens, maxNumSeqs } = context.facts;
  const { tokens, sequences } = batchOf(context);
  if (tokens === undefined) return [];
  const findings: Finding[] = [];
  if (sequences !== undefined && tokens.value < sequences.value) {
    if (tokens.isDefault) {
      const problem = `is ${sequences.value}, more than the ${tokens.value} tokens of one step (max-num-batched-tokens), vLLM’s default on this GPU`;
      const fix = `use at most ${tokens.value}, or set engine.maxNumBatchedTokens to ${sequences.value}`;
      findings.push(error('batched-tokens-below-seqs', maxNumSeqs.origin, problem, fix));
    } else {
      const problem = `is ${tokens.value}, fewer than the ${sequences.value} sequences of one step (max-num-seqs)`;
      const fix = `set it to at least ${sequences.value}, or engine.maxNumSeqs to at most ${tokens.value}`;
      findings.push(error('batched-tokens-below-seqs', maxNumBatchedTokens.origin, problem, fix));
    }
  }
  const length = longestContext(context);
  if (!tokens.isDefault && splitsPrompts(context) === false && length !== undefined && tokens.value < length) {
    const isModel = context.facts.enableChunkedPrefill.value !== false;
    const why = isModel ? `, since ${context.modelId} reads prompts whole` : ' without chunked prefill';
    const problem = `is ${tokens.value}, but a prompt of up to ${length} tokens must fit into one step${why}`;
    const fix = isModel
      ? `use at least ${length}, or lower engine.maxModelLen`
      : `use at least ${length}, or remove engine.enableChunkedPrefill`;
    findings.push(error('batched-tokens-below-length', maxNumBatchedTokens.origin, problem, fix));
  }
  return findings;
};

/** No more requests may run than a step has sequences (vllm/config/scheduler.py). */
export const activeSequences: CrossCheck = (context) => {
  const { value: active, origin: subject } = context.facts.maxNumActiveSeqs;
  const { sequences } = batchOf(context);
  if (active === undefined || sequences === undefined || active <= sequences.value) return [];
  const is = sequences.isDefault ? ', vLLM’s default on this GPU' : '';
  const problem = `is ${active}, more than the ${sequences.value} sequences of one step (max-num-seqs)${is}`;
  const fix = `use at most ${sequences.value}, or set engine.maxNumSeqs to ${active}`;
  return [error('active-above-seqs', subject, problem, fix)];
};

/** No more long prompts may be split at a time than prompts at all (vllm/config/scheduler.py until 0.27). */
export const partialPrefills: CrossCheck = ({ facts }) => {
  const { value: long, origin: subject } = facts.maxLongPartialPrefills;
  const all = facts.maxNumPartialPrefills.value ?? 1;
  if (long === undefined || long <= all) return [];
  const problem = `is ${long}, more than the ${all} partial prefills of one step (max-num-partial-prefills)`;
  return [error('long-prefills-above-prefills', subject, problem, `use at most ${all}`)];
};

/** The threshold cannot exceed the context. */
export const longPrefill: CrossCheck = (context) => {
  const { value: threshold, origin: subject } = context.facts.longPrefillTokenThreshold;
  const length = longestContext(context);
  if (threshold === undefined || length === undefined || threshold <= length) return [];
  const problem = `is ${threshold} tokens, more than the longest context of ${length}`;
  return [error('long-prefill-threshold', subject, problem, `set it to at most ${length}`)];
};

/** LoRA adapters: the host cache must hold at least one batch of them (vllm/config/lora.py). */
export const adapters: CrossCheck = ({ facts }) => {
  const { enableLora, maxLoras, maxCpuLoras } = facts;
  const inBatch = maxLoras.value ?? 1;
  const inHost = maxCpuLoras.value;
  // vLLM reads 0 and less as unset (vllm/engine/arg_utils.py).
  if (enableLora.value !== true || inHost === undefined || inHost <= 0 || inHost >= inBatch) return [];
  const problem = `is ${inHost}, fewer than the ${inBatch} adapters of one batch (max-loras)`;
  return [error('cpu-loras-below-loras', maxCpuLoras.origin, problem, `use at least ${inBatch}`)];
};

/** Lets clients load adapters. */
const RUNTIME_LORA = 'VLLM_ALLOW_RUNTIME_LORA_UPDATING';

/**
 * LoRA options while LoRA is off: the server fails when it loads its adapters (init_static_loras of
 * vllm/entrypoints/openai/models/serving.py); the other options have no effect.
 */
export const adaptersOff: CrossCheck = ({ facts, environment }) => {
  const { enableLora, loraModules, maxLoras, maxCpuLoras, maxLoraRank } = facts;
  if (enableLora.value === true) return [];
  const fix = 'set engine.enableLora, or remove it';
  if (loraModules.isSet) {
    const problem = 'names adapters while LoRA is off, and the server fails when it loads them';
    return [error('lora-is-off', loraModules.origin, problem, fix)];
  }
  const option = [maxLoras, maxCpuLoras, maxLoraRank].find(({ isSet }) => isSet)?.origin;
  const variable = isTrue(environment.get(RUNTIME_LORA)) ? `env.${RUNTIME_LORA}` : undefined;
  const subject = option ?? variable;
  return subject === undefined ? [] : [warning('lora-is-off', subject, 'has no effect while LoRA is off', fix)];
};
