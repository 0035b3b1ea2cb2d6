import { Accelerator, GpuModel, Model } from '../../lib';
import { errorsOf, idsOf, LLAMA_8B, planOf, QWEN_MOE } from '../support/plan';

const mig = Accelerator.mig(GpuModel.H100, '1g.10gb');
/** About a model of unknown size nothing is claimed that needs memory. */
const UNKNOWN = Model.of('acme/own-model');
const shared = (sharers: number) => Accelerator.shared(GpuModel.L40S, { sharers });

describe('parts of GPUs', () => {
  it('refuses tensor parallelism over slices, with the reason', () => {
    expect(errorsOf({ model: UNKNOWN, accelerator: mig, engine: { tensorParallelSize: 2 } })).toEqual([
      'engine.tensorParallelSize: the engine uses 2 devices, but the accelerator is one slice: MIG slices have no peer-to-peer access to each other, and NCCL does not run between them; remove the parallel sizes and scale with replicas, or use whole GPUs: Accelerator.gpu [parallelism-on-parts]',
    ]);
  });

  it('refuses pipeline parallelism over shares, with the reason', () => {
    expect(errorsOf({ model: UNKNOWN, accelerator: shared(2), engine: { pipelineParallelSize: 2 } })).toEqual([
      'engine.pipelineParallelSize: the engine uses 2 devices, but the accelerator is one share of a GPU: two shares may belong to the same GPU, where NCCL refuses a second rank; remove the parallel sizes and scale with replicas, or use whole GPUs: Accelerator.gpu [parallelism-on-parts]',
    ]);
  });

  it.each([
    ['ranks on slices', { model: QWEN_MOE, accelerator: mig, engine: { dataParallelSize: 2 } }],
    ['prefill context on slices', { model: LLAMA_8B, accelerator: mig, extraArgs: ['-pcp=2'] }],
    ['tensors on shares', { model: LLAMA_8B, accelerator: shared(2), extraArgs: ['-tp=2'] }],
    [
      'tensors on claimed slices',
      { accelerator: Accelerator.claim(GpuModel.H100, { migProfile: '1g.10gb' }), extraArgs: ['-tp=2'] },
    ],
  ])('refuses %s', (_, props) => {
    expect(idsOf(props)).toContain('parallelism-on-parts');
    expect(idsOf(props)).not.toContain('device-count');
  });

  it('serve one rank', () => {
    for (const accelerator of [mig, shared(2)]) {
      expect(planOf({ accelerator }).findings.map(({ id }) => id)).not.toContain('parallelism-on-parts');
    }
  });
});

describe('the memory of a shared GPU', () => {
  it('refuses shares that are too large together', () => {
    expect(errorsOf({ model: UNKNOWN, accelerator: shared(4), engine: { gpuMemoryUtilization: 0.5 } })).toEqual([
      'engine.gpuMemoryUtilization: is 0.5, and 4 pods share the GPU: together 2 of its memory; use at most 0.23 [shared-gpu-memory]',
    ]);
    expect(idsOf({ model: UNKNOWN, accelerator: shared(3), extraArgs: ['--gpu-memory-utilization=.5'] })).toContain(
      'shared-gpu-memory',
    );
  });

  it.each([2, 3, 5, 7, 19])('accepts the largest share that it names to %i sharers', (sharers) => {
    const [line] = errorsOf({ model: UNKNOWN, accelerator: shared(sharers), engine: { gpuMemoryUtilization: 1 } });
    const max = Number(/use at most (\S+)/.exec(line ?? '')?.[1]);
    expect(errorsOf({ model: UNKNOWN, accelerator: shared(sharers), engine: { gpuMemoryUtilization: max } })).toEqual(
      [],
    );
  });

  it('does not limit a whole GPU', () => {
    expect(idsOf({ engine: { gpuMemoryUtilization: 0.99 } })).not.toContain('shared-gpu-memory');
  });
});
