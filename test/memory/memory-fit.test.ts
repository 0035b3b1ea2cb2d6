import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownShape } from '../../lib/model/known-models';
import type { ModelShape } from '../../lib/model/model-shape';
import { halfPrecisionGib } from '../../lib/model/model-shape';
import type { FitInput } from '../../lib/memory/fit-input';
import { loadedWeights } from '../../lib/memory/loaded-weights';
import { fitInput } from './fit-input';
import { fits, memoryFit } from '../../lib/memory/memory-fit';

const GIB = 1024;
const H100 = 81559;
const L4 = 23034;

const shapeOf = (id: string): ModelShape => {
  const shape = knownShape(id);
  if (shape === undefined) throw new Error(`${id} is not in the table`);
  return shape;
};

/** Loaded weights of a checkpoint, or so many GiB of them. */
const weightsOf = (shape: ModelShape, gib = shape.weightsGib * 1.02) =>
  loadedWeights({
    shape,
    setMib: (gib * GIB) / 1.02,
    filesMib: shape.weightsGib * GIB,
    method: undefined,
    computeBytes: 2,
    predicts: false,
    dividesExperts: false,
  });

/** A model in bf16 on one H100 with vLLM's batches, and what a test is about. */
function inputOf(id: string, more: Partial<FitInput> = {}): FitInput {
  const shape = shapeOf(id);
  return fitInput({ shape, weights: weightsOf(shape), maxModelLen: shape.maxLength, ...more });
}

const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';
const fitOf = (id: string, more: Partial<FitInput> = {}) => memoryFit(inputOf(id, more));
const R1 = 'deepseek-ai/DeepSeek-R1';
/** Weights of a checkpoint that is loaded without speculation, in GiB of its files. */
const loaded = (id: string, more: Partial<FitInput>) => {
  const shape = shapeOf(id);
  return (
    fitOf(id, { weights: weightsOf(shape, (shape.weightsGib - (shape.mtpGib ?? 0)) * 1.02), ...more }).weights /
    GIB /
    1.02
  );
};
const small = { batchedTokens: 2048, sequences: 256 };

describe('what a GPU holds', () => {
  it('is weights, reserve and KV cache, together the share of what CUDA sees', () => {
    const { total, requested, weights, reserve, cache } = fitOf(LLAMA);
    expect(total).toBe(H100 - 512);
    expect(requested).toBe(Math.ceil(total * 0.9));
    expect(weights + reserve + cache).toBeCloseTo(requested);
  });

  it('reserves for the layers or for the choice of tokens, whichever is more', () => {
    const { activations, sampling, cudaGraphs, runtime, reserve } = fitOf(LLAMA);
    expect(sampling).toBeGreaterThan(activations);
    expect(reserve).toBe(sampling + cudaGraphs + runtime);
    const few = fitOf(LLAMA, { sequences: 16 });
    expect(few.activations).toBeGreaterThan(few.sampling);
    expect(few.reserve).toBe(few.activations + cudaGraphs + runtime);
  });

  it('has no graphs where vLLM captures none', () => {
    expect(fitOf(LLAMA, { cudaGraphs: false }).cache - fitOf(LLAMA).cache).toBeCloseTo(GIB);
  });

  it('has no weights that stay in host memory, and never fewer than zero', () => {
    expect(fitOf(LLAMA, { offloaded: 4 * GIB }).weights).toBeCloseTo((14.96 * 1.02 - 4) * GIB);
    expect(fitOf(LLAMA, { offloaded: 40 * GIB }).weights).toBe(0);
  });

  it('reserves more for larger batches', () => {
    // 8192 tokens of 16 vectors of 4096 values in two bytes.
    expect(fitOf(LLAMA).activations).toBe(GIB);
    expect(fitOf(LLAMA, { batchedTokens: 2048 }).activations).toBe(256);
    expect(fitOf(LLAMA, { tensor: 4 }).activations).toBe((7 / 16) * GIB);
    expect(fitOf('Qwen/Qwen3-30B-A3B').activations).toBe((24 / 16) * 0.5 * GIB);
  });

  it('reserves more for more sequences, and on GPUs that work together', () => {
    const { sampling, runtime } = fitOf(LLAMA);
    const results = (8192 * 4096 * 2) / 1024 ** 2;
    expect(fitOf(LLAMA, { sequences: 256 }).sampling - results).toBeCloseTo((sampling - results) / 4);
    for (const ranks of [{ tensor: 2 }, { pipeline: 2 }, { data: 2 }]) {
      expect(fitOf(LLAMA, ranks).runtime).toBe(runtime + GIB / 4);
    }
    expect(fitOf('Qwen/Qwen3-30B-A3B', { data: 2 }).runtime).toBe(runtime + 1.25 * GIB);
    expect(fitOf(LLAMA, { connector: true }).runtime).toBe(runtime + GIB);
  });

  it('uses a KV cache of the set size, and reports what is missing beside weights and reserve', () => {
    expect(fitOf(LLAMA, { cacheMib: 8 * GIB })).toMatchObject({ cache: 8 * GIB, missing: 0 });
    expect(fitOf(LLAMA, { cacheMib: 70 * GIB }).missing).toBeGreaterThan(0);
  });

  it('has no tokens for a model without a shape', () => {
    const input = inputOf(LLAMA, { shape: undefined });
    expect(memoryFit(input)).toMatchObject({ activations: 512, tokens: undefined });
    expect(fits(memoryFit(input), input)).toBe(true);
  });
});

