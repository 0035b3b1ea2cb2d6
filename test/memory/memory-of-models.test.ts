import { Size } from 'cdk8s';
import { Accelerator, Architecture, GpuModel, Model } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { gpu, noticesOf, noticeIds, memoryIds, suggestionsOf } from '../support/memory';
import { errorsOf, flagOf, h100, idsOf, planOf, QWEN_MOE, warningsOf } from '../support/plan';

const GIB = 1024;
const { T4, A100_80GB, L4, L40S, H100, H200, B200 } = GpuModel;
const LLAMA_70B = Model.of('meta-llama/Llama-3.3-70B-Instruct');

describe('what is not checked is reported', () => {
  it('once, of a model of unknown size', () => {
    const props = { ...gpu(L4), model: Model.of('a/b') };
    expect(idsOf(props)).toEqual(['weights-unknown']);
    expect(noticeIds(props)).toEqual([]);
  });

  it('of a model of unknown shape: its weights are, its KV cache is not', () => {
    const [notice, ...rest] = noticesOf({ ...gpu(L4), model: Model.of('a/b', { weightsSize: Size.gibibytes(8) }) });
    expect(rest).toEqual([]);
    expect(notice).toMatchObject({
      id: 'memory-kv-cache-unchecked',
      subject: 'model',
      fix: 'set architecture in Model.of',
    });
    expect(notice?.problem).toBe(
      'the shape of a/b is not known, so only its weights are checked against GPU memory, not its KV cache',
    );
  });

  it('of a device of unknown memory', () => {
    const [notice] = noticesOf({ accelerator: Accelerator.resource('nvidia.com/gpu', 1) });
    expect(notice).toMatchObject({ id: 'memory-of-accelerator-unknown', subject: 'accelerator' });
  });

  it.each<[flag: string, props: Partial<ServingProps>]>([
    ['--enable-lora', { engine: { enableLora: true } }],
    ['--speculative-config', { engine: { speculativeConfig: { method: 'ngram', num_speculative_tokens: 3 } } }],
    ['--spec-model', { extraArgs: ['--spec-model=a/draft', '--spec-tokens=3'] }],
  ])('of what %s adds', (_, props) => {
    expect(noticeIds({ accelerator: h100(1), ...props })).toContain('memory-not-counted');
    expect(noticeIds({ accelerator: h100(1) })).not.toContain('memory-not-counted');
  });

  it('about few long requests at once', () => {
    expect(noticesOf({})[0]).toMatchObject({
      id: 'memory-few-sequences',
      problem:
        'is unset, so it is the 131072 of meta-llama/Llama-3.1-8B-Instruct: 1.3 requests of that length fit into the KV cache at once',
    });
    expect(noticeIds({ engine: { maxModelLen: 65536 } })).toEqual([]);
  });
});

describe('quantization never switches the fit off', () => {
  const on = (quantization: string, more: object = {}) => ({
    ...gpu(L40S),
    model: Model.of('meta-llama/Llama-3.3-70B-Instruct', { quantization, ...more }),
    engine: { maxModelLen: 4096 },
  });
  const weightsOf = (quantization: string) => planOf(on(quantization)).memory.fitted?.fit.weights ?? 0;

  it.each(['fp8_per_tensor', 'a-plugin'])('refuses weights that do not fit: %s', (method) => {
    expect(memoryIds({ ...on(method), ...gpu(L4) })).toEqual(['memory-weights']);
  });

  it('refuses an AWQ of 70 B on an L40S', () => {
    expect(memoryIds(on('awq'))).toEqual(['memory-weights']);
  });

  it('leaves embedding and output layer in 16 bits', () => {
    // 70.6 billion parameters: 2 × 128,256 × 8,192 and the norms in two bytes, the rest in one.
    const embeddings = 2 * 128_256 * 8192 + 161 * 8192;
    expect(weightsOf('fp8_per_tensor') / 1.02 / GIB).toBeCloseTo((131.42 + (embeddings * 2) / 1024 ** 3) / 2);
  });

  it('takes four bits of a method that it does not know', () => {
    expect(weightsOf('a-plugin')).toBeLessThan(weightsOf('awq'));
    expect(weightsOf('a-plugin')).toBeGreaterThan(weightsOf('awq') * 0.95);
  });
});

