import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model, VllmVersion } from '../../lib';
import { pipelineStages } from '../../lib/rules/parallel-sizes';
import { errorsOf, flagOf, h100, idsOf, LLAMA_8B, pinned, planOf, QWEN_MOE, warningsOf } from '../support/plan';

const DEEPSEEK = Model.of('deepseek-ai/DeepSeek-R1');
const h200 = (count: number) => Accelerator.gpu(GpuModel.H200, count);

describe('the number of devices ', () => {
  it.each([
    ['tensor', LLAMA_8B, { tensorParallelSize: 8 }],
    ['tensor × pipeline', LLAMA_8B, { tensorParallelSize: 4, pipelineParallelSize: 2 }],
    ['tensor × data', QWEN_MOE, { tensorParallelSize: 2, dataParallelSize: 4 }],
    ['tensor × prefill context', LLAMA_8B, { tensorParallelSize: 4, prefillContextParallelSize: 2 }],
  ])('is the product of %s', (_, model, engine) => {
    // Later releases refuse prefill context parallelism for this model.
    expect(errorsOf({ model, accelerator: h100(8), engine, ...pinned('0.31.0') })).toEqual([]);
  });

  it('refuses fewer and more than the accelerator has', () => {
    expect(errorsOf({ accelerator: h100(8), engine: { tensorParallelSize: 4 } })).toEqual([
      'engine.tensorParallelSize: the engine uses 4 devices (tensor 4 × pipeline 1 × data 1), but the accelerator has 8; make the product equal to the count of Accelerator.gpu, or remove it [device-count]',
    ]);
    expect(errorsOf({ extraArgs: ['-tp', '2'] })[0]).toMatch(/^extraArgs\[0\]: .* or remove it \[device-count\]$/);
    expect(idsOf({ engine: { tensorParallelSize: 2 } })).toEqual(['device-count']);
  });

  it('refuses it under the size that is set', () => {
    const [line] = errorsOf({ accelerator: h100(4), engine: { prefillContextParallelSize: 3 } });
    expect(line).toContain(
      'engine.prefillContextParallelSize: the engine uses 3 devices (tensor 1 × pipeline 1 × data 1 × prefill context 3), but the accelerator has 4',
    );
  });

  it('is not multiplied by decode context parallelism', () => {
    const engine = { tensorParallelSize: 8, decodeContextParallelSize: 8 };
    expect(errorsOf({ model: DEEPSEEK, accelerator: h200(8), engine })).toEqual([]);
  });
});

