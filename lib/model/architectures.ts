import type { ModelShape } from './model-shape';

/**
 * Shapes of known models.
 *
 * Sources: ai-dynamo/aiconfigurator model_configs (copies of the config.json on the Hub), kaito-project/kaito
 * model_catalog.yaml, vllm-project/recipes and meta-pytorch/torchtune model builders, all 2026-08; weights in GiB as the
 * checkpoint has them. Sliding windows only where a copy of the config.json or vLLM's own code shows which layers have
 * one; elsewhere every layer counts as full attention, which gives too much memory rather than too little.
 */
type Row = [
  pattern: RegExp,
  layers: number,
  hiddenSize: number,
  attentionHeads: number,
  kvHeads: number,
  headDim: number,
  maxLength: number,
  /** In billions. */
  parameters: number,
  weightsGib: number,
  more?: Partial<ModelShape>,
];

/** Experts, and what they weigh in the checkpoint, in GiB. */
const moe = (count: number, active: number, weightsGib: number): Partial<ModelShape> => ({
  experts: { count, active, weightsGib },
});
const AWQ: Partial<ModelShape> = { quantization: 'awq', isBfloat16: false };
/** vLLM: "Numerical instability. Please use bfloat16 or float32 instead." */
const GEMMA: Partial<ModelShape> = { refusesFloat16: true, vocabulary: 262_144 };
const GEMMA_4: Partial<ModelShape> = {
  vocabulary: 262_144,
  groups: [
    { kind: 'heads', layers: 10, kvHeads: 4, headDim: 512 },
    { kind: 'heads', layers: 50, kvHeads: 16, headDim: 256, reach: { kind: 'window', tokens: 1024 } },
  ],
};
const DEEPSEEK: Partial<ModelShape> = {
  ...moe(256, 8, 609.1),
  quantization: 'fp8',
  isBfloat16: true,
  kvHeads: undefined,
  mtpGib: 14.3,
  // kv_lora_rank 512 and qk_rope_head_dim 64.
  groups: [{ kind: 'latent', layers: 61, dim: 576 }],
};
/**
 * Every other layer slides (vllm/model_executor/models/gpt_oss.py). Only the experts have four bits, so the rest in
 * bf16 is a large part of a small model.
 */
const gptOss = (layers: number): Partial<ModelShape> => ({
  quantization: 'mxfp4',
  vocabulary: 201_088,
  groups: [
    { kind: 'heads', layers: layers / 2, kvHeads: 8, headDim: 64 },
    { kind: 'heads', layers: layers / 2, kvHeads: 8, headDim: 64, reach: { kind: 'window', tokens: 128 } },
  ],
});

const LLAMA_70B = /^meta-llama\/((Meta-)?Llama-3\.1-70B(-Instruct)?|Llama-3\.3-70B-Instruct)$/;