const page = readFileSync(join(__dirname, '../../docs/memory-fit.md'), 'utf8');

it('the steps of docs/memory-fit.md are those of the fit', () => {
  const { total, requested, weights, reserve, cache, tokens } = fitOf(LLAMA, {
    memory: L4,
    maxModelLen: 8192,
    ...small,
  });
  for (const mib of [L4, total, requested, weights, reserve, cache]) {
    expect(page).toContain(`${Math.round(mib).toLocaleString('en-US')} MiB`);
  }
  expect(page).toContain(`room for ${tokens?.capacity.toLocaleString('en-US')} tokens`);
});

describe('the tokens of a KV cache', () => {
  const kib = (id: string, more: Partial<FitInput> = {}) => fitOf(id, { memory: 285000, ...more }).tokens?.kibPerToken;

  it.each<[what: string, id: string, more: Partial<FitInput>, expected: number]>([
    ['of grouped heads', LLAMA, {}, 128],
    ['in fp8', LLAMA, { cacheBytes: 1 }, 64],
    ['over four GPUs', LLAMA, { tensor: 4 }, 32],
    ['over more GPUs than key/value heads: copies', LLAMA, { tensor: 16 }, 16],
    ['over copies that share the context', LLAMA, { tensor: 16, decodeContext: 2 }, 8],
    ['over two stages', LLAMA, { pipeline: 2 }, 64],
    ['over stages that do not divide: the fullest one', LLAMA, { pipeline: 5 }, 28],
    ['of a latent vector', 'deepseek-ai/DeepSeek-R1', { tensor: 8 }, 68.625],
    ['of a latent vector over half the GPUs: the same', 'deepseek-ai/DeepSeek-R1', { tensor: 4 }, 68.625],
    [
      'of a latent vector whose context is shared',
      'deepseek-ai/DeepSeek-R1',
      { tensor: 8, decodeContext: 8 },
      8.578125,
    ],
    ['of the layers without a window', 'openai/gpt-oss-20b', {}, 24],
    ['of fewer, larger heads in those layers', 'google/gemma-4-31B-it', {}, 80],
  ])('%s', (_, id, more, expected) => {
    expect(kib(id, more)).toBe(expected);
  });

  it('of ranks is that of all of them', () => {
    const id = 'Qwen/Qwen3-30B-A3B';
    const one = fitOf(id, { memory: 143771 }).tokens;
    const two = fitOf(id, { memory: 143771, data: 2 }).tokens;
    expect(two?.sequences).toBeGreaterThan(2 * (one?.sequences ?? 0));
    expect(two?.perSequence).toBe(one?.perSequence);
  });

  it('of layers with a window ends with the window and what is in flight', () => {
    // Traced on an H100 (8192 tokens a batch) and an A100 (2048): 13,637 and 9,797 blocks of 2.5 MiB for 262,144 tokens.
    const gemma = (batchedTokens: number) =>
      fitOf('google/gemma-4-31B-it', { memory: 143771, batchedTokens }).tokens?.perSequence ?? 0;
    expect(gemma(8192)).toBeLessThanOrEqual(13_637 * 2.5);
    expect(gemma(8192)).toBeGreaterThan(13_637 * 2.5 * 0.99);
    expect(gemma(2048)).toBeLessThanOrEqual(9_797 * 2.5);
    expect(gemma(2048)).toBeGreaterThan(9_797 * 2.5 * 0.99);
  });

  it.each([LLAMA, 'openai/gpt-oss-20b', 'google/gemma-4-31B-it', 'deepseek-ai/DeepSeek-R1-Distill-Qwen-14B'])(
    'of %s hold its largest context, and no token more',
    (id) => {
      const input = inputOf(id, { maxModelLen: undefined });
      const largest = memoryFit(input).tokens?.largestContext ?? 0;
      expect(fits(memoryFit({ ...input, maxModelLen: largest }), { ...input, maxModelLen: largest })).toBe(true);
      const more = { ...input, maxModelLen: largest + 1 };
      expect(fits(memoryFit(more), more)).toBe(false);
      // One block is never free.
      const { perSequence = 0, kibPerToken = 0 } = memoryFit(more).tokens ?? {};
      expect(perSequence + (kibPerToken * 64) / 1024).toBeGreaterThan(memoryFit(more).cache);
    },
  );

  it('of a model with windows in all layers are unlimited when the windows fit', () => {
    const shape = {
      ...shapeOf(LLAMA),
      groups: [
        {
          kind: 'heads' as const,
          layers: 32,
          kvHeads: 8,
          headDim: 128,
          reach: { kind: 'window' as const, tokens: 4096 },
        },
      ],
    };
    expect(fitOf(LLAMA, { shape, maxModelLen: undefined }).tokens).toMatchObject({
      largestContext: Infinity,
      length: 131072,
    });
  });

  it('are none where nothing is left', () => {
    const input = inputOf('meta-llama/Llama-3.1-70B');
    expect(memoryFit(input)).toMatchObject({ tokens: undefined });
    expect(fits(memoryFit(input), input)).toBe(false);
  });
});