describe('a size that is set for a known model', () => {
  const of = (id: string, gibibytes: number, more: object = {}) =>
    Model.of(id, { weightsSize: Size.gibibytes(gibibytes), ...more });
  const LLAMA_ID = 'meta-llama/Llama-3.3-70B-Instruct';

  it('refuses one that is another model’s', () => {
    const props = { ...gpu(L40S), model: of(LLAMA_ID, 8), engine: { maxModelLen: 8192 } };
    expect(errorsOf(props)).toEqual([
      'model.weightsSize: is 8 GiB, but meta-llama/Llama-3.3-70B-Instruct has 131.42 GiB; remove it; for weights of your own, also set architecture to Architecture.like("meta-llama/Llama-3.3-70B-Instruct") [weights-size-contradicts]',
    ]);
    expect(memoryIds({ ...props, unsafeMemoryFit: 'pruned copy' })).toEqual([]);
  });

  it('refuses one of a copy, and names the copy', () => {
    const [refused] = errorsOf({ ...gpu(L40S), model: of(LLAMA_ID, 37), engine: { maxModelLen: 8192 } });
    expect(refused).toContain(
      'remove it, or use "nvidia/Llama-3.3-70B-Instruct-NVFP4" in Model.of, which has about that size; for weights of your own',
    );
  });

  it.each<[what: string, model: Model]>([
    ['its own', of(LLAMA_ID, 131)],
    ['its own in GB', of(LLAMA_ID, 141)],
    ['that of its quantization', of(LLAMA_ID, 37, { quantization: 'awq' })],
    ['that of a copy in a volume', of(LLAMA_ID, 37, { architecture: Architecture.like(LLAMA_ID) })],
    ['more than is known of it', of('internlm/Intern-S1-FP8', 290)],
    ['that in float32', of(LLAMA_ID, 263, { dtype: 'float32' })],
    [
      'any, of a model that the user describes',
      of('a/b', 3, {
        architecture: Architecture.of({
          hiddenSize: 4096,
          numHiddenLayers: 32,
          numAttentionHeads: 32,
          maxPositionEmbeddings: 8192,
          parameters: 8e9,
        }),
      }),
    ],
    ['any, of an unknown model', of('a/b', 3)],
  ])('accepts %s', (_, model) => {
    expect(idsOf({ accelerator: h100(8), model, engine: { maxModelLen: 8192 } })).not.toContain(
      'weights-size-contradicts',
    );
  });
});

describe('experts of an unknown model', () => {
  const model = Model.of('a/b', { weightsSize: Size.gibibytes(400) });

  it.each<[what: string, engine: NonNullable<ServingProps['engine']>]>([
    ['expert parallelism', { enableExpertParallel: true }],
    ['data parallelism', { dataParallelSize: 8, tensorParallelSize: 1 }],
  ])('warns about %s, and asks for the shape', (_, engine) => {
    const [warning] = warningsOf({ model, accelerator: Accelerator.gpu(H100, 8), engine });
    expect(warning).toContain('set architecture in Model.of, with experts [memory-experts-unknown]');
  });

  it('refuses what no division makes fit', () => {
    const engine = { dataParallelSize: 8, tensorParallelSize: 1 };
    const props = {
      model: Model.of('a/b', { weightsSize: Size.gibibytes(900) }),
      accelerator: Accelerator.gpu(H100, 8),
      engine,
    };
    expect(memoryIds(props)).toEqual(['memory-weights']);
  });
});

