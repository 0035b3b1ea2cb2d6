import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { isTrue } from './switches';

/** Longest context in tokens; `auto` and -1 fit at most what the model was made for. */
function longestContext({ flags, architecture }: CrossCheckContext): number | undefined {
  const said = flags.number('--max-model-len');
  return said !== undefined && said > 0 ? said : architecture?.maxLength;
}

/** A step must have room for one token of each sequence, and for a whole prompt when prompts are not cut. */
export const batchedTokens: CrossCheck = (context) => {
  const { flags } = context;
  const tokens = flags.number('--max-num-batched-tokens');
  if (tokens === undefined) return [];
  const subject = flags.origin('--max-num-batched-tokens');
  const findings: Finding[] = [];
  const sequences = flags.number('--max-num-seqs');
  if (sequences !== undefined && tokens < sequences) {
    const problem = `is ${tokens}, fewer than the ${sequences} sequences of one step (max-num-seqs)`;
    findings.push(error('batched-tokens-below-seqs', subject, problem, 'raise it, or lower engine.maxNumSeqs'));
  }
  const length = longestContext(context);
  if (flags.isOff('--enable-chunked-prefill') && length !== undefined && tokens < length) {
    const problem = `is ${tokens}, but a prompt of up to ${length} tokens must fit into one step without chunked prefill`;
    findings.push(error('batched-tokens-below-length', subject, problem, 'raise it, or allow chunked prefill'));
  }
  return findings;
};

/** The threshold cannot exceed the context. */
export const longPrefill: CrossCheck = (context) => {
  const { flags } = context;
  const threshold = flags.number('--long-prefill-token-threshold');
  const length = longestContext(context);
  if (threshold === undefined || length === undefined || threshold <= length) return [];
  const problem = `is ${threshold} tokens, more than the longest context of ${length}`;
  const subject = flags.origin('--long-prefill-token-threshold');
  return [error('long-prefill-threshold', subject, problem, 'lower it')];
};

/** Whether the model was extended beyond its own context, or vLLM was told not to mind. */
export const isExtended = ({ flags, environment }: Pick<CrossCheckContext, 'flags' | 'environment'>): boolean =>
  flags.has('--hf-overrides') ||
  flags.has('--rope-scaling') ||
  isTrue(environment.get('VLLM_ALLOW_LONG_MAX_MODEL_LEN'));

/** vLLM refuses a context longer than the model's own unless that is overridden. */
export const contextLength: CrossCheck = (context) => {
  const { flags, architecture, modelId } = context;
  const length = flags.number('--max-model-len');
  if (length === undefined || architecture === undefined || length <= architecture.maxLength) return [];
  if (isExtended(context)) return [];
  const problem = `is ${length} tokens, but ${modelId} was made for ${architecture.maxLength}: vLLM refuses to start`;
  const fix = `use at most ${architecture.maxLength}, or extend the model with engine.hfOverrides`;
  return [error('context-too-long', flags.origin('--max-model-len'), problem, fix)];
};

/** Adapters: the host cache holds at least one batch of them, and drafts need room in a step. */
export const adapters: CrossCheck = ({ flags }) => {
  const findings: Finding[] = [];
  const inBatch = flags.number('--max-loras') ?? 1;
  const inHost = flags.number('--max-cpu-loras');
  if (inHost !== undefined && inHost < inBatch) {
    const problem = `is ${inHost}, fewer than the ${inBatch} adapters of one batch (max-loras)`;
    findings.push(error('cpu-loras-below-loras', flags.origin('--max-cpu-loras'), problem, `use at least ${inBatch}`));
  }
  const option = ['--lora-modules', '--max-loras', '--max-cpu-loras', '--max-lora-rank'].find((flag) =>
    flags.has(flag),
  );
  if (option !== undefined && !flags.isOn('--enable-lora')) {
    const problem = 'has no effect while LoRA is off';
    findings.push(error('lora-is-off', flags.origin(option), problem, 'set engine.enableLora, or leave it out'));
  }
  // A dotted key has its number as text.
  const drafts = Number(
    flags.object('--speculative-config')?.['num_speculative_tokens'] ?? flags.number('--spec-tokens'),
  );
  const tokens = flags.number('--max-num-batched-tokens');
  const sequences = flags.number('--max-num-seqs');
  if (flags.isOn('--enable-lora') && drafts > 0 && tokens !== undefined && sequences !== undefined) {
    const needed = sequences * (drafts + 1);
    if (tokens < needed) {
      const problem = `is ${tokens}, but ${sequences} sequences with ${drafts} drafts each and LoRA need ${needed}`;
      const subject = flags.origin('--max-num-batched-tokens');
      findings.push(error('batched-tokens-below-drafts', subject, problem, `use at least ${needed}`));
    }
  }
  return findings;
};
