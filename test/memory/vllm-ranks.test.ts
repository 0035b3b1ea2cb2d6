import { Size } from 'cdk8s';
import { Model } from '../../lib';
import type { EngineOptions } from '../../lib';
import { h100, planOf } from '../support/plan';

/**
 * A model, GPUs, a context, MiB of KV cache for a request of that context on each GPU, the longest request in 10 GiB of KV
 * cache, and GiB of weights on each GPU.
 */
type Row = [id: string, gpus: number, context: number, request: number, longest: number, weights: number];

/**
 * Computed by vLLM 0.32.0 from the config.json of each model, on one rank that took itself for an H100: the classes of
 * vllm/model_executor/models without values of weights, and vllm/v1/core/kv_cache_utils.py.
 */
const ROWS: [title: string, engine: EngineOptions, rows: Row[]][] = [
  [
    'one rank',
    {},
    [
      ['CohereLabs/c4ai-command-r7b-12-2024', 1, 32_768, 2945.5, 266_176, 14.95],
      ['Qwen/Qwen2.5-72B-Instruct', 1, 32_768, 10_240, 32_752, 135.43],
      ['Qwen/Qwen2.5-72B-Instruct-AWQ', 1, 8192, 2560, 32_752, 38.62],
      ['Qwen/Qwen2.5-VL-7B-Instruct', 1, 32_768, 1792, 187_216, 15.45],
      ['Qwen/Qwen3-235B-A22B', 1, 8192, 1504, 55_744, 437.9],
      ['Qwen/Qwen3-8B', 1, 8192, 1152, 72_800, 15.26],
      ['Qwen/Qwen3-Embedding-0.6B', 1, 8192, 896, 93_600, 1.11],
      ['Qwen/Qwen3-Embedding-8B', 1, 32_768, 4608, 72_800, 14.1],
      ['Qwen/Qwen3-Next-80B-A3B-Instruct-FP8', 1, 32_768, 854.25, 433_024, 74.85],
      ['RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic', 1, 32_768, 10_240, 32_752, 67.69],
      ['google/gemma-2-9b-it', 1, 8192, 2690.62, 41_888, 17.21],
      ['google/gemma-3-12b-it', 1, 131_072, 13_637, 76_704, 22.7],
      ['hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4', 1, 131_072, 40_960, 32_752, 37.04],
      ['meta-llama/Llama-3.3-70B-Instruct', 1, 32_768, 10_240, 32_752, 131.42],
      ['microsoft/phi-4', 1, 8192, 1600, 52_400, 27.31],
      ['zai-org/GLM-4.5', 1, 131_072, 47_104, 28_464, 657.27],
      ['zai-org/GLM-5', 1, 131_072, 12_519, 107_136, 1385.64],
    ],
  ],
  [
    'an fp8 cache and small batches',
    { kvCacheDtype: 'fp8', maxNumBatchedTokens: 4096 },
    [
      ['CohereLabs/c4ai-command-r-v01', 8, 131_072, 10_240, 131_056, 8.15],
      ['MiniMaxAI/MiniMax-M2', 8, 131_072, 1984, 676_480, 26.97],
      ['Qwen/Qwen2.5-7B-Instruct', 4, 8192, 56, 1_497_936, 3.55],
      ['Qwen/Qwen2.5-VL-7B-Instruct', 4, 32_768, 224, 1_497_936, 3.86],
      ['Qwen/Qwen3-30B-A3B-FP8', 8, 32_768, 384, 873_792, 3.66],
      ['Qwen/Qwen3-32B', 8, 32_768, 512, 655_344, 7.63],
      ['Qwen/Qwen3-32B-FP8', 8, 8192, 128, 655_344, 4.0],
      ['Qwen/Qwen3-8B-AWQ', 8, 8192, 72, 1_165_056, 0.71],
      ['Qwen/Qwen3-VL-8B-Instruct', 8, 32_768, 288, 1_165_056, 2.05],
      ['deepseek-ai/DeepSeek-R1', 8, 32_768, 1098, 305_472, 79.29],
      ['google/gemma-3-4b-it', 8, 131_072, 455.23, 4_138_896, 1.06],
      ['ibm-granite/granite-4.0-h-small', 8, 32_768, 60.84, 10_455_456, 7.58],
      ['mistralai/Mistral-Small-3.2-24B-Instruct-2506', 8, 32_768, 320, 1_048_560, 5.44],
      ['nvidia/Llama-3.3-70B-Instruct-FP8', 8, 131_072, 2560, 524_272, 8.46],
      ['zai-org/GLM-4.6', 8, 32_768, 736, 455_872, 82.4],
      ['zai-org/GLM-5-FP8', 8, 32_768, 1920.75, 174_592, 88.75],
    ],
  ],
  [
    'large batches and no reuse of prompts',
    { enablePrefixCaching: false, maxNumBatchedTokens: 16384 },
    [
      ['CohereLabs/c4ai-command-a-03-2025', 2, 131_072, 7553.5, 217_024, 103.43],
      ['CohereLabs/c4ai-command-r7b-12-2024', 2, 32_768, 2048.75, 544_704, 7.48],
      ['LiquidAI/LFM2.5-1.2B-Instruct', 2, 8192, 48.19, 1_747_568, 1.09],
      ['Qwen/Qwen3-Next-80B-A3B-Instruct', 2, 131_072, 1555.5, 871_488, 74.25],
      ['Qwen/Qwen3.5-27B', 2, 131_072, 4189.5, 323_792, 25.48],
      ['allenai/Olmo-3-7B-Instruct', 2, 8192, 2051, 53_184, 6.8],
      ['allenai/Olmo-3.1-32B-Instruct', 2, 8192, 1025.5, 217_024, 30.02],
      ['google/gemma-3-27b-it', 2, 32_768, 8963.75, 59_280, 25.56],
      ['google/gemma-4-31B-it', 2, 131_072, 18326.25, 23_808, 29.77],
      ['google/gemma-4-E4B-it', 2, 131_072, 1674.62, 1_227_424, 7.89],
    ],
  ],
  [
    'blocks of 32',
    { blockSize: 32 },
    [
      ['CohereLabs/c4ai-command-a-03-2025', 1, 131_072, 12_038, 102_272, 206.86],
      ['LiquidAI/LFM2.5-1.2B-Instruct', 1, 8192, 97.5, 873_632, 2.18],
      ['Qwen/Qwen3.5-27B-FP8', 1, 32_768, 2350, 157_600, 27.86],
      ['google/gemma-2-27b-it', 1, 8192, 2949.75, 36_416, 50.71],
      ['nvidia/NVIDIA-Nemotron-Nano-9B-v2', 1, 32_768, 943, 625_824, 16.56],
    ],
  ],
  [
    'blocks of 64',
    { blockSize: 64 },
    [
      ['CohereLabs/c4ai-command-r-v01', 4, 131_072, 40_960, 32_704, 16.29],
      ['Qwen/Qwen2.5-7B-Instruct', 4, 8192, 112, 748_864, 3.55],
      ['Qwen/Qwen3-32B-FP8', 4, 8192, 512, 163_776, 7.99],
      ['meta-llama/Llama-3.1-8B-Instruct', 4, 131_072, 4096, 327_616, 3.74],
      ['moonshotai/Kimi-K2-Instruct', 4, 131_072, 8784, 152_704, 240.5],
    ],
  ],
  [
    'data parallelism, with experts divided',
    { dataParallelSize: 8, tensorParallelSize: 1, enableExpertParallel: true },
    [
      ['MiniMaxAI/MiniMax-M2', 8, 131_072, 31_744, 42_256, 31.18],
      ['Qwen/Qwen3-235B-A22B-FP8', 8, 131_072, 24_064, 55_744, 35.05],
      ['Qwen/Qwen3-30B-A3B', 8, 32_768, 3072, 109_200, 9.62],
      ['Qwen/Qwen3-30B-A3B-FP8', 8, 32_768, 3072, 109_200, 5.39],
      ['Qwen/Qwen3.6-35B-A3B', 8, 131_072, 2701.88, 516_384, 12.89],
      ['Qwen/Qwen3.6-35B-A3B-FP8', 8, 131_072, 2701.88, 516_384, 7.42],
      ['deepseek-ai/DeepSeek-V3.2', 8, 131_072, 9790.5, 137_024, 94.79],
      ['mistralai/Mixtral-8x7B-Instruct-v0.1', 8, 8192, 1024, 81_904, 13.49],
      ['moonshotai/Kimi-Linear-48B-A3B-Instruct', 8, 32_768, 354.38, 1_317_120, 14.72],
      ['openai/gpt-oss-120b', 8, 131_072, 5189.06, 274_720, 11.06],
      ['openai/gpt-oss-20b', 8, 131_072, 3459.38, 420_352, 4.53],
      ['zai-org/GLM-4.6-FP8', 8, 131_072, 47_104, 28_464, 56.5],
    ],
  ],
  [
    'tensor parallelism, with whole experts',
    { enableExpertParallel: true },
    [
      ['Qwen/Qwen3-235B-A22B-FP8', 4, 131_072, 6016, 223_072, 55.08],
      ['Qwen/Qwen3-30B-A3B', 4, 32_768, 768, 436_880, 14.24],
      ['XiaomiMiMo/MiMo-V2-Flash', 4, 32_768, 1087.91, 1_698_816, 72.75],
      ['meta-llama/Llama-4-Scout-17B-16E-Instruct', 4, 32_768, 1248, 800_064, 50.6],
      ['nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16', 4, 131_072, 423.84, 3_480_576, 14.72],
      ['zai-org/GLM-4.5-Air', 4, 32_768, 1472, 227_920, 49.83],
    ],
  ],
];

/** What vLLM copies to all ranks, a scale or a bias, is not counted for each model. */
const WEIGHTS = { least: 0.96, most: 1.1 };

describe.each(ROWS)('%s: memory is what vLLM 0.32 computes', (_, engine, rows) => {
  const fitOf = ([id, gpus, context]: Row) => {
    const set = { ...engine, maxModelLen: context, kvCacheMemory: Size.gibibytes(10) };
    return planOf({ model: Model.of(id), accelerator: h100(gpus), engine: set }).memory.fitted?.fit;
  };

  it.each(rows)('%s on %i GPUs, for %i tokens: %d MiB, and %i tokens in 10 GiB', (...row) => {
    const [, , , request, longest] = row;
    const { perSequence, largestContext } = fitOf(row)?.tokens ?? {};
    expect(perSequence).toBeCloseTo(request, 1);
    expect(largestContext).toBe(longest);
  });

  it.each(rows)('%s on %i GPUs: weights', (...row) => {
    const part = (fitOf(row)?.weights ?? 0) / 1024 / row[5];
    expect(part).toBeGreaterThan(WEIGHTS.least);
    expect(part).toBeLessThan(WEIGHTS.most);
  });
});
