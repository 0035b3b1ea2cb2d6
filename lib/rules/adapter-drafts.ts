import { batchDefaults } from '../engine/facts/batch-defaults';
import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { draftsOf } from './drafts';

/** Tokens and sequences of a step. */
interface Batch {
  readonly tokens: number;
  readonly sequences: number;
}

/**
 * The batch of a step, with what vLLM sets where one of the two is unset; undefined where that depends on more than the GPU.
 * Source: vllm/engine/arg_utils.py, _set_default_max_num_seqs_and_batched_tokens_args.
 */
function batchOf({ facts, accelerator, architecture, release }: CrossCheckContext): Batch | undefined {
  const { maxNumBatchedTokens, maxNumSeqs, maxModelLen, enableChunkedPrefill, enableExpertParallel } = facts;
  const [tokens, sequences] = [maxNumBatchedTokens.value, maxNumSeqs.value];
  if (tokens !== undefined && sequences !== undefined) return { tokens, sequences };
  const { memoryMib, model } = accelerator;
  const isByGpu = memoryMib !== undefined && architecture?.isMultimodal !== true && holds('0.25..', release);
  if (!isByGpu || enableChunkedPrefill.value === false || enableExpertParallel.value === true) return undefined;
  const defaults = batchDefaults(memoryMib, model?.name, facts);
  if (tokens !== undefined) return { tokens, sequences: Math.min(defaults.maxNumSeqs, tokens) };
  const length = maxModelLen.value ?? architecture?.maxLength;
  if (length === undefined || length <= 0) return undefined;
  const step = Math.min(defaults.maxNumBatchedTokens, (sequences ?? defaults.maxNumSeqs) * length);
  return { tokens: step, sequences: sequences ?? Math.min(defaults.maxNumSeqs, step) };
}

/** With LoRA, a step must have room for every sequence with all of its drafts. */
export const draftsOfAdapters: CrossCheck = (context) => {
  const { enableLora, maxNumBatchedTokens } = context.facts;
  const { tokens: drafts = 0 } = draftsOf(context.facts) ?? {};
  const batch = enableLora.value === true && drafts > 0 ? batchOf(context) : undefined;
  if (batch === undefined) return [];
  const { tokens, sequences } = batch;
  const needed = sequences * (drafts + 1);
  if (tokens >= needed) return [];
  const is = maxNumBatchedTokens.isSet ? `is ${tokens}` : `is unset, so it is ${tokens} on this GPU`;
  const subject = maxNumBatchedTokens.isSet ? maxNumBatchedTokens.origin : 'engine.maxNumBatchedTokens';
  const problem = `${is}, but ${sequences} sequences with ${drafts} drafts each and LoRA need ${needed}`;
  const most = Math.floor(tokens / (drafts + 1));
  const fewer = most >= 1 ? `, or engine.maxNumSeqs to at most ${most}` : '';
  return [error('batched-tokens-below-drafts', subject, problem, `set it to at least ${needed}${fewer}`)];
};
