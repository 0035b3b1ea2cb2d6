import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import type { FitInput } from '../../lib/memory/fit-input';
import { memoryFit } from '../../lib/memory/memory-fit';
import type { LayerGroup } from '../../lib/model/layer-group';
import { gpu, memoryIds } from '../support/memory';
import { pinned, planOf } from '../support/plan';
import { fitInput } from './fit-input';

const GIB = 1024;

const heads = (layers: number, kvHeads: number, headDim: number): LayerGroup => ({
  kind: 'heads',
  layers,
  kvHeads,
  headDim,
});
/** A gated delta net with 16 key heads and states of 128 × 128. */
const deltaNet = (layers: number, valueHeads: number, bytes: 2 | 4): LayerGroup => ({
  kind: 'state',
  layers,
  convolutionBytes: (2 * 16 + valueHeads) * 128 * 3 * 2,
  convolutionKernel: 4,
  recurrentBytes: valueHeads * 128 * 128 * bytes,
  recurrentDtype: bytes === 4 ? 'float32' : 'model',
});
const nemotron9b = (bytes: 2 | 4): LayerGroup[] => [
  heads(4, 8, 128),
  {
    kind: 'state',
    layers: 27,
    convolutionBytes: 73728,
    convolutionKernel: 4,
    recurrentBytes: (5242880 / 4) * bytes,
    recurrentDtype: bytes === 4 ? 'float32' : 'model',
    groups: 8,
  },
];

/** The tokens of a KV cache of so many GiB. */
const tokensIn = (gib: number, groups: readonly LayerGroup[], maxLength: number, more: Partial<FitInput> = {}) => {
  const shape = { groups, maxLength, hiddenSize: 4096 };
  return memoryFit(fitInput({ shape, maxModelLen: maxLength, cacheMib: gib * GIB, ...more })).tokens;
};

describe('"GPU KV cache size" of a log', () => {
  it.each<[what: string, log: number, gib: number, groups: LayerGroup[], length: number, more: Partial<FitInput>]>([
    // club-3090#612: Qwen3.6-35B-A3B.
    ['a delta net in fp8', 567_978, 5.98, [heads(10, 2, 256), deltaNet(30, 32, 4)], 131_072, { cacheBytes: 1 }],
    // vLLM #10517: Llama 3.1 8B.
    ['heads', 31_232, 3.81, [heads(32, 8, 128)], 8192, {}],
    ['heads in less memory', 23_648, 2.89, [heads(32, 8, 128)], 8192, {}],
    // vLLM #21348: Qwen3-235B-A22B on four GPUs.
    ['four heads on four GPUs', 178_880, 8.11, [heads(94, 4, 128)], 40_960, { tensor: 4 }],
    // vLLM #24577 and #33263: Qwen3-0.6B and 1.7B.
    ['small heads', 652_144, 69.66, [heads(28, 8, 128)], 40_960, {}],
    ['small heads in less memory', 175_856, 18.78, [heads(28, 8, 128)], 40_960, {}],
  ])('of %s is met within two percent', (_, log, gib, groups, length, more) => {
    const capacity = tokensIn(gib, groups, length, more)?.capacity ?? 0;
    expect(Math.abs(capacity / log - 1)).toBeLessThan(0.02);
  });
});