/** First match wins; a quantised or fine-tuned name that only resembles a known one does not match. */
const ROWS: readonly Row[] = [
  [/^meta-llama\/Llama-3\.2-1B(-Instruct)?$/, 16, 2048, 32, 8, 64, 131072, 1.24, 2.3],
  [/^meta-llama\/Llama-3\.2-3B(-Instruct)?$/, 28, 3072, 24, 8, 128, 131072, 3.21, 6.0],
  [/^meta-llama\/(Meta-)?Llama-3\.1-8B(-Instruct)?$/, 32, 4096, 32, 8, 128, 131072, 8.03, 14.96],
  [LLAMA_70B, 80, 8192, 64, 8, 128, 131072, 70.6, 131.4],
  [/^meta-llama\/(Meta-)?Llama-3\.1-405B(-Instruct)?$/, 126, 16384, 128, 8, 128, 131072, 406, 756],
  // The base model has a longer context than the instruction-tuned one.
  [/^Qwen\/Qwen2\.5-7B$/, 28, 3584, 28, 4, 128, 131072, 7.62, 14.19],
  [/^Qwen\/Qwen2\.5(-7B-Instruct|-Coder-7B(-Instruct)?)$/, 28, 3584, 28, 4, 128, 32768, 7.62, 14.19],
  [/^Qwen\/Qwen2\.5(-Coder)?-32B-Instruct$/, 64, 5120, 40, 8, 128, 32768, 32.8, 61.0],
  [/^Qwen\/Qwen2\.5-72B-Instruct$/, 80, 8192, 64, 8, 128, 32768, 72.7, 135.4],
  [/^Qwen\/Qwen3-8B$/, 36, 4096, 32, 8, 128, 40960, 8.19, 15.26],
  [/^Qwen\/Qwen3-8B-AWQ$/, 36, 4096, 32, 8, 128, 40960, 8.19, 5.68, AWQ],
  [/^Qwen\/Qwen3-32B$/, 64, 5120, 64, 8, 128, 40960, 32.8, 61.0],
  [/^Qwen\/Qwen3-30B-A3B$/, 48, 2048, 32, 4, 128, 40960, 30.5, 56.9, moe(128, 8, 54)],
  [/^Qwen\/Qwen3-235B-A22B$/, 94, 4096, 64, 4, 128, 40960, 235, 438, moe(128, 8, 423)],
  [/^mistralai\/Mistral-7B(-Instruct)?-v0\.3$/, 32, 4096, 32, 8, 128, 32768, 7.25, 13.5],
  [/^mistralai\/Mixtral-8x7B-Instruct-v0\.1$/, 32, 4096, 32, 8, 128, 32768, 46.7, 87.0, moe(8, 2, 84)],
  [/^deepseek-ai\/DeepSeek-(V3|R1)$/, 61, 7168, 128, 0, 0, 163840, 671, 641.3, DEEPSEEK],
  [/^deepseek-ai\/DeepSeek-R1-Distill-Llama-8B$/, 32, 4096, 32, 8, 128, 131072, 8.03, 14.96],
  [/^deepseek-ai\/DeepSeek-R1-Distill-Qwen-14B$/, 48, 5120, 40, 8, 128, 131072, 14.8, 27.51],
  [/^google\/gemma-2-9b(-it)?$/, 42, 3584, 16, 8, 256, 8192, 9.24, 17.2, GEMMA],
  [/^google\/gemma-2-27b(-it)?$/, 46, 4608, 32, 16, 128, 8192, 27.2, 50.7, GEMMA],
  [/^google\/gemma-3-27b-it$/, 62, 5376, 32, 16, 128, 131072, 27.4, 51.1, GEMMA],
  [/^google\/gemma-4-31B-it$/, 60, 5376, 32, 16, 256, 262144, 31.3, 58.25, GEMMA_4],
  [/^microsoft\/phi-4$/, 40, 5120, 40, 10, 128, 16384, 14.7, 27.31],
  // The repository holds a second copy under original/, which vLLM skips; half of KAITO's figure.
  [/^openai\/gpt-oss-20b$/, 24, 2880, 64, 8, 64, 131072, 21, 12.8, { ...gptOss(24), ...moe(32, 4, 9.47) }],
  // "Model loading took 65.9651 GiB" (vLLM #23278), 64.38 of another release (#33155); the smaller one took 12.8848 (#22331).
  [
    /^openai\/gpt-oss-120b$/,
    36,
    2880,
    64,
    8,
    64,
    131072,
    117,
    60.8,
    { ...gptOss(36), ...moe(128, 4, 56.8), loadedGib: 66 },
  ],
];

/** The shape of a known model, or undefined: nothing is guessed from a name. */
export function knownShape(modelId: string): ModelShape | undefined {
  const row = ROWS.find(([pattern]) => pattern.test(modelId));
  if (row === undefined) return undefined;
  const [, layers, hiddenSize, attentionHeads, kvHeads, headDim, maxLength, billions, weightsGib, more] = row;
  return {
    hiddenSize,
    attentionHeads,
    kvHeads,
    groups: [{ kind: 'heads', layers, kvHeads, headDim }],
    maxLength,
    parameters: billions * 1e9,
    weightsGib,
    isBfloat16: true,
    ...more,
  };
}
