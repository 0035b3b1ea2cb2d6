import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model } from '../../../lib';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { errorsOf, flagOf, h100, idsOf, pinned, planOf, QWEN_MOE } from '../../support/plan';

const mig = (profile: string, model = GpuModel.H100) => ({ accelerator: Accelerator.mig(model, profile) });
const shared = (sharers: number) => ({ accelerator: Accelerator.shared(GpuModel.L40S, { sharers }) });
const LLAMA_1B = { model: Model.of('meta-llama/Llama-3.2-1B-Instruct') };
const batchOf = (props: Partial<ServingProps>) =>
  ['--max-num-seqs', '--max-num-batched-tokens'].map((flag) => Number(flagOf(props, flag)));

describe('tensor parallelism', () => {
  it('uses all GPUs that are left by the other kinds of parallelism', () => {
    expect(flagOf({}, '--tensor-parallel-size')).toBeUndefined();
    expect(flagOf({ accelerator: h100(4) }, '--tensor-parallel-size')).toBe('4');
    const rest = { model: QWEN_MOE, accelerator: h100(8), extraArgs: ['-pp', '2', '-dp=2'] };
    expect(flagOf(rest, '--tensor-parallel-size')).toBe('2');
  });

  it('leaves devices for the ranks of the pod', () => {
    const extraArgs = ['--data-parallel-size=4', '--data-parallel-size-local=2'];
    expect(flagOf({ model: QWEN_MOE, accelerator: h100(4), extraArgs }, '--tensor-parallel-size')).toBe('2');
  });

  it.each(['--tensor-parallel-size=2', '--tensor_parallel_size=2', '-tp=2'])('is not derived beside %s', (flag) => {
    const props = { accelerator: h100(4), extraArgs: [flag] };
    expect(planOf(props).args.filter((item) => /tensor|-tp/.test(item))).toEqual([flag]);
    expect(idsOf(props)).toEqual(['device-count']);
  });

  it('is not derived when the GPUs do not divide, which is refused', () => {
    const props = { accelerator: h100(4), engine: { pipelineParallelSize: 3 } };
    expect(flagOf(props, '--tensor-parallel-size')).toBeUndefined();
    expect(idsOf(props)).toEqual(['device-count']);
  });
});

describe('GPU memory', () => {
  it('is the same share in every version, divided by the number of sharers', () => {
    expect(flagOf(pinned('0.12.0'), '--gpu-memory-utilization')).toBe('0.9');
    expect(flagOf({}, '--gpu-memory-utilization')).toBe('0.9');
    expect(flagOf(shared(4), '--gpu-memory-utilization')).toBe('0.22');
  });

  it.each([2, 3, 5, 7, 10, 19, 30])('has a default that %i sharers may have', (sharers) => {
    expect(errorsOf({ model: Model.of('acme/own-model'), ...shared(sharers) })).toEqual([]);
  });

  it.each(['--gpu-memory-utilization=.8', '--gpu_memory_utilization=0.8', '--device-memory-utilization=0.8'])(
    'has no default beside %s',
    (flag) => {
      expect(planOf({ extraArgs: [flag] }).args.filter((item) => item.includes('utilization'))).toEqual([flag]);
    },
  );

  it('has no share beside a KV cache of fixed size, except on a shared GPU', () => {
    const engine = { kvCacheMemory: Size.gibibytes(8) };
    expect(flagOf({ engine }, '--gpu-memory-utilization')).toBeUndefined();
    expect(flagOf({ engine, ...shared(2) }, '--gpu-memory-utilization')).toBe('0.45');
  });
});

describe('batches on a MIG slice', () => {
  it.each([
    ['a small slice', mig('1g.10gb'), [256, 2048]],
    ['the largest slice of an H100', mig('7g.80gb'), [1024, 8192]],
    ['the largest slice of an A100, where vLLM has small batches', mig('7g.80gb', GpuModel.A100_80GB), [256, 2048]],
    ['a slice of more than 160 GiB', mig('7g.180gb', GpuModel.B200), [1024, 16384]],
  ])('are always set: %s', (_, props, expected) => {
    expect(batchOf({ ...props, engine: { maxModelLen: 8192 } })).toEqual(expected);
  });

  it('are not set for a whole GPU', () => {
    expect(flagOf({}, '--max-num-seqs')).toBeUndefined();
  });

  it('fit the one that the user set', () => {
    expect(batchOf({ ...mig('1g.10gb'), engine: { maxNumBatchedTokens: 128 } })).toEqual([128, 128]);
    expect(batchOf({ ...mig('1g.10gb'), engine: { maxNumSeqs: 4096 } })).toEqual([4096, 4096]);
    expect(idsOf({ ...LLAMA_1B, ...mig('1g.10gb'), engine: { maxNumBatchedTokens: 128, maxModelLen: 8192 } })).toEqual(
      [],
    );
  });

  it('hold a whole prompt when prompts are not split', () => {
    const engine = { enableChunkedPrefill: false };
    expect(batchOf({ ...mig('1g.20gb'), engine: { ...engine, maxModelLen: 4096 } })).toEqual([256, 4096]);
    expect(batchOf({ ...mig('1g.20gb'), engine })).toEqual([256, 131072]);
  });

  it('double for throughput, as vLLM doubles its own', () => {
    expect(batchOf({ ...mig('1g.10gb'), engine: { performanceMode: 'throughput' } })).toEqual([512, 4096]);
  });
});

describe('the HTTP server', () => {
  it('hides the pages that need no API key, unless they are turned on', () => {
    const shown = { engine: { disableFastapiDocs: false } };
    expect(flagOf({}, '--disable-fastapi-docs')).toBe('');
    expect(flagOf(shown, '--disable-fastapi-docs')).toBeUndefined();
    expect(flagOf(shown, '--no-disable-fastapi-docs')).toBe('');
    expect(flagOf({ ...shown, ...pinned('0.9.2') }, '--disable-fastapi-docs')).toBeUndefined();
  });

  it.each([
    ['0.8.5', ''],
    ['0.10.0', ''],
    ['0.10.1', undefined],
    ['0.16.0', undefined],
    ['0.32.0', undefined],
  ])('of %s does not log prompts', (version, expected) => {
    expect(flagOf(pinned(version), '--disable-log-requests')).toBe(expected);
  });

  it('does not log probes, since 0.16', () => {
    const flag = '--disable-access-log-for-endpoints';
    expect(flagOf(pinned('0.15.1'), flag)).toBeUndefined();
    expect(flagOf(pinned('0.16.0'), flag)).toBe('/health,/metrics,/ping');
    expect(flagOf({ extraArgs: [`${flag}=/health`] }, flag)).toBe('/health');
  });

  it('sets no flag that a version refuses', () => {
    const versions = ['0.8.5', '0.9.2', '0.10.2', '0.11.2', '0.13.0', '0.15.1', '0.20.0', '0.28.0', '0.33.0'];
    const engine = { maxModelLen: 8192 };
    const refused = versions.flatMap((version) =>
      errorsOf({ ...LLAMA_1B, ...pinned(version), ...mig('1g.10gb'), engine }),
    );
    expect(refused).toEqual([]);
  });
});

it('refuses a default that the model does not allow, under the property that changes it', () => {
  expect(errorsOf({ accelerator: h100(3) })).toEqual([
    'engine.tensorParallelSize (by default): 3 GPUs cannot share the layers of meta-llama/Llama-3.1-8B-Instruct, which has 32 attention heads and 8 key/value heads; use 1, 2, 4, 8, 16 [attention-heads]',
  ]);
});