describe('devices with several cores ', () => {
  const image = VllmVersion.of('0.32.0', { repository: 'registry.example.com/vllm' });
  const on = (name: string, count: number, coresPerDevice?: number) => ({
    accelerator: Accelerator.resource(name, count, {
      coresPerDevice,
      memory: Size.gibibytes(32 * (coresPerDevice ?? 2)),
    }),
    vllmVersion: image,
  });
  const id = 'device-count';

  it.each<[name: string, count: number, cores: number | undefined, size: string | undefined]>([
    ['aws.amazon.com/neuron', 1, undefined, '2'],
    ['aws.amazon.com/neurondevice', 4, undefined, '8'],
    ['aws.amazon.com/neuron', 2, 4, '8'],
    ['aws.amazon.com/neuron', 2, 1, '2'],
    ['aws.amazon.com/neuroncore', 4, undefined, '4'],
    ['google.com/tpu', 4, undefined, '4'],
    ['google.com/tpu', 4, 2, '8'],
    ['habana.ai/gaudi', 1, undefined, undefined],
    ['gpu.intel.com/xe', 2, undefined, '2'],
  ])('are all used by tensor parallelism: %s × %i', (name, count, cores, size) => {
    expect(flagOf(on(name, count, cores), '--tensor-parallel-size')).toBe(size);
    expect(idsOf(on(name, count, cores))).not.toContain(id);
  });

  it('accept a product of sizes that counts cores', () => {
    const engine = { tensorParallelSize: 4, pipelineParallelSize: 2 };
    expect(idsOf({ ...on('aws.amazon.com/neuron', 4), engine })).not.toContain(id);
  });

  it.each([
    [
      on('aws.amazon.com/neuron', 2),
      { tensorParallelSize: 2 },
      'the engine uses 2 cores (tensor 2 × pipeline 1 × data 1), but the accelerator has 4 (2 devices of 2); make the product equal to it, set coresPerDevice in Accelerator.resource, or remove it',
    ],
    [on('aws.amazon.com/neuron', 2), { tensorParallelSize: 8 }, 'uses 8 cores (tensor 8 × pipeline 1 × data 1), but'],
    [on('aws.amazon.com/neuroncore', 2), { tensorParallelSize: 4 }, 'the engine uses 4 devices (tensor 4'],
    [on('google.com/tpu', 4), { tensorParallelSize: 8 }, 'set coresPerDevice in Accelerator.resource'],
  ])('refuse another number', (props, engine, line) => {
    expect(errorsOf({ ...props, engine })).toContainEqual(expect.stringContaining(line));
  });

  it('divide the memory of the device', () => {
    expect(planOf(on('aws.amazon.com/neuron', 1)).memory.fitted?.input.memory).toBe(32 * 1024);
  });

  it.each([0, 1.5, 65, '2'])('refuse %j cores', (coresPerDevice) => {
    expect(() =>
      Accelerator.resource('aws.amazon.com/neuron', 1, { coresPerDevice: coresPerDevice as number }),
    ).toThrow('coresPerDevice: is');
  });
});

describe('the ranks of the pod ', () => {
  const ranks = (count: number, ...extraArgs: string[]) => ({ model: QWEN_MOE, accelerator: h100(count), extraArgs });

  it('refuses ranks outside the pod, where a replica is one pod', () => {
    expect(errorsOf(ranks(2, '-dp=4', '--data-parallel-size-local=2'))).toEqual([
      'extraArgs[1]: --data-parallel-size-local is 2, but data parallelism is 4, and a replica is one pod: vLLM waits for the other ranks; set it to 4, or remove it [ranks-elsewhere]',
    ]);
  });

  it('counts those of the pod, not all of them', () => {
    expect(idsOf(ranks(4, '-dp=4', '-dpl=2', '-tp=1'))).toEqual(['device-count', 'ranks-elsewhere']);
    expect(idsOf(ranks(4, '-dp=4', '-dpl=4'))).toEqual([]);
  });
});

describe('attention heads ', () => {
  const on = (id: string, count: number) => ({ model: Model.of(id), accelerator: h100(count) });

  it.each([
    ['microsoft/phi-4', 4, '40 attention heads and 10 key/value heads; use 1, 2, 5, 10'],
    ['Qwen/Qwen2.5-7B-Instruct', 8, '28 attention heads and 4 key/value heads; use 1, 2, 4'],
    ['Qwen/Qwen2.5-32B-Instruct', 16, '40 attention heads and 8 key/value heads; use 1, 2, 4, 8'],
    ['deepseek-ai/DeepSeek-R1', 6, '128 attention heads; use 1, 2, 4, 8, 16'],
  ])('refuses %s on %i GPUs', (id, count, problem) => {
    expect(errorsOf(on(id, count))).toEqual([
      expect.stringMatching(
        `${count} GPUs cannot share the layers of ${id}, which has ${problem}( |, [0-9, ]*)\\[attention-heads\\]`,
      ),
    ]);
  });

  it.each([
    ['microsoft/phi-4', 5],
    ['Qwen/Qwen2.5-7B-Instruct', 4],
    ['meta-llama/Llama-3.3-70B-Instruct', 16],
    ['deepseek-ai/DeepSeek-R1', 16],
  ])('accepts %s on %i GPUs', (id, count) => {
    expect(errorsOf(on(id, count))).toEqual([]);
  });

  it('are not checked for an unknown model', () => {
    expect(errorsOf(on('a/b', 7))).toEqual([]);
  });
});

