/**
 * Shapes of known models, as their `config.json` has them. Only facts that a check or a number uses are kept.
 *
 * Sources: ai-dynamo/aiconfigurator model_configs (copies of the config.json on the Hub), kaito-project/kaito
 * model_catalog.yaml and meta-pytorch/torchtune model builders, all 2026-08; weights in GiB as the checkpoint has them.
 */
export interface Architecture {
  /** Query heads of one attention layer. */
  readonly attentionHeads: number;
  /** Key/value heads; undefined for multi-head latent attention, which has one compressed vector. */
  readonly kvHeads?: number;
  /** Longest context in tokens that the model was configured for. */
  readonly maxLength: number;
  /** Weights as the published checkpoint has them, in GiB. */
  readonly weightsGib: number;
  /** True for a mixture of experts. */
  readonly mixtureOfExperts?: boolean;
}

type Row = [
  pattern: RegExp,
  attentionHeads: number,
  kvHeads: number | undefined,
  maxLength: number,
  weightsGib: number,
];

/** First match wins; a quantised or fine-tuned name that only resembles a known one does not match. */
const DENSE: readonly Row[] = [
  [/^meta-llama\/Llama-3\.2-1B(-Instruct)?$/, 32, 8, 131072, 2.3],
  [/^meta-llama\/Llama-3\.2-3B(-Instruct)?$/, 24, 8, 131072, 6.0],
  [/^meta-llama\/(Meta-)?Llama-3\.1-8B(-Instruct)?$/, 32, 8, 131072, 14.96],
  [/^meta-llama\/((Meta-)?Llama-3\.1-70B(-Instruct)?|Llama-3\.3-70B-Instruct)$/, 64, 8, 131072, 131.4],
  [/^meta-llama\/(Meta-)?Llama-3\.1-405B(-Instruct)?$/, 128, 8, 131072, 756],
  // The base model was made for a longer context than the one that was tuned for instructions.
  [/^Qwen\/Qwen2\.5-7B$/, 28, 4, 131072, 14.19],
  [/^Qwen\/Qwen2\.5(-7B-Instruct|-Coder-7B(-Instruct)?)$/, 28, 4, 32768, 14.19],
  [/^Qwen\/Qwen2\.5(-Coder)?-32B-Instruct$/, 40, 8, 32768, 61.0],
  [/^Qwen\/Qwen2\.5-72B-Instruct$/, 64, 8, 32768, 135.4],
  [/^Qwen\/Qwen3-8B$/, 32, 8, 40960, 15.26],
  [/^Qwen\/Qwen3-8B-AWQ$/, 32, 8, 40960, 5.68],
  [/^Qwen\/Qwen3-32B$/, 64, 8, 40960, 61.0],
  [/^mistralai\/Mistral-7B(-Instruct)?-v0\.3$/, 32, 8, 32768, 13.5],
  [/^deepseek-ai\/DeepSeek-R1-Distill-Llama-8B$/, 32, 8, 131072, 14.96],
  [/^deepseek-ai\/DeepSeek-R1-Distill-Qwen-14B$/, 40, 8, 131072, 27.51],
  [/^google\/gemma-2-9b(-it)?$/, 16, 8, 8192, 17.2],
  [/^google\/gemma-2-27b(-it)?$/, 32, 16, 8192, 50.7],
  [/^google\/gemma-3-27b-it$/, 32, 16, 131072, 51.1],
  [/^google\/gemma-4-31B-it$/, 32, 16, 262144, 58.25],
  [/^microsoft\/phi-4$/, 40, 10, 16384, 27.31],
];

const MIXTURE_OF_EXPERTS: readonly Row[] = [
  [/^Qwen\/Qwen3-30B-A3B$/, 32, 4, 40960, 56.9],
  [/^Qwen\/Qwen3-235B-A22B$/, 64, 4, 40960, 438],
  [/^mistralai\/Mixtral-8x7B-Instruct-v0\.1$/, 32, 8, 32768, 87.0],
  [/^deepseek-ai\/DeepSeek-(V3|R1)$/, 128, undefined, 163840, 641.3],
  // The repository holds a second copy under original/, which vLLM skips; half of KAITO's figure.
  [/^openai\/gpt-oss-20b$/, 64, 8, 131072, 12.8],
  [/^openai\/gpt-oss-120b$/, 64, 8, 131072, 60.8],
];

function find(rows: readonly Row[], modelId: string): Omit<Architecture, 'mixtureOfExperts'> | undefined {
  const row = rows.find(([pattern]) => pattern.test(modelId));
  if (row === undefined) return undefined;
  const [, attentionHeads, kvHeads, maxLength, weightsGib] = row;
  return { attentionHeads, kvHeads, maxLength, weightsGib };
}

/** The shape of a known model, or undefined: nothing is guessed from a name. */
export function architectureOf(modelId: string): Architecture | undefined {
  const dense = find(DENSE, modelId);
  if (dense) return { ...dense, mixtureOfExperts: false };
  const mixture = find(MIXTURE_OF_EXPERTS, modelId);
  return mixture && { ...mixture, mixtureOfExperts: true };
}
