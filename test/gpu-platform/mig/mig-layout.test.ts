import { Accelerator, GpuModel, MigLayout } from '../../../lib';
import { GPU_FACTS } from '../../../lib/accelerator/gpu-facts';
import { deviceFilter, profileParts, sliceCost, slicesOf } from '../../../lib/accelerator/mig-profiles';
import { sliceFindings } from '../../../lib/gpu-platform/mig/mig-slice-findings';
import { findingLine } from '../../../lib/preflight/finding';

const NAMES = Object.keys(GPU_FACTS) as (keyof typeof GPU_FACTS)[];
const GPUS = NAMES.map((name) => GpuModel[name]).filter(({ migProfiles }) => migProfiles.length > 0);

const rows = GPUS.flatMap((gpu) =>
  Object.entries(gpu._facts.mig?.profiles ?? {}).map(([profile, { max }]) => [gpu.name, profile, max, gpu] as const),
);

describe.each(rows)('%s with %s', (_, profile, most, gpu) => {
  it(`holds ${most}`, () => {
    expect(MigLayout.uniform(gpu, profile)._plan.slices).toEqual({ [profile]: most });
    expect(sliceFindings(gpu, { [profile]: most })).toEqual([]);
  });

  it('refuses one more', () => {
    const lines = sliceFindings(gpu, { [profile]: most + 1 }).map(findingLine);
    expect(lines).toEqual([expect.stringContaining(`holds at most ${most} of them`)]);
    expect(() => MigLayout.custom({ name: 'more', gpu, slices: { [profile]: most + 1 } })).toThrow(/mig-too-many/);
  });
});

describe.each(GPUS.map((gpu) => [gpu.name, gpu] as const))('%s', (_, gpu) => {
  it('has a balanced layout that fits', () => {
    const { name, _plan } = MigLayout.balanced(gpu);
    expect(name).toBe('all-balanced');
    expect(sliceFindings(gpu, _plan.slices ?? {})).toEqual([]);
  });

  it('has ids of NVIDIA’s PCI devices', () => {
    const ids = deviceFilter(gpu);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !/^0x[0-9A-F]{4}10DE$/.test(id))).toEqual([]);
  });

  it('has a resource for every profile of its layouts', () => {
    for (const profile of gpu.migProfiles) {
      expect(Accelerator.mig(gpu, profile).resourceName).toMatch(/^nvidia\.com\/mig-[a-z0-9.-]+$/);
    }
  });
});

it('shares no device between two GPUs', () => {
  const ids = GPUS.flatMap(deviceFilter);
  expect(new Set(ids).size).toBe(ids.length);
});

/** Possible placements of a profile, as `nvidia-smi mig -lgipp` prints them for A100, H100 and A30. */
function starts(gpu: GpuModel, profile: string): number[] {
  if (slicesOf(gpu).compute === 4) return { 1: [0, 1, 2, 3], 2: [0, 2], 4: [0] }[profileParts(profile).compute] ?? [];
  if (profileParts(profile).compute === 1) {
    return sliceCost(gpu, profile).memory === 2 ? [0, 2, 4, 6] : [0, 1, 2, 3, 4, 5, 6];
  }
  return { 2: [0, 2, 4], 3: [0, 4], 4: [0], 7: [0] }[profileParts(profile).compute] ?? [];
}

/** Whether each of these instances fits, by trying all placements. */
function placeable(gpu: GpuModel, instances: readonly string[], taken = 0): boolean {
  const [first, ...rest] = instances;
  if (first === undefined) return true;
  const { memory } = sliceCost(gpu, first);
  return starts(gpu, first).some((start) => {
    const mask = ((1 << memory) - 1) << start;
    return (taken & mask) === 0 && placeable(gpu, rest, taken | mask);
  });
}

function* multisets(names: readonly string[], length: number): Generator<string[]> {
  if (length === 0) yield [];
  else
    for (const [index, name] of names.entries())
      for (const rest of multisets(names.slice(index), length - 1)) yield [name, ...rest];
}

describe.each([GpuModel.A30, GpuModel.A100_80GB, GpuModel.RTX_PRO_6000].map((gpu) => [gpu.name, gpu] as const))(
  'the slices of %s',
  (_, gpu) => {
    const plain = gpu.migProfiles.filter((profile) => profileParts(profile).suffix === '');

    it('fit by their sums exactly if NVIDIA’s table has a placement for each', () => {
      const wrong: string[] = [];
      for (let length = 1; length <= 8; length++) {
        for (const instances of multisets(plain, length)) {
          const slices: Record<string, number> = {};
          for (const profile of instances) slices[profile] = (slices[profile] ?? 0) + 1;
          const compute = instances.reduce((sum, profile) => sum + profileParts(profile).compute, 0);
          const possible = compute <= slicesOf(gpu).compute && placeable(gpu, instances);
          if (possible !== (sliceFindings(gpu, slices).length === 0)) wrong.push(instances.join(' '));
        }
      }
      expect(wrong).toEqual([]);
    });
  },
);