describe('the memory of one request', () => {
  it.each<[what: string, log: number, groups: LayerGroup[], length: number, more: Partial<FitInput>]>([
    // spark-vllm-docker#396: MiniMax-M2.7.
    ['heads on two GPUs', 23.25, [heads(62, 8, 128)], 196_608, { tensor: 2 }],
    // kaito#2132: Mistral-Small-4, whose latent vectors two GPUs both have.
    ['latent vectors on two GPUs', 22.5, [{ kind: 'latent', layers: 36, dim: 320 }], 1_048_576, { tensor: 2 }],
  ])('of %s is that of the log', (_, log, groups, length, more) => {
    expect((tokensIn(100, groups, length, more)?.perSequence ?? 0) / GIB).toBeCloseTo(log, 2);
  });

  it('of compressed latent vectors is mostly what is in flight: DeepSeek-V4-Flash with 32,768 tokens a batch', () => {
    // "26.33 GiB KV cache is needed" of vLLM 0.26 for 393,216 tokens or fewer.
    const group = (layers: number, compression: number): LayerGroup => ({
      ...{ kind: 'latent', layers, dim: 512, compression, reach: { kind: 'window', tokens: 128 } },
      ...(compression === 4 && { index: { layers, bytes: 132 } }),
    });
    const groups = [group(2, 0), group(21, 4), group(20, 128)];
    const needed = (tokensIn(60, groups, 65_536, { batchedTokens: 32_768 })?.perSequence ?? 0) / GIB;
    expect(Math.abs(needed / 26.33 - 1)).toBeLessThan(0.06);
    const less = (tokensIn(60, groups, 65_536, { batchedTokens: 8192, batchesInFlight: 1 })?.perSequence ?? 0) / GIB;
    expect(less).toBeLessThan(4);
  });
});

describe('a block of attention beside states', () => {
  it.each<[what: string, log: number, groups: LayerGroup[], layers: number, token: number, cacheBytes: number]>([
    // club-3090#1047: Qwen3.8-27B, 1,568 tokens and 0.13 % padding.
    ['of 27 B in fp8', 1568, [heads(16, 4, 256), deltaNet(48, 48, 4)], 16, 2048, 1],
    // club-3090#612.
    ['of 35 B in fp8', 2096, [heads(10, 2, 256), deltaNet(30, 32, 4)], 10, 1024, 1],
    // vLLM #24280: states in the dtype of the model; in float32 today.
    ['of Mamba 2 in 16 bits', 672, nemotron9b(2), 4, 4096, 2],
    ['of Mamba 2 in float32', 1312, nemotron9b(4), 4, 4096, 2],
  ])('%s has the tokens of the log', (_, log, groups, layers, token, cacheBytes) => {
    const { perSequence = 0 } = tokensIn(100, groups, log, { cacheBytes }) ?? {};
    // One block of attention, and two or three of each group of states.
    const states =
      Math.ceil((groups[1]?.layers ?? 0) / layers) * (groups[1]?.kind === 'state' && groups[1].groups ? 3 : 2);
    expect((perSequence * 1024 ** 2) / (1 + states) / layers / token).toBeCloseTo(log);
  });

  it('makes ten tokens need as much as two thousand', () => {
    const groups = [heads(10, 2, 256), deltaNet(30, 32, 4)];
    const ten = tokensIn(5.98, groups, 10, { cacheBytes: 1 })?.perSequence;
    expect(ten).toBe(tokensIn(5.98, groups, 2096, { cacheBytes: 1 })?.perSequence);
    // One block and three groups of two states, of 10 × 2,146,304 bytes.
    expect(ten).toBeCloseTo((7 * 10 * 2_146_304) / 1024 ** 2);
  });
});

/** A GPU of a log that the library does not list, with its MiB. */
const other = (name: string, mib: number, computeCapability: number, count = 1) => ({
  accelerator: Accelerator.gpu(GpuModel.of({ name, memory: Size.mebibytes(mib), computeCapability }), count),
});
const ON_EIGHT = { dataParallelSize: 8, tensorParallelSize: 1, enableExpertParallel: true };
const CODER = {
  model: Model.of('Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8'),
  ...gpu(GpuModel.H200, 8),
  ...pinned('0.10.1'),
};
const QWEN38 = 'Qwen/Qwen3.8-27B';

/** GiB that are left for the KV cache. */
const cacheOf = (props: Partial<ServingProps>) => (planOf(props).memory.fitted?.fit.cache ?? 0) / GIB;

