import { Size } from 'cdk8s';
import { Accelerator, AcceleratorKind, GpuModel, MigStrategy } from '../../lib';
import { GPU_FACTS } from '../../lib/accelerator/gpu-facts';
import { anotherCopy } from '../support/another-copy';

const { H100, L4, L40S } = GpuModel;

describe('an accelerator', () => {
  it('of whole GPUs is one GPU by default', () => {
    expect(Accelerator.gpu(L40S)).toMatchObject({
      kind: AcceleratorKind.GPU,
      resourceName: 'nvidia.com/gpu',
      count: 1,
      memoryMib: 46068,
      sharers: 1,
    });
    expect(Accelerator.gpu(L40S, 8).count).toBe(8);
  });

  it('of a MIG slice requests one slice by its profile', () => {
    expect(Accelerator.mig(H100, '1g.10gb+me')).toMatchObject({
      kind: AcceleratorKind.MIG,
      resourceName: 'nvidia.com/mig-1g.10gb.me',
      count: 1,
      memoryMib: 9856,
    });
  });

  it.each(Object.entries(GPU_FACTS).flatMap(([name, facts]) => ('mig' in facts ? [[name, facts] as const] : [])))(
    'of a slice of %s never has more memory than the GPU',
    (name, { mig, memoryMib }) => {
      const model = GpuModel[name as keyof typeof GPU_FACTS];
      for (const profile of Object.keys(mig.profiles)) {
        expect(Accelerator.mig(model, profile).memoryMib).toBeLessThanOrEqual(memoryMib);
      }
    },
  );

  it('of a MIG slice has the resource name of a whole GPU under the single strategy', () => {
    expect(Accelerator.mig(H100, '1g.10gb', { strategy: MigStrategy.SINGLE })).toMatchObject({
      kind: AcceleratorKind.MIG,
      resourceName: 'nvidia.com/gpu',
      memoryMib: 9856,
    });
    expect(() => Accelerator.mig(H100, '1g.10gb', { strategy: 'none' as MigStrategy })).toThrow(
      'strategy: is "none"; give one of mixed, single',
    );
  });

  it('of a shared GPU sees the memory of the whole GPU', () => {
    expect(Accelerator.shared(L4, { sharers: 4 })).toMatchObject({
      kind: AcceleratorKind.SHARED,
      resourceName: 'nvidia.com/gpu.shared',
      count: 1,
      memoryMib: 23034,
      sharers: 4,
    });
  });

  it('of a shared GPU may keep the name of the resource', () => {
    const accelerator = Accelerator.shared(L4, { sharers: 2, resourceName: 'nvidia.com/gpu' });
    expect(accelerator.resourceName).toBe('nvidia.com/gpu');
  });

  it.each(['amd.com/gpu', 'gpu.intel.com/i915', 'aws.amazon.com/neuron', 'huawei.com/Ascend910'])(
    'of another vendor is its resource: %s',
    (name) => {
      expect(Accelerator.resource(name, 2)).toMatchObject({
        kind: AcceleratorKind.RESOURCE,
        resourceName: name,
        count: 2,
        memoryMib: undefined,
        model: undefined,
      });
    },
  );

  it('of another vendor may have memory, in any unit', () => {
    expect(Accelerator.resource('amd.com/gpu', 1, { memory: Size.gibibytes(191.5) }).memoryMib).toBe(196096);
  });

  it('accepts a GpuModel from another copy of the package', () => {
    const model = anotherCopy().GpuModel.H100 as GpuModel;
    expect(model).not.toBeInstanceOf(GpuModel);
    expect(Accelerator.mig(model, '1g.10gb').resourceName).toBe('nvidia.com/mig-1g.10gb');
  });
});

describe('a wrong accelerator', () => {
  const shared = (options: unknown) => () => Accelerator.shared(L4, options as never);
  const resource = (name: unknown, count: unknown = 1, options: unknown = {}) => {
    return () => Accelerator.resource(name as never, count as never, options as never);
  };

  it.each<[what: string, call: () => unknown, message: string]>([
    [
      'a GPU as text',
      () => Accelerator.gpu('L40S' as never),
      'model: is "L40S"; give a GpuModel, for example GpuModel.',
    ],
    ['a GPU that is not listed', () => Accelerator.gpu(undefined as never), 'model: is required and was not given'],
    ['another instance', () => Accelerator.gpu(Size.gibibytes(1) as never), 'model: is a Size; give a GpuModel'],
    ['no GPUs', () => Accelerator.gpu(L40S, 0), 'count: is 0; give a whole number of at least 1'],
    ['half a GPU', () => Accelerator.gpu(L40S, 0.5), 'count: is 0.5; give a whole number of at least 1'],
    ['null GPUs', () => Accelerator.gpu(L40S, null as never), 'count: is null; give a whole number'],
    [
      'a slice of a GPU as text',
      () => Accelerator.mig('H100' as never, '1g.10gb'),
      'model: is "H100"; give a GpuModel',
    ],
    [
      'a slice of a GPU that has none',
      () => Accelerator.mig(L4, '1g.10gb'),
      'no MIG profile of L4 is known; use Accelerator.gpu or Accelerator.shared',
    ],
    [
      'a slice of a GPU that the library does not list',
      () => Accelerator.mig(GpuModel.of({ name: 'H20', memory: Size.mebibytes(97871) }), '1g.12gb'),
      'no MIG profile of H20 is known',
    ],
    [
      'a profile of another GPU',
      () => Accelerator.mig(H100, '1g.5gb'),
      'Accelerator.mig of H100 has 1 problem:\n  - profile: is "1g.5gb" (did you mean "1g.10gb"?); give one of 1g.10gb,',
    ],
    [
      'a profile as the resource spells it',
      () => Accelerator.mig(H100, '1g.10gb.me'),
      'profile: is "1g.10gb.me" (did you mean "1g.10gb+me"?)',
    ],
    ['capitals in a profile', () => Accelerator.mig(H100, '1G.10GB'), '(did you mean "1g.10gb"?)'],
    ['no profile', () => Accelerator.mig(H100, undefined as never), 'profile: is required and was not given; give one'],
    ['a number as profile', () => Accelerator.mig(H100, 1 as never), 'profile: is 1; give one of 1g.10gb'],
    ['a single sharer', shared({ sharers: 1 }), 'sharers: is 1; give a whole number from 2 to 90'],
    ['no options of sharing', shared(undefined), 'sharers: is required and was not given'],
    ['a number of sharers alone', shared(4), 'options: is 4; give an object'],
    [
      'a shared resource without domain',
      shared({ sharers: 2, resourceName: 'gpu' }),
      'resourceName: is "gpu"; give an',
    ],
    ['a GPU among the options', shared({ sharers: 2, model: L4 }), 'model: unknown property'],
    ['a resource without domain', resource('gpu'), 'name: is "gpu"; give an extended resource with its domain'],
    ['a resource of Kubernetes', resource('memory'), 'name: is "memory"; give an extended resource'],
    ['capitals in the domain', resource('AMD.com/gpu'), 'name: is "AMD.com/gpu"; give an extended resource'],
    ['two slashes', resource('amd.com/gpu/x'), 'name: is "amd.com/gpu/x"'],
    ['no count', resource('amd.com/gpu', null), 'count: is null; give a whole number of at least 1'],
    ['memory as a number', resource('amd.com/gpu', 1, { memory: 64 }), 'memory: is 64; give a Size of at least 1 GiB'],
    ['null as options', resource('amd.com/gpu', 1, null), 'options: is null; give an object'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
