import type { GpuFacts } from '../../lib/accelerator/gpu-models';
import { GPU_FACTS } from '../../lib/accelerator/gpu-models';
import { MIG_PROFILES, migMemoryMib, migResourceName } from '../../lib/accelerator/mig-profiles';

const tables = Object.entries(MIG_PROFILES).map(([gpu, table]) => [gpu, Object.entries(table)] as const);
const slicesOf = (profile: string) => Number(/^\d+/.exec(profile)?.[0]);

/** Compute slices of a GPU. */
const slicesIn = (gpu: string) => (gpu === 'A30' || gpu === 'RTX_PRO_6000' ? 4 : 7);

describe('the resource of a MIG profile', () => {
  // From the device plugin's internal/rm/rm.go.
  it.each([
    ['1g.10gb', 'nvidia.com/mig-1g.10gb'],
    ['1g.10gb+me', 'nvidia.com/mig-1g.10gb.me'],
    ['1g.24gb+gfx', 'nvidia.com/mig-1g.24gb.gfx'],
    ['1g.24gb+me.all', 'nvidia.com/mig-1g.24gb.me.all'],
    ['1g.24gb-me', 'nvidia.com/mig-1g.24gb-me'],
  ])('%s is %s', (profile, expected) => {
    expect(migResourceName(profile)).toBe(expected);
  });

  it.each(tables)('is for each profile of %s a name that Kubernetes takes', (_, profiles) => {
    for (const [profile] of profiles) {
      expect(migResourceName(profile)).toMatch(/^nvidia\.com\/[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
    }
  });
});

describe('the MIG profiles of a GPU', () => {
  it.each(tables)('are spelled as the driver does: %s', (_, profiles) => {
    for (const [profile] of profiles) expect(profile).toMatch(/^[1-7]g\.\d+gb(\+me|\+me\.all|\+gfx|-me)?$/);
  });

  it.each(tables)('take no more compute slices than there are: %s', (gpu, profiles) => {
    expect(profiles.filter(([profile, count]) => count * slicesOf(profile) > slicesIn(gpu))).toEqual([]);
    expect(profiles.filter(([, count]) => count < 1)).toEqual([]);
  });

  it.each(tables)('have one for the whole GPU, which fits once: %s', (gpu, profiles) => {
    const whole = profiles.filter(([profile]) => slicesOf(profile) === slicesIn(gpu));
    expect(whole.length).toBeGreaterThanOrEqual(1);
    expect(whole.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('are there for exactly the GPUs that can be sliced', () => {
    const sliced = Object.values(GPU_FACTS).flatMap((facts) => ('mig' in facts ? [facts.mig] : []));
    expect([...new Set(sliced)].sort()).toEqual(Object.keys(MIG_PROFILES).sort());
  });
});

describe('the memory of a slice', () => {
  it.each([
    ['1g.5gb', 4864],
    ['1g.10gb+me', 9856],
    ['7g.80gb', 80384],
    ['4g.24gb', 23344],
  ])('%s is the %i MiB that NVML reports', (profile, mib) => {
    expect(migMemoryMib(profile)).toBe(mib);
  });

  it.each([
    ['7g.141gb', 137164],
    ['1g.24gb+me.all', 23347],
    ['2g.48gb-me', 46694],
  ])('%s is %i MiB: 5 %% less than its name', (profile, mib) => {
    expect(migMemoryMib(profile)).toBe(mib);
  });

  it.each(
    Object.entries<GpuFacts>(GPU_FACTS).flatMap(([name, { mig, memoryMib }]) =>
      mig === undefined ? [] : [[name, memoryMib, Object.entries(MIG_PROFILES[mig] ?? {})] as const],
    ),
  )('fits into that of a %s as often as the table says', (_, memoryMib, profiles) => {
    expect(profiles.filter(([profile, count]) => count * migMemoryMib(profile) > memoryMib)).toEqual([]);
  });
});
