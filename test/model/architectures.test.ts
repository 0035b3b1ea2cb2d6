import { knownShape } from '../../lib/model/architectures';
import type { ModelShape } from '../../lib/model/model-shape';
import { halfPrecisionGib } from '../../lib/model/model-shape';

const IN_BF16 = [
  'meta-llama/Llama-3.2-1B',
  'meta-llama/Llama-3.2-3B',
  'meta-llama/Llama-3.1-8B',
  'meta-llama/Llama-3.1-70B',
  'meta-llama/Llama-3.1-405B',
  'Qwen/Qwen2.5-7B',
  'Qwen/Qwen2.5-32B-Instruct',
  'Qwen/Qwen2.5-72B-Instruct',
  'Qwen/Qwen3-8B',
  'Qwen/Qwen3-32B',
  'Qwen/Qwen3-30B-A3B',
  'Qwen/Qwen3-235B-A22B',
  'mistralai/Mistral-7B-v0.3',
  'mistralai/Mixtral-8x7B-Instruct-v0.1',
  'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-14B',
  'google/gemma-2-9b',
  'google/gemma-2-27b',
  'google/gemma-3-27b-it',
  'google/gemma-4-31B-it',
  'microsoft/phi-4',
];

describe('the shape of a known model', () => {
  // From each model's config.json: query heads, key/value heads, longest context, GiB.
  it.each<[id: string, heads: number, kvHeads: number | undefined, maxLength: number, weightsGib: number]>([
    ['meta-llama/Llama-3.2-1B-Instruct', 32, 8, 131072, 2.3],
    ['meta-llama/Llama-3.2-3B', 24, 8, 131072, 6],
    ['meta-llama/Llama-3.1-8B-Instruct', 32, 8, 131072, 14.96],
    ['meta-llama/Meta-Llama-3.1-8B', 32, 8, 131072, 14.96],
    ['meta-llama/Llama-3.1-70B-Instruct', 64, 8, 131072, 131.4],
    ['meta-llama/Llama-3.3-70B-Instruct', 64, 8, 131072, 131.4],
    ['meta-llama/Llama-3.1-405B-Instruct', 128, 8, 131072, 756],
    ['Qwen/Qwen2.5-7B-Instruct', 28, 4, 32768, 14.19],
    ['Qwen/Qwen2.5-7B', 28, 4, 131072, 14.19],
    ['Qwen/Qwen2.5-Coder-7B-Instruct', 28, 4, 32768, 14.19],
    ['Qwen/Qwen2.5-32B-Instruct', 40, 8, 32768, 61],
    ['Qwen/Qwen2.5-72B-Instruct', 64, 8, 32768, 135.4],
    ['Qwen/Qwen3-8B', 32, 8, 40960, 15.26],
    ['Qwen/Qwen3-8B-AWQ', 32, 8, 40960, 5.68],
    ['Qwen/Qwen3-32B', 64, 8, 40960, 61],
    ['Qwen/Qwen3-30B-A3B', 32, 4, 40960, 56.9],
    ['Qwen/Qwen3-235B-A22B', 64, 4, 40960, 438],
    ['mistralai/Mistral-7B-Instruct-v0.3', 32, 8, 32768, 13.5],
    ['mistralai/Mixtral-8x7B-Instruct-v0.1', 32, 8, 32768, 87],
    ['deepseek-ai/DeepSeek-V3', 128, undefined, 163840, 641.3],
    ['deepseek-ai/DeepSeek-R1', 128, undefined, 163840, 641.3],
    ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 32, 8, 131072, 14.96],
    ['deepseek-ai/DeepSeek-R1-Distill-Qwen-14B', 40, 8, 131072, 27.51],
    ['google/gemma-2-9b-it', 16, 8, 8192, 17.2],
    ['google/gemma-2-27b', 32, 16, 8192, 50.7],
    ['google/gemma-3-27b-it', 32, 16, 131072, 51.1],
    ['google/gemma-4-31B-it', 32, 16, 262144, 58.25],
    ['microsoft/phi-4', 40, 10, 16384, 27.31],
    ['openai/gpt-oss-20b', 64, 8, 131072, 12.8],
    ['openai/gpt-oss-120b', 64, 8, 131072, 60.8],
  ])('%s is in the table', (id, attentionHeads, kvHeads, maxLength, weightsGib) => {
    expect(knownShape(id)).toMatchObject<Partial<ModelShape>>({ attentionHeads, maxLength, weightsGib });
    expect(knownShape(id)?.kvHeads).toBe(kvHeads);
  });

  it.each([
    ['Qwen/Qwen3-8B', false],
    ['Qwen/Qwen3-30B-A3B', true],
    ['mistralai/Mixtral-8x7B-Instruct-v0.1', true],
    ['deepseek-ai/DeepSeek-R1', true],
    ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', false],
    ['openai/gpt-oss-20b', true],
  ])('%s is a mixture of experts: %p', (id, expected) => {
    expect(knownShape(id)?.experts !== undefined).toBe(expected);
  });

  it.each(IN_BF16)('%s has the weights of its checkpoint', (id) => {
    const { parameters = 0, weightsGib = 0 } = knownShape(id) ?? {};
    expect(Math.abs(halfPrecisionGib(parameters) / weightsGib - 1)).toBeLessThan(0.05);
  });

  // KiB of KV cache per token of the whole model in bf16.
  it.each([
    ['meta-llama/Llama-3.2-1B', 32],
    ['meta-llama/Llama-3.2-3B', 112],
    ['meta-llama/Llama-3.1-8B', 128],
    ['meta-llama/Llama-3.1-70B', 320],
    ['meta-llama/Llama-3.1-405B', 504],
    ['Qwen/Qwen2.5-7B', 56],
    ['Qwen/Qwen2.5-32B-Instruct', 256],
    ['Qwen/Qwen2.5-72B-Instruct', 320],
    ['Qwen/Qwen3-8B', 144],
    ['Qwen/Qwen3-32B', 256],
    ['Qwen/Qwen3-30B-A3B', 96],
    ['Qwen/Qwen3-235B-A22B', 188],
    ['mistralai/Mistral-7B-v0.3', 128],
    ['mistralai/Mixtral-8x7B-Instruct-v0.1', 128],
    ['deepseek-ai/DeepSeek-R1', 68.625],
    ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 128],
    ['deepseek-ai/DeepSeek-R1-Distill-Qwen-14B', 192],
    ['google/gemma-2-9b', 336],
    ['google/gemma-2-27b', 368],
    ['google/gemma-3-27b-it', 496],
    ['google/gemma-4-31B-it', 880],
    ['microsoft/phi-4', 200],
    ['openai/gpt-oss-20b', 48],
    ['openai/gpt-oss-120b', 72],
  ])('%s stores %d KiB for each token', (id, kib) => {
    const bytes = knownShape(id)?.groups.map((group) =>
      group.kind === 'heads'
        ? group.layers * 2 * group.kvHeads * group.headDim * 2
        : group.kind === 'latent'
          ? group.layers * group.dim * 2
          : NaN,
    );
    expect((bytes ?? []).reduce((sum, each) => sum + each, 0) / 1024).toBe(kib);
  });

  it('has the windows of the layers with a sliding window', () => {
    expect(knownShape('google/gemma-4-31B-it')?.groups).toEqual([
      { kind: 'heads', layers: 10, kvHeads: 4, headDim: 512 },
      { kind: 'heads', layers: 50, kvHeads: 16, headDim: 256, reach: { kind: 'window', tokens: 1024 } },
    ]);
    expect(
      knownShape('openai/gpt-oss-20b')?.groups.map((group) => group.kind === 'heads' && group.reach?.tokens),
    ).toEqual([undefined, 128]);
  });

  it.each([
    ['a quantised model', 'neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8'],
    ['a quantised model of the same owner', 'Qwen/Qwen2.5-7B-Instruct-AWQ'],
    ['another quantisation', 'Qwen/Qwen3-8B-FP8'],
    ['a fine-tuned model', 'my-team/Llama-3.1-8B-Instruct'],
    ['a fine-tuned model with a longer name', 'meta-llama/Llama-3.1-8B-Instruct-sql'],
    ['a later release of the same shape', 'Qwen/Qwen3-30B-A3B-Instruct-2507'],
    ['a base model with a longer context', 'Qwen/Qwen2.5-32B'],
    ['a longer context of the same model', 'Qwen/Qwen2.5-7B-Instruct-1M'],
    ['another size of the same family', 'meta-llama/Llama-3.1-80B-Instruct'],
    ['another modality', 'meta-llama/Llama-3.2-11B-Vision-Instruct'],
    ['another case', 'meta-llama/llama-3.1-8b-instruct'],
    ['a dot that is not one', 'meta-llama/Llama-3x1-8B'],
    ['a path to the model', '/models/meta-llama/Llama-3.1-8B-Instruct'],
    ['nothing', ''],
  ])('is not guessed for %s', (_, id) => {
    expect(knownShape(id)).toBeUndefined();
  });
});
