import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { isTrue } from './switches';

/** Longest context in tokens; with `auto` and -1, at most that of the model. */
function longestContext({ facts, architecture }: CrossCheckContext): number | undefined {
  const length = facts.maxModelLen.value;
  return length !== undefined && length > 0 ? length : architecture?.maxLength;
}

/** A step must have room for one token of each sequence, and for a whole prompt when prompts are not split. */
export const batchedTokens: CrossCheck = (context) => {
  const { maxNumBatchedTokens, maxNumSeqs, enableChunkedPrefill } = context.facts;
  const { value: tokens, origin: subject } = maxNumBatchedTokens;
  if (tokens === undefined) return [];
  const findings: Finding[] = [];
  const sequences = maxNumSeqs.value;
  if (sequences !== undefined && tokens < sequences) {
    const problem = `is ${tokens}, fewer than the ${sequences} sequences of one step (max-num-seqs)`;
    findings.push(error('batched-tokens-below-seqs', subject, problem, 'raise it, or lower engine.maxNumSeqs'));
  }
  const length = longestContext(context);
  if (enableChunkedPrefill.value === false && length !== undefined && tokens < length) {
    const problem = `is ${tokens}, but a prompt of up to ${length} tokens must fit into one step without chunked prefill`;
    findings.push(error('batched-tokens-below-length', subject, problem, 'raise it, or allow chunked prefill'));
  }
  return findings;
};

/** The threshold cannot exceed the context. */
export const longPrefill: CrossCheck = (context) => {
  const { value: threshold, origin: subject } = context.facts.longPrefillTokenThreshold;
  const length = longestContext(context);
  if (threshold === undefined || length === undefined || threshold <= length) return [];
  const problem = `is ${threshold} tokens, more than the longest context of ${length}`;
  return [error('long-prefill-threshold', subject, problem, 'lower it')];
};

/** Whether the context of the model is extended, or vLLM is set to accept a longer one. */
export const isExtended = ({ facts, environment }: Pick<CrossCheckContext, 'facts' | 'environment'>): boolean =>
  facts.hfOverrides.isSet || facts.ropeScaling.isSet || isTrue(environment.get('VLLM_ALLOW_LONG_MAX_MODEL_LEN'));

/** vLLM refuses a context longer than the model's own unless that is overridden. */
export const contextLength: CrossCheck = (context) => {
  const { facts, architecture, modelId } = context;
  const { value: length, origin: subject } = facts.maxModelLen;
  if (length === undefined || architecture === undefined || length <= architecture.maxLength) return [];
  if (isExtended(context)) return [];
  const problem = `is ${length} tokens, but ${modelId} supports ${architecture.maxLength}: vLLM refuses to start`;
  const fix = `use at most ${architecture.maxLength}, or extend the model with engine.hfOverrides`;
  return [error('context-too-long', subject, problem, fix)];
};

/** LoRA adapters: the host cache must hold at least one batch of them. */
export const adapters: CrossCheck = ({ facts }) => {
  const { enableLora, loraModules, maxLoras, maxCpuLoras, maxLoraRank } = facts;
  const findings: Finding[] = [];
  const inBatch = maxLoras.value ?? 1;
  const inHost = maxCpuLoras.value;
  if (inHost !== undefined && inHost < inBatch) {
    const problem = `is ${inHost}, fewer than the ${inBatch} adapters of one batch (max-loras)`;
    findings.push(error('cpu-loras-below-loras', maxCpuLoras.origin, problem, `use at least ${inBatch}`));
  }
  const isOn = enableLora.value === true;
  const option = [loraModules, maxLoras, maxCpuLoras, maxLoraRank].find(({ isSet }) => isSet);
  if (option !== undefined && !isOn) {
    const problem = 'has no effect while LoRA is off';
    findings.push(error('lora-is-off', option.origin, problem, 'set engine.enableLora, or remove it'));
  }
  return findings;
};
