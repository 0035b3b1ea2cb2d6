import type { ModelShape } from './model-shape';
import { halfPrecisionGib } from './model-shape';
import { ModelTask } from './model-task';

/** A checkpoint of two bytes for each parameter. */
const plain = (billions: number): Partial<ModelShape> => {
  const parameters = billions * 1e9;
  return { parameters, weightsGib: halfPrecisionGib(parameters) };
};

/** num_global_key_value_heads 1 and global_head_dim 512: copies of the config.json in the tests of MLX ports. */
const GEMMA_4_12B: Partial<ModelShape> = {
  vocabulary: 262_144,
  kvHeads: 8,
  groups: [
    { kind: 'heads', layers: 8, kvHeads: 1, headDim: 512 },
    { kind: 'heads', layers: 40, kvHeads: 8, headDim: 256, reach: { kind: 'window', tokens: 1024 } },
  ],
};

const MISTRAL_WINDOW: Partial<ModelShape> = {
  groups: [{ kind: 'heads', layers: 32, kvHeads: 8, headDim: 128, reach: { kind: 'window', tokens: 4096 } }],
};

/**
 * Laguna S, with so many GiB of experts. 117.6 billion parameters with 8 billion active are 256 experts of 1,024 in 47
 * layers with a width of 3,072.
 */
const laguna = (weightsGib: number): Partial<ModelShape> => ({
  hiddenSize: 3072,
  experts: { count: 256, active: 10, weightsGib },
});

/**
 * What the generated table does not have, by the id of a checkpoint. A row replaces values of the table. How to add one:
 * docs/models.md.
 */
export const ADDITIONS: Readonly<Record<string, Partial<ModelShape>>> = {
  // Parameters: the model cards. Layers of 12,288 with an intermediate size of 36,864 and of 33,792, and of 4,096 with
  // 14,336, have as many.
  'CohereLabs/c4ai-command-a-03-2025': plain(111.06),
  'CohereLabs/c4ai-command-r-plus': plain(103.81),
  'CohereLabs/c4ai-command-r7b-12-2024': plain(8.03),
  // 59.99 GiB of safetensors. 72 experts of 768 in each of 40 layers, as GraniteMoeHybrid's config.json has them.
  'ibm-granite/granite-4.0-h-small': { ...plain(32.21), experts: { count: 72, active: 10, weightsGib: 50.6 } },
  // All layers have the window of config.json: vLLM 0.32 gives them a SlidingWindowSpec.
  'intfloat/e5-mistral-7b-instruct': MISTRAL_WINDOW,
  'mistralai/Mistral-7B-v0.1': MISTRAL_WINDOW,
  // Without the output layer, which a model for embeddings does not load (vllm/model_executor/models/adapters.py).
  'Alibaba-NLP/gte-Qwen2-7B-instruct': plain(7.07),
  'Qwen/Qwen3-Embedding-8B': plain(7.57),
  // 108.64 billion parameters with the vision encoder.
  'meta-llama/Llama-4-Scout-17B-16E-Instruct': { ...plain(108.64), encoderGib: 1.62 },
  'google/gemma-4-12B-it': GEMMA_4_12B,
  'google/gemma-4-12B-it-qat-w4a16-ct': GEMMA_4_12B,
  'poolside/Laguna-S-2.1': laguna(211.5),
  // "The FP8 checkpoint caps at 256K": a run with vLLM 0.25.1.
  'poolside/Laguna-S-2.1-FP8': { ...laguna(105.75), maxLength: 262_144 },
  'poolside/Laguna-S-2.1-INT4': laguna(54.5),
  'poolside/Laguna-S-2.1-NVFP4': laguna(59.5),
  // Experts of 2,048, as MiMo-V2-Flash has in the same 47 layers of 4,096; the parameters of Pro leave the same.
  'XiaomiMiMo/MiMo-V2.5': { experts: { count: 256, active: 8, weightsGib: 282 } },
  'XiaomiMiMo/MiMo-V2.5-Pro': { experts: { count: 384, active: 8, weightsGib: 931.5 } },
};

/** An encoder with the layers of XLM-RoBERTa large, whose checkpoint is in fp32 and is loaded in fp16. */
const xlmRoberta = (architecture: string, task: ModelTask, maxLength: number): NewCheckpoint => {
  const parameters = 567_754_752;
  const half = halfPrecisionGib(parameters);
  const size = { weightsGib: 2 * half, loadedGib: half, parameters, maxLength, isBfloat16: false };
  const heads = { hiddenSize: 1024, attentionHeads: 16, kvHeads: 16 };
  return { task, shape: { architecture, ...heads, groups: [{ kind: 'none', layers: 24 }], ...size } };
};

/** A checkpoint that the generated table does not have. */
export interface NewCheckpoint {
  readonly task: ModelTask;
  readonly shape: ModelShape;
}

/** Checkpoints that the generated table does not have. Sources: their config.json and the model cards. */
export const NEW: Readonly<Record<string, NewCheckpoint>> = {
  'BAAI/bge-m3': xlmRoberta('XLMRobertaModel', ModelTask.EMBED, 8192),
  'BAAI/bge-reranker-v2-m3': xlmRoberta('XLMRobertaForSequenceClassification', ModelTask.RERANK, 8192),
  'intfloat/multilingual-e5-large': xlmRoberta('XLMRobertaModel', ModelTask.EMBED, 512),
};

/** Old names of checkpoints, which the Hub redirects. */
export const RENAMED: Readonly<Record<string, string>> = {
  'meta-llama/Meta-Llama-3.1-8B': 'meta-llama/Llama-3.1-8B',
  'meta-llama/Meta-Llama-3.1-8B-Instruct': 'meta-llama/Llama-3.1-8B-Instruct',
  'meta-llama/Meta-Llama-3.1-70B-Instruct': 'meta-llama/Llama-3.1-70B-Instruct',
  'meta-llama/Meta-Llama-3.1-405B-Instruct': 'meta-llama/Llama-3.1-405B-Instruct',
};

/** Checkpoints with the shape and the size of another one, but other weights. */
export const SAME_SHAPE: Readonly<Record<string, string>> = {
  'Qwen/Qwen2.5-Coder-7B': 'Qwen/Qwen2.5-Coder-7B-Instruct',
  'google/gemma-2-9b': 'google/gemma-2-9b-it',
  'google/gemma-2-27b': 'google/gemma-2-27b-it',
  'meta-llama/Llama-3.1-70B': 'meta-llama/Llama-3.1-70B-Instruct',
  'meta-llama/Meta-Llama-3.1-70B': 'meta-llama/Llama-3.1-70B-Instruct',
  'meta-llama/Llama-3.1-405B': 'meta-llama/Llama-3.1-405B-Instruct',
  'meta-llama/Meta-Llama-3.1-405B': 'meta-llama/Llama-3.1-405B-Instruct',
  'meta-llama/Meta-Llama-3-8B': 'meta-llama/Meta-Llama-3-8B-Instruct',
  'meta-llama/Meta-Llama-3-70B': 'meta-llama/Meta-Llama-3-70B-Instruct',
};
