import type { FitInput } from '../../lib/memory/fit-input';
import { memoryFit } from '../../lib/memory/memory-fit';
import type { LayerGroup } from '../../lib/model/layer-group';
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
