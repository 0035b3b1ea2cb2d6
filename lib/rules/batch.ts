import { hasQuirk } from '../engine/catalogue/quirks';
import type { BatchDefaults } from '../engine/facts/batch-defaults';
import { batchDefaults } from '../engine/facts/batch-defaults';
import type { JsonObject } from '../shapes/json-object';
import { contextLimit } from './context-limit';
import type { CrossCheckContext } from './cross-check';

/** Number of tokens or sequences, and where it is from. */
export interface BatchSize {
  readonly value: number;
  /** Whether vLLM chooses it, because it is unset. */
  readonly isDefault: boolean;
}

/** Longest context in tokens; with `auto` and -1, at most that of the model. */
export function longestContext(context: CrossCheckContext): number | undefined {
  const length = context.facts.maxModelLen.value;
  if (length !== undefined && length > 0) return length;
  return contextLimit(context) ?? context.architecture?.maxLength;
}

/** Models that are not read from left to right, which vLLM gives whole prompts (vllm/model_executor/models/). */
const WHOLE_PROMPTS = /^(Bert|Roberta|XLMRoberta|ModernBert|NomicBert|GteNew|Whisper)/;

/** Pooling that needs all tokens of a prompt at once (vllm/config/model.py, is_chunked_prefill_supported). */
const poolsWholePrompts = (pooler: JsonObject = {}): boolean =>
  ['MEAN', 'CLS'].includes(String(pooler['seq_pooling_type'] ?? pooler['pooling_type'])) ||
  (pooler['tok_pooling_type'] ?? pooler['pooling_type']) === 'STEP';

/** Whether a prompt may be split over several steps; undefined when that is not known. */
export function splitsPrompts({ facts, architecture: shape }: CrossCheckContext): boolean | undefined {
  const { enableChunkedPrefill, runner, task, convert, poolerConfig } = facts;
  if (WHOLE_PROMPTS.test(shape?.architecture ?? '')) {
    // vLLM ignores the switch for an encoder with a decoder, and obeys it otherwise.
    return enableChunkedPrefill.value === true && !/^Whisper/.test(shape?.architecture ?? '');
  }
  if (enableChunkedPrefill.value !== undefined) return enableChunkedPrefill.value;
  if (poolsWholePrompts(poolerConfig.value)) return false;
  const isConverted = convert.isSet && !['auto', 'none'].includes(convert.value ?? '');
  const isPooling = runner.value === 'pooling' || isConverted || (task.isSet && task.value !== 'generate');
  return isPooling ? undefined : true;
}

/** Tokens of one step where they are unset; undefined where the longest context is needed and not known. */
function defaultTokens(context: CrossCheckContext, { maxNumSeqs, maxNumBatchedTokens }: BatchDefaults) {
  const length = longestContext(context);
  const wholePrompt = splitsPrompts(context) === true ? 0 : length;
  if (wholePrompt === undefined) return undefined;
  const sequences = context.facts.maxNumSeqs.value ?? maxNumSeqs;
  return Math.min(Math.max(maxNumBatchedTokens, wholePrompt), sequences * (length ?? Infinity));
}

/**
 * Tokens and sequences of one step: set, or the default of vLLM for this GPU; undefined where that is not known
 * (vllm/engine/arg_utils.py, `_set_default_max_num_seqs_and_batched_tokens_args`).
 */
export function batchOf(context: CrossCheckContext): { tokens?: BatchSize; sequences?: BatchSize } {
  const { facts, accelerator, release } = context;
  const { model: gpu } = accelerator;
  const defaults = gpu && hasQuirk(release, 'one-engine') ? batchDefaults(gpu.memoryMib, gpu.name, facts) : undefined;
  const tokens = sizeOf(facts.maxNumBatchedTokens.value, defaults && defaultTokens(context, defaults));
  const sequences = defaults && Math.min(defaults.maxNumSeqs, tokens?.value ?? Infinity);
  return { tokens, sequences: sizeOf(facts.maxNumSeqs.value, sequences) };
}

function sizeOf(set: number | undefined, byDefault: number | undefined): BatchSize | undefined {
  const value = set ?? byDefault;
  return value === undefined ? undefined : { value, isDefault: set === undefined };
}
