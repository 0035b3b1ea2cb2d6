import { Size } from 'cdk8s';
import { Accelerator, GpuModel, MigLayout } from '../../lib';
import type { MigProfile } from '../../lib';
import { migPartedConfig } from '../../lib/gpu-platform/mig/manifests/mig-config';
import { migLayoutFindings } from '../../lib/gpu-platform/mig/mig-findings';

const of = (migProfiles: unknown, memory = Size.mebibytes(97871)) =>
  GpuModel.of({ name: 'H20', memory, computeCapability: 9, migProfiles: migProfiles as MigProfile[] });

/** As `nvidia-smi mig -lgip` prints them. */
const H20 = of([
  { name: '1g.12gb', memory: Size.mebibytes(11008), count: 7 },
  { name: '1g.12gb+me', memory: Size.mebibytes(11008) },
  { name: '1g.24gb' },
  { name: '2g.24gb' },
  { name: '3g.48gb', memory: Size.gibibytes(47.5) },
  { name: '4g.48gb' },
  { name: '7g.96gb', memory: Size.mebibytes(97000) },
]);

describe('MIG profiles of a GPU that is not listed', () => {
  it('are accepted by Accelerator.mig, with their memory', () => {
    expect(Accelerator.mig(H20, '1g.12gb')).toMatchObject({
      resourceName: 'nvidia.com/mig-1g.12gb',
      memoryMib: 11008,
      count: 1,
    });
    expect(Accelerator.mig(H20, '1g.12gb+me').resourceName).toBe('nvidia.com/mig-1g.12gb.me');
    expect(Accelerator.mig(H20, '2g.24gb').memoryMib).toBe(Math.floor(24 * 1024 * 0.95));
  });

  it('are accepted by a claim', () => {
    const { _claim: claim } = Accelerator.claim(H20, { migProfile: '3g.48gb' });
    expect(claim?.selectors).toContain("device.attributes['gpu.nvidia.com'].profile == '3g.48gb'");
  });

  it.each([
    ['1g.12gb', 7],
    ['1g.12gb+me', 1],
    ['1g.24gb', 4],
    ['2g.24gb', 3],
    ['3g.48gb', 2],
    ['4g.48gb', 1],
    ['7g.96gb', 1],
  ])('fit as often as the slices allow: %s', (profile, count) => {
    expect(MigLayout.uniform(H20, profile)._plan.slices).toEqual({ [profile]: count });
  });

  it('make a layout for every GPU of a node, since their PCI devices are not known', () => {
    const layout = MigLayout.custom({ name: 'two', gpu: H20, slices: { '3g.48gb': 1, '1g.12gb': 4 } });
    expect(migPartedConfig([layout._plan])['mig-configs']['two']).toEqual([
      { devices: 'all', 'mig-enabled': true, 'mig-devices': { '3g.48gb': 1, '1g.12gb': 4 } },
    ]);
    const other = MigLayout.custom({ name: 'two', gpu: GpuModel.H100, slices: { '1g.10gb': 7 } });
    expect(migLayoutFindings([layout._plan, other._plan], 'migLayouts').map(({ id }) => id)).toEqual([
      'mig-layout-twice',
    ]);
  });

  it('of a GPU with four slices have half of its memory in two', () => {
    const gpu = of([{ name: '1g.6gb' }, { name: '2g.12gb' }, { name: '4g.24gb' }], Size.mebibytes(24258));
    expect(MigLayout.balanced(gpu)._plan.slices).toEqual({ '1g.6gb': 2, '2g.12gb': 1 });
    expect(MigLayout.uniform(gpu, '1g.6gb')._plan.slices).toEqual({ '1g.6gb': 4 });
  });

  it('may be a few of them', () => {
    expect(MigLayout.uniform(of([{ name: '1g.12gb' }]), '1g.12gb')._plan.slices).toEqual({ '1g.12gb': 7 });
    expect(MigLayout.uniform(of([{ name: '1g.24gb' }]), '1g.24gb')._plan.slices).toEqual({ '1g.24gb': 4 });
  });

  it.each<[what: string, migProfiles: unknown, message: string]>([
    ['no profile', [], 'migProfiles: is []; give a list of at least 1'],
    ['names alone', ['1g.12gb'], 'migProfiles[0]: is "1g.12gb"; give an object'],
    ['no name', [{ count: 1 }], 'migProfiles[0].name: is required and was not given'],
    ['the name of a resource', [{ name: 'nvidia.com/mig-1g.12gb' }], 'give a MIG profile such as "1g.12gb"'],
    ['a suffix as resources have it', [{ name: '1g.12gb.me' }], 'is "1g.12gb.me"; give a MIG profile'],
    ['MIG before the name', [{ name: 'MIG 1g.12gb' }], 'is "MIG 1g.12gb"; give a MIG profile'],
    ['capitals', [{ name: '1g.12GB' }], 'is "1g.12GB"; give a MIG profile'],
    ['eight compute slices', [{ name: '8g.96gb' }], 'is "8g.96gb"; give a MIG profile'],
    ['a compute instance', [{ name: '1c.3g.48gb' }], 'is "1c.3g.48gb"; give a MIG profile'],
    [
      'a profile twice',
      [{ name: '1g.12gb' }, { name: '1g.12gb' }],
      'migProfiles[1].name: is "1g.12gb", which is in the list twice',
    ],
    ['a profile of a larger GPU', [{ name: '7g.141gb' }], 'is "7g.141gb", and the GPU has 97871 MiB'],
    [
      'too many of them',
      [{ name: '3g.48gb', count: 3 }],
      'migProfiles[0].count: is 3 × "3g.48gb", which needs 9 compute slices, and the GPU has 7',
    ],
    ['eight of them', [{ name: '1g.12gb', count: 8 }], 'count: is 8; give a whole number from 1 to 7'],
    ['none of them', [{ name: '1g.12gb', count: 0 }], 'count: is 0; give a whole number from 1 to 7'],
    [
      'the memory of the GPU',
      [{ name: '1g.12gb', memory: Size.mebibytes(97871) }],
      'migProfiles[0].memory: is 97871 MiB for "1g.12gb"; give the memory that nvidia-smi',
    ],
    ['memory of a smaller one', [{ name: '2g.24gb', memory: Size.gibibytes(12) }], 'is 12288 MiB for "2g.24gb"'],
    ['memory as a number', [{ name: '1g.12gb', memory: 12 }], 'memory: is 12; give a Size'],
    [
      'three slices of a GPU with four',
      [{ name: '2g.48gb' }, { name: '7g.96gb' }],
      'is 1 × "7g.96gb", which needs 7 compute slices, and the GPU has 4',
    ],
  ])('refuses %s', (_, migProfiles, message) => {
    expect(() => of(migProfiles)).toThrow(message);
  });

  it('refuses other profiles of it, and names the way where none is set', () => {
    expect(() => Accelerator.mig(H20, '1g.10gb')).toThrow('profile: is "1g.10gb" (did you mean "1g.12gb"?)');
    const plain = GpuModel.of({ name: 'H20', memory: Size.mebibytes(97871) });
    const fix = 'set migProfiles in GpuModel.of, or use';
    expect(() => Accelerator.mig(plain, '1g.12gb')).toThrow(
      `no MIG profile of H20 is known; ${fix} Accelerator.gpu or`,
    );
    expect(() => MigLayout.balanced(plain)).toThrow(`is H20, for which no MIG profile is known; ${fix} a GPU that MIG`);
    expect(() => MigLayout.balanced(GpuModel.L4)).toThrow('is known; use a GPU that MIG can slice');
  });
});