describe('context parallelism', () => {
  it('refuses prefill context parallelism together with ranks', () => {
    const engine = { prefillContextParallelSize: 2, dataParallelSize: 2 };
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(4), engine, ...pinned('0.31.0') })).toEqual([
      'engine.prefillContextParallelSize: is 2 together with data parallelism of 2; use one of the two [context-and-data-parallelism]',
    ]);
  });

  it('accepts prefill context parallelism together with ranks from 0.32 on', () => {
    const engine = { prefillContextParallelSize: 2, dataParallelSize: 2 };
    expect(
      errorsOf({ model: DEEPSEEK, accelerator: h200(4), engine, unsafeMemoryFit: 'no memory', ...pinned('0.32.0') }),
    ).toEqual([]);
  });

  it('refuses decode context parallelism that does not divide tensor parallelism', () => {
    const engine = { decodeContextParallelSize: 3 };
    expect(errorsOf({ model: DEEPSEEK, accelerator: h200(8), engine })).toEqual([
      'engine.decodeContextParallelSize: is 3, which does not divide tensor parallelism of 8; use a divisor of it [decode-context-parallelism]',
    ]);
  });

  it('refuses decode context parallelism of more than the copies of key/value heads', () => {
    const engine = { decodeContextParallelSize: 4 };
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(8), engine })).toEqual([
      'engine.decodeContextParallelSize: is 4, but only copies of key/value heads can be split: Qwen/Qwen3-30B-A3B has 4 for tensor parallelism of 8; use at most 2 [decode-context-of-few-heads]',
    ]);
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(8), engine: { decodeContextParallelSize: 2 } })).toEqual([]);
  });
});

describe('context parallelism of 0.32', () => {
  const deepseek = (...extraArgs: string[]) => ({
    model: DEEPSEEK,
    accelerator: h200(8),
    extraArgs,
    unsafeMemoryFit: 'not what is tested',
  });

  it('refuses decode context parallelism that spans neither prompts nor all GPUs', () => {
    const sizes = ['-pcp=2', '-tp=4'];
    expect(errorsOf(deepseek(...sizes, '-dcp=4'))).toEqual([
      'extraArgs[2]: --decode-context-parallel-size is 4, but with prefill context parallelism of 2 it is one of 1, 2, 8; use 2, or remove it [decode-context-parallelism]',
    ]);
    expect(errorsOf(deepseek(...sizes, '-dcp=2'))).toEqual([]);
    expect(errorsOf(deepseek(...sizes, '-dcp=8'))).toEqual([]);
    expect(errorsOf({ ...deepseek(...sizes, '-dcp=4'), ...pinned('0.31.0') })).toEqual([]);
  });

  it('refuses turns that do not divide a block', () => {
    const turn = (tokens: number, ...more: string[]) =>
      errorsOf(deepseek('-dcp=8', `--cp-kv-cache-interleave-size=${tokens}`, ...more));
    expect(turn(128, '--block-size=64')).toEqual([
      'extraArgs[1]: --cp-kv-cache-interleave-size is 128, which does not divide blocks of 64 tokens (block-size); use a divisor of the block size [context-interleaving]',
    ]);
    expect(turn(64, '--block-size=64')).toEqual([]);
    expect(turn(16, '--block-size=64')).toEqual([]);
    expect(turn(16)).toEqual([]);
    expect(errorsOf(deepseek('--cp-kv-cache-interleave-size=128', '--block-size=64'))).toEqual([]);
  });

  it('refuses decode context parallelism that does not divide the query heads of a key/value head', () => {
    // 28 query heads for 4 key/value heads.
    const model = Model.of('Qwen/Qwen2.5-7B-Instruct');
    const line =
      'engine.decodeContextParallelSize: is 2, which does not divide the 7 query heads of each key/value head of Qwen/Qwen2.5-7B-Instruct; remove it [decode-context-of-few-heads]';
    expect(errorsOf({ model, accelerator: h100(8), engine: { decodeContextParallelSize: 2 } })).toContain(line);
  });
});