describe('the weights of a GPU', () => {
  const weights = (id: string, more: Partial<FitInput> = {}) => fitOf(id, more).weights / GIB / 1.02;
  const embedding = (id: string, vocabulary = 152_064) => (vocabulary * shapeOf(id).hiddenSize * 2) / 1024 ** 3 / 1.02;

  it('are split by tensor and pipeline parallelism', () => {
    const id = 'meta-llama/Llama-3.1-70B';
    expect(weights(id, { tensor: 4 })).toBeCloseTo(131.4 / 4);
    expect(weights(id, { pipeline: 2 })).toBeCloseTo(131.4 / 2, -1);
  });

  it('are those of the fullest stage: layers that do not divide, and an embedding beside them', () => {
    const id = 'meta-llama/Llama-3.1-405B';
    const first = embedding(id) * 1.02;
    expect(weights(id, { pipeline: 4 })).toBeCloseTo(first + ((shapeOf(id).weightsGib - first) * 32) / 126);
  });

  it('are whole in each rank of a dense model', () => {
    expect(weights(LLAMA, { data: 4 })).toBeCloseTo(14.96);
  });

  it('are split by all ranks where they are experts', () => {
    // Without the 14.3 GiB for multi-token prediction, which only speculation loads.
    const { experts: { weightsGib = 0 } = {}, weightsGib: all, mtpGib = 0 } = shapeOf(R1);
    const rest = all - mtpGib - weightsGib;
    const ranks = (expertRanks: number, tensor: number) =>
      loaded(R1, { expertRanks, tensor, data: expertRanks / tensor });
    expect(ranks(8, 1)).toBeCloseTo(rest + weightsGib / 8);
    expect(ranks(8, 8)).toBeCloseTo((rest + weightsGib) / 8);
    expect(ranks(16, 8)).toBeCloseTo(rest / 8 + weightsGib / 16);
  });

  it('have whole experts with expert parallelism: some ranks have one more', () => {
    const { experts: { weightsGib = 0, count = 0 } = {}, weightsGib: all, mtpGib = 0 } = shapeOf(R1);
    const rest = all - mtpGib - weightsGib;
    const whole = { wholeExperts: true, expertRanks: 6, data: 6 };
    expect(loaded(R1, whole)).toBeCloseTo(rest + (weightsGib * 43) / count);
    expect(loaded(R1, { ...whole, redundantExperts: 32 })).toBeCloseTo(rest + (weightsGib * 48) / count);
  });

  it('are whole encoders on each rank where those are copied', () => {
    const shape = { ...shapeOf(LLAMA), encoderGib: 2 };
    const split = memoryFit(inputOf(LLAMA, { weights: weightsOf(shape), tensor: 4 })).weights;
    const copied = memoryFit(inputOf(LLAMA, { weights: weightsOf(shape), tensor: 4, copiesEncoders: true })).weights;
    expect((copied - split) / GIB).toBeCloseTo(1.5 * 1.02);
  });
});

/** Qwen3-0.6B, of which vLLM's own logs are public. */
const QWEN_600M: ModelShape = {
  hiddenSize: 1024,
  attentionHeads: 16,
  kvHeads: 8,
  groups: [{ kind: 'heads', layers: 28, kvHeads: 8, headDim: 128 }],
  maxLength: 40960,
  parameters: 596e6,
  weightsGib: halfPrecisionGib(596e6),
  isBfloat16: true,
};