describe('a custom layout', () => {
  const gpu = GpuModel.A100_80GB;

  it.each<[string, Record<string, number>]>([
    ['3g and four 1g', { '3g.40gb': 1, '1g.10gb': 4 }],
    ['4g and 3g', { '4g.40gb': 1, '3g.40gb': 1 }],
    ['three 2g and 1g', { '2g.20gb': 3, '1g.10gb': 1 }],
    ['1g with media engines and six without', { '1g.10gb+me': 1, '1g.10gb': 6 }],
    ['three 2g and a 1g with double memory', { '2g.20gb': 3, '1g.20gb': 1 }],
  ])('holds %s', (_, slices) => {
    expect(MigLayout.custom({ name: 'ours', gpu, slices })._plan.slices).toEqual(slices);
  });

  it('keeps GPUs whole without slices', () => {
    expect(MigLayout.custom({ name: 'ours', gpu, gpus: [3, 2] })._plan).toMatchObject({
      slices: undefined,
      gpus: [2, 3],
    });
  });
});

describe('refuses', () => {
  const gpu = GpuModel.A100_80GB;
  const custom = (more: object) => () => MigLayout.custom({ name: 'ours', gpu, slices: { '1g.10gb': 1 }, ...more });
  const slices = (each: object, of: GpuModel = gpu) => custom({ gpu: of, slices: each });

  it.each<[what: string, make: () => unknown, message: RegExp | string]>([
    [
      'a GPU without MIG',
      () => MigLayout.uniform(GpuModel.L40S, '1g.10gb'),
      'is L40S, for which no MIG profile is known',
    ],
    ['a balanced layout of a GPU without MIG', () => MigLayout.balanced(GpuModel.T4), '[no-mig]'],
    ['slices of a GPU without MIG', slices({ '1g.10gb': 1 }, GpuModel.A10G), '[no-mig]'],
    ['a GPU by its name', () => MigLayout.balanced('H100' as never), 'is "H100"; give a GpuModel'],
    ['a profile that is not text', () => MigLayout.uniform(gpu, 7 as never), 'profile: is 7'],
    [
      'a profile of another GPU',
      () => MigLayout.uniform(gpu, '1g.5gb'),
      /- profile: is "1g.5gb": A100_80GB has no such profile/,
    ],
    ['a typing error, with a hint', slices({ '1g.1gb': 1 }), 'did you mean "1g.10gb"?'],
    ['the name of a resource, with a hint', slices({ 'nvidia.com/mig-1g.10gb': 1 }), 'did you mean "1g.10gb"?'],
    ['+me spelled as in a resource', slices({ '1g.10gb.me': 1 }), 'did you mean "1g.10gb+me"?'],
    ['+gfx on a GPU without it', slices({ '1g.10gb+gfx': 1 }), '[mig-profile-unknown]'],
    ['-me on a GPU without it', slices({ '1g.10gb-me': 1 }), '[mig-profile-unknown]'],
    ['compute instances', slices({ '1c.3g.40gb': 1 }), '[mig-profile-unknown]'],
    ['a name of a property that every object has', slices({ constructor: 1 }), '[mig-profile-unknown]'],
    ['no slices', slices({}), 'is {}: no pod can use a GPU in MIG mode without slices'],
    ['zero slices', slices({ '1g.10gb': 0 }), 'slices.1g.10gb: is 0; give a whole number of at least 1'],
    ['half a slice', slices({ '1g.10gb': 0.5 }), 'is 0.5'],
    ['too many of one profile', slices({ '3g.40gb': 3 }), 'is 3, and one A100_80GB holds at most 2 of them'],
    [
      'too much memory',
      slices({ '3g.40gb': 2, '1g.10gb': 1 }),
      /need 9 memory slices \(2 × 3g.40gb use 8, 1 × 1g.10gb use 1\)/,
    ],
    ['too much compute', slices({ '4g.40gb': 1, '2g.20gb': 2 }), 'need 8 compute slices'],
    ['a whole GPU and a slice', slices({ '7g.80gb': 1, '1g.10gb': 1 }), '[mig-does-not-fit]'],
    ['two +me', slices({ '1g.10gb+me': 2 }), 'holds at most 1 of them'],
    ['+me of two sizes', slices({ '1g.6gb+me': 1, '2g.12gb+me': 1 }, GpuModel.A30), 'both use the media engines'],
    [
      '+me beside +me.all',
      slices({ '1g.24gb+me': 1, '1g.24gb+me.all': 1 }, GpuModel.RTX_PRO_6000),
      '[mig-media-engines]',
    ],
    ['five quarters of a GPU', slices({ '1g.24gb': 3, '2g.48gb': 1 }, GpuModel.RTX_PRO_6000), 'need 5 compute slices'],
    ['spellings of two drivers', slices({ '4g.93gb': 1, '3g.95gb': 1 }, GpuModel.GB200), '[mig-two-roundings]'],
    ['a name that is not a label value', custom({ name: 'a b' }), 'name: is "a b"; give the value of a node label'],
    ['an empty name', custom({ name: '' }), 'give the value of a node label'],
    ['a name of 64 characters', custom({ name: 'a'.repeat(64) }), 'up to 63'],
    ['the name of "MIG off"', custom({ name: 'all-disabled' }), 'which means MIG off on every GPU'],
    ['the name of "MIG on"', custom({ name: 'all-enabled' }), 'which means MIG on without slices on every GPU'],
    ['no GPU at all', custom({ gpus: [] }), 'gpus: is []'],
    ['a negative index', custom({ gpus: [-1] }), 'gpus[0]: is -1'],
    ['a duplicate index', custom({ gpus: [0, 1, 0] }), 'has GPU 0 more than once'],
    ['an unknown property', custom({ slice: {} }), 'did you mean "slices"?'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
