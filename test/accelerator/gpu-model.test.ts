import { Size } from 'cdk8s';
import { GpuModel } from '../../lib';
import type { GpuFacts } from '../../lib/accelerator/gpu-facts';
import { GPU_FACTS } from '../../lib/accelerator/gpu-facts';

const of = (options: unknown) => () => GpuModel.of(options as never);

describe('a GPU', () => {
  it.each(Object.entries(GPU_FACTS))('%s is offered as a constant, with its memory', (name, { memoryMib }) => {
    expect(GpuModel[name as keyof typeof GPU_FACTS]).toMatchObject({ name, memoryMib });
  });

  it('that the library does not list has a name and memory, and no labels', () => {
    const gpu = GpuModel.of({ name: 'L40', memory: Size.mebibytes(46068) });
    expect(gpu).toMatchObject({ name: 'L40', memoryMib: 46068 });
    expect(gpu.computeCapability).toBeUndefined();
    expect(gpu._facts).toEqual({ memoryMib: 46068 });
  });

  it.each([7.5, 8, 8.9, 10.3, 12])('that the library does not list may have a compute capability: %d', (capability) => {
    const gpu = GpuModel.of({ name: 'L40', memory: Size.mebibytes(46068), computeCapability: capability });
    expect(gpu.computeCapability).toBe(capability);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no options', of(undefined), 'GpuModel.of has 2 problems:\n  - name: is required and was not given'],
    ['a name alone', of('L40'), 'options: is "L40"; give an object'],
    ['memory as a number', of({ name: 'L40', memory: 48 }), 'memory: is 48; give a Size'],
    ['memory as text', of({ name: 'L40', memory: '46068' }), 'memory: is "46068"; give a Size'],
    ['no memory', of({ name: 'L40' }), 'memory: is required and was not given'],
    [
      'a name with a space',
      of({ name: 'RTX 6000', memory: Size.mebibytes(49140) }),
      'name: is "RTX 6000"; give a name without',
    ],
    ...[89, 8.91, 0, '8.9', NaN].map((computeCapability): [string, () => unknown, string] => [
      `a compute capability of ${JSON.stringify(computeCapability)}`,
      of({ name: 'L40', memory: Size.mebibytes(46068), computeCapability }),
      'give a compute capability such as 8.9',
    ]),
    ['a misspelt option', of({ name: 'L40', memory: Size.mebibytes(46068), memorry: 1 }), '(did you mean "memory"?)'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('what is known about a GPU', () => {
  it('is bandwidth, speed and MIG profiles', () => {
    expect(GpuModel.H200).toMatchObject({
      computeCapability: 9,
      memoryBandwidth: 4800,
      bf16Tflops: 989,
      fp8Tflops: 1978,
      nvlinkBandwidth: 900,
    });
    expect(GpuModel.H200.migProfiles).toContain('3g.71gb');
  });

  it('is set only where a source has it', () => {
    const { memoryBandwidth, bf16Tflops, fp8Tflops, nvlinkBandwidth, migProfiles } = GpuModel.T4;
    expect([memoryBandwidth, bf16Tflops, fp8Tflops, nvlinkBandwidth]).toEqual([undefined, undefined, undefined, 0]);
    expect(migProfiles).toEqual([]);
    const other = GpuModel.of({ name: 'L40', memory: Size.mebibytes(46068) });
    expect(other.memoryBandwidth).toBeUndefined();
    expect(other.migProfiles).toEqual([]);
  });
});

describe('the table of GPUs', () => {
  const entries = Object.entries<GpuFacts>(GPU_FACTS);

  it.each(entries)(
    'has for %s only values that a label can have',
    (_, { gke, karpenterAws, karpenterAwsMemory, products = [] }) => {
      for (const value of [gke, karpenterAws, karpenterAwsMemory, ...products]) {
        if (value !== undefined) expect(value).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
      }
    },
  );

  it.each(entries)('has for %s a compute capability that CUDA knows', (_, { computeCapability }) => {
    expect([7.5, 8, 8.6, 8.9, 9, 10, 10.3, 12]).toContain(computeCapability);
  });

  it.each(entries)('has fp8 arithmetic for %s only from Ada on, twice as fast as bf16', (_, facts) => {
    const { computeCapability = 0, bf16Tflops, fp8Tflops } = facts;
    if (computeCapability < 8.9 || bf16Tflops === undefined) expect(fp8Tflops).toBeUndefined();
    else expect(Math.abs((fp8Tflops ?? 0) / bf16Tflops - 2)).toBeLessThan(0.03);
  });

  it.each<[label: string, valueOf: (facts: GpuFacts) => string | readonly string[] | undefined]>([
    ['GKE', ({ gke }) => gke],
    ['GPU feature discovery', ({ products }) => products],
    ['Karpenter on AWS', ({ karpenterAws: name, karpenterAwsMemory = '' }) => name && name + karpenterAwsMemory],
  ])('gives each GPU its own label values of %s', (_, valueOf) => {
    const values = entries.flatMap(([, facts]) => valueOf(facts) ?? []);
    expect(new Set(values).size).toBe(values.length);
  });
});