describe('pipeline stages ', () => {
  const stages = (architecture: string | undefined, size = 2) => {
    const { basis, release } = planOf({ accelerator: h100(size), engine: { pipelineParallelSize: size } });
    const shape = basis.model.shape && { ...basis.model.shape, architecture };
    const { accelerator, commandLine, metricUsers } = basis;
    const context = { facts: commandLine.facts, release, accelerator, metricUsers, environment: new Map() };
    const more = { modelId: 'a/b', offline: false, versionIsChecked: true, image: '' };
    return pipelineStages({ ...context, ...more, architecture: shape }).map(({ id }) => id);
  };

  it.each(['BertModel', 'XLMRobertaModel', 'WhisperForConditionalGeneration', 'Gemma3nForConditionalGeneration'])(
    'refuses them for %s',
    (architecture) => {
      expect(stages(architecture)).toEqual(['pipeline-unsupported']);
      expect(stages(architecture, 1)).toEqual([]);
    },
  );

  it.each([
    'LlamaForCausalLM',
    'DeepseekV3ForCausalLM',
    'Gemma3ForConditionalGeneration',
    'GptOssForCausalLM',
    undefined,
  ])('accepts them for %s', (architecture) => {
    expect(stages(architecture)).toEqual([]);
  });
});

describe('mixtures of experts ', () => {
  it('refuses expert parallelism of a dense model', () => {
    expect(errorsOf({ accelerator: h100(2), engine: { enableExpertParallel: true } })).toEqual([
      'engine.enableExpertParallel: meta-llama/Llama-3.1-8B-Instruct is not a mixture of experts; remove it [experts-of-dense-model]',
    ]);
    expect(idsOf({ model: QWEN_MOE, accelerator: h100(2), engine: { enableExpertParallel: true } })).toEqual([]);
    expect(idsOf({ accelerator: h100(2), engine: { enableExpertParallel: false } })).toEqual([]);
  });

  it.each(['--data-parallel-external-lb', '-dpm'])(
    'refuses external data parallelism of a dense model by %s',
    (flag) => {
      expect(errorsOf({ extraArgs: [flag] })).toEqual([
        'extraArgs[0]: meta-llama/Llama-3.1-8B-Instruct is not a mixture of experts, and vLLM refuses external data parallelism for it; use replicas: Scaling [external-data-parallelism-of-dense-model]',
      ]);
    },
  );

  it('warns about ranks of a dense model', () => {
    expect(warningsOf({ accelerator: h100(2), engine: { dataParallelSize: 2 } })).toEqual([
      'engine.dataParallelSize: is 2: a dense model then runs as 2 engines that start, stop and fail together; use replicas of one GPU each: Scaling [data-parallelism-of-dense-model]',
    ]);
    expect(idsOf({ model: QWEN_MOE, accelerator: h100(2), engine: { dataParallelSize: 2 } })).toEqual([]);
  });

  it('refuses to balance experts that are not spread', () => {
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(2), engine: { enableEplb: true } })).toEqual([
      'engine.enableEplb: needs expert parallelism; set engine.enableExpertParallel too [eplb-without-experts]',
    ]);
  });

  it('refuses to balance one GPU', () => {
    const engine = { enableEplb: true, enableExpertParallel: true };
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(1), engine })).toEqual([
      'engine.enableEplb: has nothing to balance on one GPU; remove it [eplb-on-one-gpu]',
    ]);
    expect(errorsOf({ model: QWEN_MOE, accelerator: h100(2), engine })).toEqual([]);
  });
});