describe('"Available KV cache memory" of a log', () => {
  it.each<[what: string, log: number, props: Partial<ServingProps>]>([
    // myoceane.fr, vLLM 0.19.
    [
      'gpt-oss-20b on an A100',
      36.56,
      {
        ...{ model: Model.of('openai/gpt-oss-20b'), ...gpu(GpuModel.A100_80GB), ...pinned('0.19.0') },
        engine: { gpuMemoryUtilization: 0.65, maxModelLen: 131_072 },
      },
    ],
    [
      'Gemma 4 26B on an A100',
      21.5,
      {
        ...{ model: Model.of('google/gemma-4-26B-A4B-it'), ...gpu(GpuModel.A100_80GB), ...pinned('0.19.1') },
        engine: { gpuMemoryUtilization: 0.9, maxModelLen: 131_072, enforceEager: true },
      },
    ],
    // vllm-project/recipes #12, on GPUs with the memory of an H200.
    ['eight ranks with experts', 48.66, { ...CODER, engine: { ...ON_EIGHT, gpuMemoryUtilization: 0.9 } }],
    ['eight ranks with a larger share', 55.65, { ...CODER, engine: { ...ON_EIGHT, gpuMemoryUtilization: 0.95 } }],
    // vLLM #51041.
    [
      'DeepSeek-V4 on two H20',
      7.7,
      {
        ...{ model: Model.of('deepseek-ai/DeepSeek-V4-Flash-0731'), ...other('H20', 97_871, 9, 2) },
        ...pinned('0.26.0'),
        engine: { maxModelLen: 121_344, maxNumSeqs: 32, maxNumBatchedTokens: 8192 },
      },
    ],
  ])('of %s is at most 3 % less than planned, and at most 5 % more', (_, log, props) => {
    expect(cacheOf(props)).toBeLessThan(log * 1.03);
    expect(cacheOf(props)).toBeGreaterThan(log * 0.95);
  });

  it.each<[what: string, log: number, model: string, utilization: number]>([
    // vllm-project/recipes #831: 939 and 556 blocks of 51,380,224 bytes on an RTX PRO 6000.
    ['FP8', 44.9, `${QWEN38}-FP8`, 0.9],
    ['16 bits', 26.6, QWEN38, 0.95],
  ])('of Qwen3.8-27B in %s is less than planned: images are not counted', (_, log, model, gpuMemoryUtilization) => {
    const props = { model: Model.of(model), ...gpu(GpuModel.RTX_PRO_6000), engine: { gpuMemoryUtilization } };
    expect(cacheOf(props) - log).toBeGreaterThan(0);
    expect(cacheOf(props) - log).toBeLessThan(7);
  });
});

describe('what started is not refused', () => {
  it.each<[what: string, props: Partial<ServingProps>]>([
    // A notebook with vLLM 0.11.2 (blog.huikang.dev).
    [
      'gpt-oss-120b on an H100, for six sequences',
      {
        ...{ model: Model.of('openai/gpt-oss-120b'), ...gpu(GpuModel.H100), ...pinned('0.11.2') },
        engine: { gpuMemoryUtilization: 0.96, maxNumSeqs: 6, maxModelLen: 98_304, maxNumBatchedTokens: 2048 },
      },
    ],
    // vLLM #22331.
    ['gpt-oss-20b on an RTX 3090', { model: Model.of('openai/gpt-oss-20b'), ...other('RTX_3090', 24_576, 8.6) }],
    // TUM-DSE/doctor-cluster-config #1806.
    [
      'Qwen3.8-27B in FP8 on an A40, only for text',
      {
        ...{ model: Model.of(`${QWEN38}-FP8`), ...other('A40', 46_068, 8.6), ...pinned('0.28.0') },
        ...{ engine: { maxModelLen: 262_144, kvCacheDtype: 'fp8' }, extraArgs: ['--language-model-only'] },
      },
    ],
    [
      'gemma-3-27b on an H100',
      { model: Model.of('google/gemma-3-27b-it'), ...gpu(GpuModel.H100), engine: { maxModelLen: 65_536 } },
    ],
    [
      'Qwen3.5-27B in FP8 on an H100',
      { model: Model.of('Qwen/Qwen3.5-27B-FP8'), ...gpu(GpuModel.H100), engine: { maxModelLen: 262_144 } },
    ],
    [
      'DeepSeek-R1 on eight H200, eight ranks',
      { model: Model.of('deepseek-ai/DeepSeek-R1'), ...gpu(GpuModel.H200, 8), engine: ON_EIGHT },
    ],
  ])('%s', (_, props) => {
    expect(memoryIds(props)).toEqual([]);
  });
});
