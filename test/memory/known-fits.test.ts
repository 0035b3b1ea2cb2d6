import { Accelerator, GpuModel, Model } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { gpu, memoryIds } from '../support/memory';

const { H100, H200, B200, L40S, L4, A100_80GB } = GpuModel;

/** A model on a GPU, with what else is set. */
const props = (id: string, accelerator: Partial<ServingProps>, engine: NonNullable<ServingProps['engine']> = {}) => ({
  model: Model.of(id),
  ...accelerator,
  engine,
});

describe('what people run is accepted', () => {
  it.each<[what: string, props: Partial<ServingProps>]>([
    ['gemma-3-27b on an H100 at 32k', props('google/gemma-3-27b-it', gpu(H100), { maxModelLen: 32_768 })],
    ['gemma-3-27b on an H100 at 64k', props('google/gemma-3-27b-it', gpu(H100), { maxModelLen: 65_536 })],
    ['Qwen3.5-27B-FP8 on an H100 at 262,144', props('Qwen/Qwen3.5-27B-FP8', gpu(H100), { maxModelLen: 262_144 })],
    [
      'DeepSeek-R1 on eight H200 with data and expert parallelism',
      props('deepseek-ai/DeepSeek-R1', gpu(H200, 8), {
        dataParallelSize: 8,
        tensorParallelSize: 1,
        enableExpertParallel: true,
      }),
    ],
    ['DeepSeek-R1 on eight H200', props('deepseek-ai/DeepSeek-R1', gpu(H200, 8))],
    ['DeepSeek-V3.2 on eight B200', props('deepseek-ai/DeepSeek-V3.2', gpu(B200, 8))],
    ['gpt-oss-20b on an L40S', props('openai/gpt-oss-20b', gpu(L40S))],
    ['gpt-oss-120b on two A100', props('openai/gpt-oss-120b', gpu(A100_80GB, 2))],
    ['Qwen3-Next-80B on four H100', props('Qwen/Qwen3-Next-80B-A3B-Instruct', gpu(H100, 4))],
    ['Qwen3-8B on an L4', props('Qwen/Qwen3-8B', gpu(L4), { maxModelLen: 8192 })],
    ['MiniMax-M2 on four H200', props('MiniMaxAI/MiniMax-M2', gpu(H200, 4))],
    ['an embedding model on an L4', props('BAAI/bge-large-en-v1.5', gpu(L4))],
  ])('%s', (_, accepted) => {
    expect(memoryIds(accepted)).toEqual([]);
  });
});

describe('what does not fit', () => {
  it.each<[what: string, props: Partial<ServingProps>, id: string]>([
    [
      'a 70 B with a method for quantised copies on an L40S',
      { ...gpu(L40S), model: Model.of('meta-llama/Llama-3.3-70B-Instruct', { quantization: 'awq' }) },
      'memory-weights',
    ],
    ['DeepSeek-R1 on eight H100', props('deepseek-ai/DeepSeek-R1', gpu(H100, 8)), 'memory-weights'],
    [
      'gemma-3-27b on an H100 at its whole context',
      props('google/gemma-3-27b-it', gpu(H100), { maxModelLen: 131_072 }),
      'memory-context',
    ],
    [
      'gemma-3-27b at 64k where windows keep all tokens',
      props(
        'google/gemma-3-27b-it',
        { accelerator: Accelerator.gpu(H100), extraArgs: ['--disable-hybrid-kv-cache-manager'] },
        { maxModelLen: 65_536 },
      ),
      'memory-context',
    ],
    [
      'the same with a connector that needs all tokens',
      props('google/gemma-3-27b-it', gpu(H100), {
        maxModelLen: 32_768,
        kvTransferConfig: { kv_connector: 'LMCacheConnectorV1', kv_role: 'kv_both' },
      }),
      'memory-context',
    ],
    [
      'more blocks than there is memory',
      { ...props('meta-llama/Llama-3.1-8B-Instruct', gpu(L40S)), extraArgs: ['--num-gpu-blocks-override=100000'] },
      'memory-kv-cache',
    ],
    [
      'a longer context than the set blocks hold',
      {
        ...props('meta-llama/Llama-3.1-8B-Instruct', gpu(L40S), { maxModelLen: 32_768 }),
        extraArgs: ['--num-gpu-blocks-override=1024'],
      },
      'memory-context',
    ],
  ])('refuses %s', (_, refused, id) => {
    expect(memoryIds(refused)).toContain(id);
  });
});
