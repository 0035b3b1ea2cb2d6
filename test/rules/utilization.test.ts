import { Accelerator, GpuModel, Model } from '../../lib';
import { highestUtilization } from '../../lib/rules/utilization';
import { idsOf, errorsOf } from '../support/plan';

const UNKNOWN = Model.of('acme/own-model');
const GIB = 1024;

describe('the share of GPU memory', () => {
  it.each([
    ['of a device of unknown size', undefined, 1, 0.99],
    ['of an H200', 140 * GIB, 1, 0.99],
    ['of an H100', 79.6 * GIB, 1, 0.99],
    ['of eight H100', 79.6 * GIB, 8, 0.99],
    ['of an L40S', 45 * GIB, 1, 0.99],
    ['of an L4', 22.5 * GIB, 1, 0.98],
    ['of two L4', 22.5 * GIB, 2, 0.97],
    ['of a T4', 15 * GIB, 1, 0.97],
    ['of a slice of 10 GiB', 9.75 * GIB, 1, 0.95],
  ])('%s is limited by what CUDA uses', (_, memoryMib, count, highest) => {
    expect(highestUtilization({ memoryMib, count })).toBe(highest);
  });

  it.each([1, 0.999, 0.995])('fails as %d of an H100', (gpuMemoryUtilization) => {
    expect(errorsOf({ model: UNKNOWN, engine: { gpuMemoryUtilization } })).toEqual([
      `engine.gpuMemoryUtilization: is ${gpuMemoryUtilization}, but CUDA and NCCL already use memory when vLLM starts: it refuses to start if less than that share is free; use at most 0.99 [gpu-memory-in-use]`,
    ]);
  });

  it('fails on the command line', () => {
    expect(idsOf({ model: UNKNOWN, extraArgs: ['--gpu-memory-utilization=1.0'] })).toContain('gpu-memory-in-use');
  });

  it.each([0.1, 0.9, 0.95, 0.98, 0.99])('is accepted as %d of an H100', (gpuMemoryUtilization) => {
    expect(idsOf({ model: UNKNOWN, engine: { gpuMemoryUtilization } })).not.toContain('gpu-memory-in-use');
  });

  it('is accepted with weights that another process holds', () => {
    const engine = { gpuMemoryUtilization: 1, loadFormat: 'ipc_cache' };
    expect(idsOf({ model: UNKNOWN, engine })).not.toContain('gpu-memory-in-use');
  });

  it('has one finding on a shared GPU', () => {
    const accelerator = Accelerator.shared(GpuModel.L40S, { sharers: 2 });
    expect(idsOf({ model: UNKNOWN, accelerator, engine: { gpuMemoryUtilization: 1 } })).not.toContain(
      'gpu-memory-in-use',
    );
  });
});
