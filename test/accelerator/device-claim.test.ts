import { Size } from 'cdk8s';
import { Accelerator, AcceleratorKind, GpuModel } from '../../lib';
import { GPU_FACTS } from '../../lib/accelerator/gpu-facts';

const { A100_80GB, H100, L4 } = GpuModel;
const driver = "['gpu.nvidia.com']";
const capability = (version: string) =>
  `device.attributes${driver}.cudaComputeCapability.compareTo(semver('${version}')) == 0`;
const memory = (min: number, max: number) =>
  `device.capacity${driver}.memory.compareTo(quantity('${min}Mi')) >= 0 && device.capacity${driver}.memory.compareTo(quantity('${max}Mi')) <= 0`;

describe('a claim', () => {
  it('of a whole GPU selects the model by compute capability and memory', () => {
    expect(Accelerator.claim(H100)._claim).toEqual({
      deviceClass: 'gpu.nvidia.com',
      selectors: [capability('9.0.0'), memory(79112, 84006)],
    });
  });

  it('counts, plans and tolerates like whole GPUs', () => {
    expect(Accelerator.claim(H100, { count: 4 })).toMatchObject({
      kind: AcceleratorKind.GPU,
      resourceName: 'nvidia.com/gpu',
      count: 4,
      memoryMib: 81559,
    });
  });

  it('of a slice selects it by profile, and its GPU by compute capability', () => {
    const accelerator = Accelerator.claim(A100_80GB, { migProfile: '3g.40gb' });
    expect(accelerator).toMatchObject({ kind: AcceleratorKind.MIG, count: 1, memoryMib: 40192 });
    expect(accelerator._claim).toEqual({
      deviceClass: 'mig.nvidia.com',
      selectors: [capability('8.0.0'), `device.attributes${driver}.profile == '3g.40gb'`],
    });
  });

  it('of a GPU that the library does not list selects by memory alone', () => {
    const model = GpuModel.of({ name: 'L40', memory: Size.gibibytes(40) });
    expect(Accelerator.claim(model)._claim?.selectors).toEqual([memory(39731, 42189)]);
  });

  it.each([
    [8.6, '8.6.0'],
    [12, '12.0.0'],
  ])('of such a GPU selects by its compute capability too, where %d is set', (computeCapability, version) => {
    const model = GpuModel.of({ name: 'A40', memory: Size.gibibytes(40), computeCapability });
    expect(Accelerator.claim(model)._claim?.selectors[0]).toBe(capability(version));
  });

  it('has the selectors that the user adds', () => {
    const selectors = ["device.attributes['gpu.nvidia.com'].brand == 'Nvidia'"];
    expect(Accelerator.claim(L4, { selectors })._claim?.selectors).toEqual([
      capability('8.9.0'),
      memory(22342, 23726),
      ...selectors,
    ]);
  });

  it('leaves the choice of the GPU to a class of the user', () => {
    expect(Accelerator.claim(H100, { deviceClass: 'h100.example.com' })._claim).toEqual({
      deviceClass: 'h100.example.com',
      selectors: [],
    });
    expect(Accelerator.claim(H100, { deviceClass: 'slices', migProfile: '1g.10gb' })._claim).toEqual({
      deviceClass: 'slices',
      selectors: [`device.attributes${driver}.profile == '1g.10gb'`],
    });
  });

  it('of each listed GPU selects no other one, except equal ones', () => {
    const names = Object.keys(GPU_FACTS) as (keyof typeof GPU_FACTS)[];
    const taken = names.map((name) => {
      const [, bounds = ''] = Accelerator.claim(GpuModel[name])._claim?.selectors ?? [];
      const [min = 0, max = 0] = [...bounds.matchAll(/(\d+)Mi/g)].map(([, mib]) => Number(mib));
      const [version] = Accelerator.claim(GpuModel[name])._claim?.selectors ?? [];
      const others = names.filter((other) => {
        const [ofOther] = Accelerator.claim(GpuModel[other])._claim?.selectors ?? [];
        const { memoryMib } = GPU_FACTS[other];
        return other !== name && ofOther === version && memoryMib >= min && memoryMib <= max;
      });
      return [name, others] as const;
    });
    expect(taken.filter(([, others]) => others.length > 0)).toEqual([
      ['A10', ['A10G']],
      ['A10G', ['A10']],
    ]);
  });
});

const claim =
  (...args: unknown[]) =>
  () =>
    Accelerator.claim(...(args as [GpuModel]));

describe('refuses', () => {
  it.each<[what: string, call: () => unknown, message: string]>([
    ['no GPU', claim('H100'), 'model: is "H100"; give a GpuModel'],
    ['no devices', claim(H100, { count: 0 }), 'count: is 0; give a whole number from 1 to 32'],
    [
      'more devices than a claim may have',
      claim(H100, { count: 33 }),
      'count: is 33; give a whole number from 1 to 32',
    ],
    ['half a device', claim(H100, { count: 0.5 }), 'count: is 0.5'],
    [
      'slices together',
      claim(H100, { count: 2, migProfile: '1g.10gb' }),
      'count: is 2 with a MIG profile: slices cannot work together; remove it, and scale with replicas [slices-together]',
    ],
    [
      'a profile of another GPU',
      claim(H100, { migProfile: '1g.5gb' }),
      'Accelerator.claim of H100 has 1 problem:\n  - migProfile: is "1g.5gb" (did you mean "1g.10gb"?); give one of',
    ],
    ['a profile that is a number', claim(H100, { migProfile: 1 }), 'migProfile: is 1; give one of 1g.10gb'],
    ['a slice of a GPU without slices', claim(L4, { migProfile: '1g.6gb' }), 'no MIG profile of L4 is known'],
    [
      'a class in capitals',
      claim(H100, { deviceClass: 'GPU' }),
      'deviceClass: is "GPU"; give the name of a DeviceClass',
    ],
    ['an empty class', claim(H100, { deviceClass: '' }), 'deviceClass: is ""'],
    ['a selector as text', claim(H100, { selectors: 'true' }), 'selectors: is "true"; give a list'],
    ['an empty selector', claim(H100, { selectors: [' '] }), 'selectors[0]: is " "; give a CEL expression'],
    ['a selector that is true', claim(H100, { selectors: [true] }), 'selectors[0]: is true; give a CEL expression'],
    ['a long selector', claim(H100, { selectors: ['a'.repeat(10241)] }), 'of at most 10240 bytes'],
    [
      'many selectors',
      claim(H100, { selectors: Array.from({ length: 31 }, () => 'true') }),
      'selectors: has 31 items; give at most 30, joined by &&',
    ],
    ['the name of a selector', claim(H100, { selector: [] }), 'selector: unknown property (did you mean "selectors"?)'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