describe('a KV cache of a size that vLLM logged holds the tokens that it logged', () => {
  // "Available KV cache memory" and "GPU KV cache size" of vLLM #24577, #33263 (Qwen3-1.7B, of the same shape) and #21348.
  it.each<[what: string, gib: number, tokens: number, more: Partial<FitInput>]>([
    ['Qwen3-0.6B', 69.66, 652_144, { shape: QWEN_600M }],
    ['Qwen3-1.7B', 18.78, 175_856, { shape: QWEN_600M }],
    ['Qwen3-235B-A22B on four GPUs', 8.11, 178_880, { shape: shapeOf('Qwen/Qwen3-235B-A22B'), tensor: 4 }],
  ])('%s', (_, gib, tokens, more) => {
    const { capacity = 0 } = fitOf(LLAMA, { ...more, cacheMib: gib * GIB }).tokens ?? {};
    expect(Math.abs(capacity / tokens - 1)).toBeLessThan(0.02);
  });
});

/** Logits that are sorted, as up to vLLM 0.17. */
const sorted = (vocabulary = 152_064) => ({ logitsPerSequence: (vocabulary * 37) / 1024 ** 2, cudaGraphs: false });

/** Qwen3-235B in FP8: a byte for each parameter, and embeddings in bf16. */
const QWEN_235B_FP8 = {
  shape: shapeOf('Qwen/Qwen3-235B-A22B'),
  weights: weightsOf(shapeOf('Qwen/Qwen3-235B-A22B'), 220.2 * 1.02),
  tensor: 4,
  connector: true,
};

describe('the capacity is never above the published one, and at least the given part of it', () => {
  it.each<[what: string, published: number, part: number, more: Partial<FitInput>]>([
    // Arithmetic with 3 GiB beside the weights: 53 GiB of 128 KiB tokens, about 430 k.
    ['Llama 3.1 8B, 80 GB', 430_000, 0.94, {}],
    // The same on 24 GB, where it has 25 to 32 k; a large part of that is what we reserve more.
    ['Llama 3.1 8B, 24 GB', 32_000, 0.45, { memory: L4, ...small }],
    // vLLM #24577: "GPU KV cache size: 652,144 tokens" on an A100 with 80 GB.
    [
      'Qwen3-0.6B, A100',
      652_144,
      0.95,
      {
        shape: QWEN_600M,
        weights: weightsOf(QWEN_600M, QWEN_600M.weightsGib),
        memory: 81920,
        maxModelLen: 4096,
        ...small,
        ...sorted(),
      },
    ],
    // vLLM #17122: "GPU KV cache size: 158,656 tokens", of a release with 1024 sequences on every GPU.
    ['Llama 3.1 8B, L40S', 158_656, 0.9, { memory: 46068, batchedTokens: 2048, ...sorted() }],
    // vLLM #21348: "Available KV cache memory: 8.11 GiB, GPU KV cache size: 178,880 tokens", with a KV connector.
    ['Qwen3-235B in FP8, four H100, sorted logits', 178_880, 0.8, { ...QWEN_235B_FP8, ...sorted() }],
  ])('%s', (_, published, part, more) => {
    const { tokens } = fitOf(LLAMA, more);
    expect(tokens?.capacity).toBeLessThanOrEqual(published);
    expect(tokens?.capacity).toBeGreaterThanOrEqual(published * part);
    if (page.includes(published.toLocaleString('en-US'))) {
      expect(page).toContain(`| ${tokens?.capacity.toLocaleString('en-US')} `);
    }
  });

  // "Available KV cache memory" of a log: never more is calculated, and at most 2 GiB less.
  it.each<[what: string, gib: number, more: Partial<FitInput>]>([
    ['vLLM #23278', -2.14, {}],
    ['vLLM #27508', 1.71, { utilization: 0.95, batchedTokens: 1024 }],
  ])('%s: gpt-oss-120b on an H100 of 80 GB', (_, gib, more) => {
    const { cache } = fitOf('openai/gpt-oss-120b', {
      weights: weightsOf(shapeOf('openai/gpt-oss-120b'), 66),
      ...sorted(201_088),
      ...more,
    });
    expect(cache / GIB).toBeLessThanOrEqual(gib);
    expect(cache / GIB).toBeGreaterThan(gib - 2);
    expect(page).toContain(`${gib} GiB`);
    expect(page).toContain(`| ${Number((cache / GIB).toFixed(2))} GiB `);
  });
});
