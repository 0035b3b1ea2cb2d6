import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { gpu, memoryIds, suggestionsOf } from '../support/memory';
import { errorsOf, idsOf, pinned, planOf, warningsOf } from '../support/plan';

const { T4, L4, L40S, H100 } = GpuModel;
const LLAMA_70B = Model.of('meta-llama/Llama-3.3-70B-Instruct');

describe('a context that is unset', () => {
  it('refuses the model’s own where it does not fit, with the arithmetic and what would fit', () => {
    expect(errorsOf(gpu(L4))).toEqual([
      [
        'engine.maxModelLen: is unset, so it is the 131072 of meta-llama/Llama-3.1-8B-Instruct: a request of that length needs 16 GiB of KV cache on each L4, and about 2.01 GiB are left: vLLM would not start; use at most 16384, use a change listed below, or set unsafeMemoryFit to what you measured [memory-context]',
        'each device: 19.79 GiB for the engine, 0.9 of 21.99 GiB',
        'weights: 15.26 GiB',
        'reserve: 2.52 GiB (logits 0.52 GiB, CUDA graphs 1 GiB, runtime 1 GiB)',
        'KV cache: 2.01 GiB left',
        'one token: 128 KiB at 2 bytes a value',
        'fits: engine.kvCacheDtype: "fp8", with quantization: "fp8_per_tensor" in Model.of',
        'fits: engine.maxModelLen: 16384',
        'fits: Accelerator.gpu(GpuModel.L4, 2)',
      ].join('\n      '),
    ]);
  });

  it('is accepted where it fits', () => {
    expect(memoryIds(gpu(L40S))).toEqual([]);
  });

  it.each(['auto', '-1'])('may be what fits: %s', (length) => {
    const props = { ...gpu(L4), extraArgs: [`--max-model-len=${length}`] };
    expect(memoryIds(props)).toEqual([]);
    expect(planOf(props).memory.largestContext?.value).toBe(16464);
    expect(planOf(props).memory.sequences?.value).toBe(1);
  });
});

describe('a context that is set', () => {
  it('is never larger than the model’s own as a decision', () => {
    expect(planOf({ engine: { maxModelLen: 8192 } }).memory.largestContext).toEqual({
      value: 131072,
      reason: 'the maximum of the model; the KV cache holds more',
    });
    const hfOverrides = { rope_scaling: {} };
    expect(planOf({ engine: { maxModelLen: 150_000, hfOverrides } }).memory.largestContext?.value).toBe(150_000);
  });

  it('refuses more than fits, under the property that sets it', () => {
    expect(errorsOf({ ...gpu(L4), engine: { maxModelLen: 32768 } })[0]).toContain(
      'engine.maxModelLen: is 32768: a request of that length needs 4 GiB of KV cache on each L4, and about 2.01 GiB are left',
    );
  });

  it.each(['--max-model-len=32768', '--max_model_len=32K'])('refuses it under the flag %s', (flag) => {
    expect(errorsOf({ ...gpu(L4), extraArgs: [flag] }).join('\n')).toContain(
      'is 32768: a request of that length needs',
    );
  });

  it('accepts the largest one that it names', () => {
    expect(memoryIds({ ...gpu(L4), engine: { maxModelLen: 16384 } })).toEqual([]);
  });

  it('is one finding where it is beyond the model’s own', () => {
    expect(idsOf({ engine: { maxModelLen: 900_000 } })).toEqual(['context-too-long']);
    const extended = { engine: { maxModelLen: 900_000, hfOverrides: { rope_scaling: {} } } };
    expect(idsOf(extended)).toEqual(['memory-context']);
  });

  it.each<[what: string, props: Partial<ServingProps>]>([
    ['a larger share of the GPU', { engine: { gpuMemoryUtilization: 0.98 } }],
    ['smaller batches', { engine: { maxNumBatchedTokens: 256, maxNumSeqs: 16 } }],
    ['no CUDA graphs', { engine: { enforceEager: true } }],
    ['no compilation', { engine: { optimizationLevel: 0 } }],
    ['graphs outside the share', { env: { VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS: '0' } }],
    ['a release that counts graphs outside the share', pinned('0.19.1')],
    ['a KV cache in fp8', { engine: { kvCacheDtype: 'fp8' } }],
    ['weights in host memory', { engine: { cpuOffload: Size.gibibytes(4) } }],
  ])('fits more with %s', (_, props) => {
    const capacity = (more: Partial<ServingProps>) => planOf({ ...gpu(L4), ...more }).memory.capacity?.value ?? 0;
    expect(capacity(props)).toBeGreaterThan(capacity({}) * 1.04);
  });

  it.each<[what: string, props: Partial<ServingProps>]>([
    ['larger batches', { engine: { maxNumBatchedTokens: 8192 } }],
    ['prompts that are not cut', { engine: { enableChunkedPrefill: false, maxModelLen: 16384 } }],
    ['batches for throughput', { engine: { performanceMode: 'throughput' } }],
  ])('fits less with %s', (_, props) => {
    const capacity = (more: Partial<ServingProps>) => planOf({ ...gpu(L40S), ...more }).memory.cache?.value ?? 0;
    expect(capacity(props)).toBeLessThan(capacity({}));
  });
});