describe('a model that the user describes', () => {
  const architecture = Architecture.of({
    hiddenSize: 5120,
    numHiddenLayers: 40,
    numAttentionHeads: 32,
    numKeyValueHeads: 8,
    headDim: 128,
    maxPositionEmbeddings: 131072,
    parameters: 12_200_000_000,
  });
  const model = Model.of('acme/assistant-12b', { architecture });

  it('has the size of its parameters', () => {
    expect(planOf({ model }).weights.size).toEqual({
      value: (12.2e9 * 2) / 1024 ** 2,
      reason: 'two bytes for each of model.architecture’s parameters',
    });
  });

  it('refuses what does not fit, without a guess', () => {
    expect(errorsOf({ model })[0]).toContain(
      'so it is the 131072 of acme/assistant-12b: a request of that length needs 20 GiB of KV cache on each L40S',
    );
    expect(idsOf({ model, engine: { maxModelLen: 32768 } })).toEqual([]);
  });

  it('refuses heads and contexts that it does not have', () => {
    expect(idsOf({ model, ...gpu(L40S, 3) })).toEqual(['attention-heads']);
    expect(idsOf({ model, accelerator: h100(2), engine: { maxModelLen: 200_000 } })).toEqual(['context-too-long']);
    expect(idsOf({ model, accelerator: h100(2), engine: { enableExpertParallel: true } })).toEqual([
      'experts-of-dense-model',
    ]);
  });

  it('takes priority over the table, and a set size over its parameters', () => {
    const id = 'meta-llama/Llama-3.1-8B-Instruct';
    expect(planOf({ model: Model.of(id, { architecture }) }).weights.size?.value).toBeGreaterThan(20_000);
    const both = Model.of('a/b', { architecture, weightsSize: Size.gibibytes(7) });
    expect(planOf({ model: both }).weights.size?.value).toBe(7168);
  });

  it('has whole prompts on a slice as long as its context', () => {
    const props = { model, accelerator: Accelerator.mig(B200, '3g.90gb'), engine: { enableChunkedPrefill: false } };
    expect(flagOf(props, '--max-num-batched-tokens')).toBe('131072');
  });
});

it('gpt-oss-120b on an H100 of 80 GB needs smaller batches: vLLM #23278, #27508', () => {
  const props = { ...gpu(H100), model: Model.of('openai/gpt-oss-120b') };
  expect(memoryIds(props)).toEqual(['memory-context']);
  expect(suggestionsOf(props)).toContain('engine.gpuMemoryUtilization: 0.95, with engine.maxNumSeqs: 256');
  const engine = { gpuMemoryUtilization: 0.95, maxNumBatchedTokens: 1024 };
  expect(memoryIds({ ...props, engine })).toEqual(['memory-context']);
  expect(memoryIds({ ...props, engine: { ...engine, maxNumSeqs: 256 } })).toEqual([]);
});

describe('fits that are known to work', () => {
  it.each<[what: string, props: Partial<ServingProps>]>([
    ['70 B on four H100', { ...gpu(H100, 4), model: LLAMA_70B }],
    ['70 B on two H200', { ...gpu(H200, 2), model: LLAMA_70B }],
    ['DeepSeek on eight H200', { ...gpu(H200, 8), model: Model.of('deepseek-ai/DeepSeek-R1') }],
    ['a mixture of 30 B on an H100', { ...gpu(H100), model: QWEN_MOE }],
    ['gpt-oss-20b on an L4, whose floor is 16 GB', { ...gpu(L4), model: Model.of('openai/gpt-oss-20b') }],
    // vram_minimum_gb of vllm-project/recipes: 96, and 240 for Qwen3-235B in FP8.
    ['gpt-oss-120b on 96 GB', { ...gpu(GpuModel.RTX_PRO_6000), model: Model.of('openai/gpt-oss-120b') }],
    [
      'Qwen3-235B in FP8 on four H100',
      {
        ...gpu(H100, 4),
        model: Model.of('Qwen/Qwen3-235B-A22B', { quantization: 'fp8', weightsSize: Size.gibibytes(220.2) }),
      },
    ],
    ['gpt-oss-120b on an H200', { ...gpu(H200), model: Model.of('openai/gpt-oss-120b') }],
    ['Qwen3-8B-AWQ on a T4', { ...gpu(T4), model: Model.of('Qwen/Qwen3-8B-AWQ'), engine: { maxModelLen: 16384 } }],
    [
      '8 B of an A100’s larger half',
      { accelerator: Accelerator.mig(A100_80GB, '3g.40gb'), engine: { maxModelLen: 65536 } },
    ],
  ])('%s', (_, props) => {
    expect(memoryIds(props)).toEqual([]);
  });
});
