import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import { batchOf } from './batch';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { draftsOf } from './drafts';

/** Whether vLLM's defaults for a step depend on nothing but the GPU (`_get_min_mm_batched_tokens`, `use_batched_dp_moe`). */
const areByGpu = ({ facts, architecture, release }: CrossCheckContext): boolean =>
  architecture?.isMultimodal !== true && facts.enableExpertParallel.value !== true && holds('0.25..', release);

/** With LoRA, a step must have room for every sequence with all of its drafts. */
export const draftsOfAdapters: CrossCheck = (context) => {
  const { enableLora, maxNumBatchedTokens } = context.facts;
  const { tokens: drafts = 0 } = draftsOf(context.facts) ?? {};
  const { tokens: room, sequences: requests } = batchOf(context);
  if (enableLora.value !== true || drafts === 0 || room === undefined || requests === undefined) return [];
  if ((room.isDefault || requests.isDefault) && !areByGpu(context)) return [];
  const [tokens, sequences] = [room.value, requests.value];
  const needed = sequences * (drafts + 1);
  if (tokens >= needed) return [];
  const is = maxNumBatchedTokens.isSet ? `is ${tokens}` : `is unset, so it is ${tokens} on this GPU`;
  const subject = maxNumBatchedTokens.isSet ? maxNumBatchedTokens.origin : 'engine.maxNumBatchedTokens';
  const problem = `${is}, but ${sequences} sequences with ${drafts} drafts each and LoRA need ${needed}`;
  const most = Math.floor(tokens / (drafts + 1));
  const fewer = most >= 1 ? `, or engine.maxNumSeqs to at most ${most}` : '';
  return [error('batched-tokens-below-drafts', subject, problem, `set it to at least ${needed}${fewer}`)];
};