describe('weights', () => {
  it('refuses those that leave nothing for a KV cache', () => {
    expect(errorsOf({ ...gpu(T4), model: Model.of('meta-llama/Llama-3.1-8B', { dtype: 'half' }) })[0]).toContain(
      'accelerator: each T4 has 13.1 GiB for the engine, but its part of meta-llama/Llama-3.1-8B needs 15.3 GiB and the engine itself about 2.5 GiB: nothing is left for the KV cache, and vLLM would not start; use a change listed below, or set unsafeMemoryFit to what you measured [memory-weights]',
    );
  });

  it.each<[what: string, props: Partial<ServingProps>, device: string]>([
    ['a slice', { accelerator: Accelerator.mig(H100, '1g.10gb') }, 'each slice of the H100'],
    ['a share', { accelerator: Accelerator.shared(L40S, { sharers: 4 }) }, 'each share of the L40S'],
    ['one GPU of two', { ...gpu(H100), model: LLAMA_70B }, 'each H100'],
    [
      'a device of another vendor',
      { accelerator: Accelerator.resource('nvidia.com/gpu', 1, { memory: Size.gibibytes(12) }) },
      'each nvidia.com/gpu',
    ],
    ['float32', { ...gpu(L4), model: Model.of('meta-llama/Llama-3.1-8B', { dtype: 'float32' }) }, 'each L4'],
    ['a size that is set', { ...gpu(L4), model: Model.of('a/b', { weightsSize: Size.gibibytes(24) }) }, 'each L4'],
    ['a small share of a GPU', { engine: { gpuMemoryUtilization: 0.3 } }, 'each L40S'],
  ])('refuses them on %s', (_, props, device) => {
    const lines = errorsOf(props);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`accelerator: ${device} has `);
    expect(lines[0]).toContain('[memory-weights]');
  });

  it('suggests more memory where no GPU of the catalogue is enough', () => {
    const [line] = errorsOf({ ...gpu(H100), model: Model.of('meta-llama/Llama-3.1-405B') });
    expect(line).toContain('would not start; use more GPU memory, or set unsafeMemoryFit to what you measured');
    expect(line).not.toContain('fits:');
  });

  it('refuses a KV cache for which they leave too little memory', () => {
    const [line] = errorsOf({ ...gpu(L4), engine: { kvCacheMemory: Size.gibibytes(8), maxModelLen: 8192 } });
    expect(line).toContain(
      'engine.kvCacheMemory: is 8 GiB, but weights and reserve leave about 4.21 GiB of each L4; lower it, remove it, use a change listed below, or set unsafeMemoryFit to what you measured [memory-kv-cache]',
    );
    expect(memoryIds({ ...gpu(L4), engine: { kvCacheMemory: Size.gibibytes(3), maxModelLen: 8192 } })).toEqual([]);
  });

  it('refuses a KV cache of a size in which the context does not fit', () => {
    const props = { engine: { kvCacheMemory: Size.gibibytes(2), maxModelLen: 32768 } };
    expect(memoryIds(props)).toEqual(['memory-context']);
    expect(errorsOf(props)[0]).toContain('KV cache: 2 GiB set');
  });

  it('are not counted while ranks and devices do not match', () => {
    expect(idsOf({ model: LLAMA_70B, ...gpu(L4, 4), engine: { tensorParallelSize: 2 } })).toEqual(['device-count']);
    expect(idsOf({ model: LLAMA_70B, ...gpu(L4, 3) })).toEqual(['attention-heads']);
    expect(memoryIds({ ...gpu(L4), extraArgs: ['--decode-context-parallel-size=0'] })).toEqual([]);
  });
});

describe('what would fit', () => {
  it.each<[what: string, props: Partial<ServingProps>, expected: string[]]>([
    [
      'fp8 in the KV cache, where that is enough',
      { ...gpu(L4), engine: { maxModelLen: 36864, gpuMemoryUtilization: 0.95 } },
      [
        'engine.kvCacheDtype: "fp8"',
        'quantization: "fp8_per_tensor" in Model.of',
        'engine.maxModelLen: 25344',
        'Model.of("nvidia/Llama-3.1-8B-Instruct-FP8")',
        'Accelerator.gpu(GpuModel.L4, 2)',
      ],
    ],
    [
      'fp8 weights, where the cache is small already',
      { ...gpu(L4), engine: { maxModelLen: 65536, kvCacheDtype: 'fp8' } },
      [
        'quantization: "fp8_per_tensor" in Model.of',
        'engine.maxModelLen: 32768',
        'Model.of("nvidia/Llama-3.1-8B-Instruct-FP8")',
        'Accelerator.gpu(GpuModel.L4, 2)',
      ],
    ],
    [
      'the older name of that, in a release that has no other',
      { ...gpu(L4), engine: { maxModelLen: 65536, kvCacheDtype: 'fp8' }, ...pinned('0.19.1') },
      [
        'engine.gpuMemoryUtilization: 0.95',
        'quantization: "fp8" in Model.of',
        'engine.maxModelLen: 49152',
        'Model.of("nvidia/Llama-3.1-8B-Instruct-FP8")',
        'Accelerator.gpu(GpuModel.L4, 2)',
      ],
    ],
    [
      'no fp8 on a GPU without it',
      { ...gpu(GpuModel.A10G), engine: { maxModelLen: 32768 } },
      [
        'engine.maxModelLen: 16384',
        'Model.of("RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8")',
        'Accelerator.gpu(GpuModel.A10G, 2)',
      ],
    ],
    [
      'the next larger slice',
      { accelerator: Accelerator.mig(H100, '1g.10gb') },
      ['Accelerator.mig(GpuModel.H100, "3g.40gb")'],
    ],
    [
      'the whole of a shared GPU',
      { accelerator: Accelerator.shared(L40S, { sharers: 3 }) },
      ['quantization: "fp8_per_tensor" in Model.of, with engine.maxModelLen: 17920', 'Accelerator.gpu(GpuModel.L40S)'],
    ],
    [
      'as many GPUs as can share the heads',
      { ...gpu(L40S), model: Model.of('Qwen/Qwen2.5-72B-Instruct') },
      ['Accelerator.gpu(GpuModel.L40S, 4)'],
    ],
    [
      'a GPU that the library does not list, by its name',
      {
        accelerator: Accelerator.gpu(GpuModel.of({ name: 'Card', memory: Size.gibibytes(12) })),
        engine: { maxModelLen: 8192, tensorParallelSize: 1 },
      },
      [
        'Model.of("hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4")',
        'Accelerator.gpu(Card, 4), with engine.tensorParallelSize: 4',
      ],
    ],
    [
      'a higher share of the GPU, where that is enough',
      { ...gpu(H100), model: Model.of('Qwen/Qwen2.5-32B-Instruct'), engine: { maxModelLen: 24_000 } },
      [
        'engine.gpuMemoryUtilization: 0.95',
        'engine.kvCacheDtype: "fp8"',
        'quantization: "fp8_per_tensor" in Model.of',
        'engine.maxModelLen: 19712',
        'Model.of("Qwen/Qwen2.5-32B-Instruct-GPTQ-Int8")',
        'Accelerator.gpu(GpuModel.H100, 2)',
      ],
    ],
    [
      'two changes, where one is not enough',
      { ...gpu(H100), model: Model.of('openai/gpt-oss-120b') },
      [
        'engine.gpuMemoryUtilization: 0.95, with engine.maxNumSeqs: 256',
        'engine.gpuMemoryUtilization: 0.95, with engine.kvCacheDtype: "fp8"',
        'engine.maxModelLen: 7680',
        'Accelerator.gpu(GpuModel.H100, 2)',
      ],
    ],
    [
      'another GPU, where eight are too few',
      { ...gpu(H100, 8), model: Model.of('deepseek-ai/DeepSeek-R1') },
      ['Accelerator.gpu(GpuModel.H200, 8)'],
    ],
  ])('is listed: %s', (_, props, expected) => {
    expect(suggestionsOf(props)).toEqual(expected);
  });
});

describe('unsafeMemoryFit', () => {
  const reason = 'measured: 21,000 tokens';

  it('turns the error into a warning, with the reason', () => {
    const props = { ...gpu(L4), engine: { maxModelLen: 20000 }, unsafeMemoryFit: reason };
    expect(errorsOf(props)).toEqual([]);
    expect(warningsOf(props)[0]).toContain('vLLM would not start (unsafeMemoryFit: measured: 21,000 tokens); use at');
  });

  it('warns about a reason without an error', () => {
    expect(warningsOf({ unsafeMemoryFit: reason })).toEqual([
      'unsafeMemoryFit: is set, but the memory fit has no error; remove it [memory-override-unused]',
    ]);
  });

  it('does not change other errors', () => {
    expect(idsOf({ ...gpu(L4, 3), unsafeMemoryFit: reason })).toContain('attention-heads');
  });
});
