import type { GpuFacts } from '../../lib/accelerator/gpu-facts';
import { GPU_FACTS } from '../../lib/accelerator/gpu-facts';
import { GpuModel } from '../../lib';
import { migResourceName, sliceMemoryMib } from '../../lib/accelerator/mig-profiles';

const sliced = Object.entries<GpuFacts>(GPU_FACTS).flatMap(([gpu, { mig }]) =>
  mig === undefined ? [] : [[gpu as keyof typeof GPU_FACTS, mig] as const],
);
const tables = sliced.map(([gpu, { profiles }]) => {
  const counts = Object.entries(profiles).map(([profile, { max }]) => [profile, max] as const);
  return [gpu, counts] as const;
});
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

  it.each(tables)('is, for each profile of %s, a name that Kubernetes accepts', (_, profiles) => {
    for (const [profile] of profiles) {
      expect(migResourceName(profile)).toMatch(/^nvidia\.com\/[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
    }
  });
});

describe('the MIG profiles of a GPU', () => {
  it.each(tables)('are spelled as the driver does: %s', (_, profiles) => {
    for (const [profile] of profiles) expect(profile).toMatch(/^[1-7]g\.\d+gb(\+me|\+me\.all|\+gfx|-me)?$/);
  });

  it.each(tables)('use no more compute slices than the GPU has: %s', (gpu, profiles) => {
    expect(profiles.filter(([profile, count]) => count * slicesOf(profile) > slicesIn(gpu))).toEqual([]);
    expect(profiles.filter(([, count]) => count < 1)).toEqual([]);
  });

  it.each(tables)('have one for the whole GPU, which fits once: %s', (gpu, profiles) => {
    const whole = profiles.filter(([profile]) => slicesOf(profile) === slicesIn(gpu));
    expect(whole.length).toBeGreaterThanOrEqual(1);
    expect(whole.filter(([, count]) => count !== 1)).toEqual([]);
  });
});

describe('the memory of a slice', () => {
  it.each<[name: keyof typeof GPU_FACTS, profile: string, mib: number]>([
    ['A100_40GB', '1g.5gb', 4864],
    ['H100', '1g.10gb+me', 9856],
    ['A100_80GB', '7g.80gb', 80384],
    ['A30', '4g.24gb', 23344],
  ])('of %s: %s is the %i MiB that NVML reports', (name, profile, mib) => {
    expect(sliceMemoryMib(GpuModel[name]._facts, profile)).toBe(mib);
  });

  it.each<[name: keyof typeof GPU_FACTS, profile: string, mib: number]>([
    ['H200', '7g.141gb', 137164],
    ['RTX_PRO_6000', '1g.24gb+me.all', 23347],
    ['RTX_PRO_6000', '2g.48gb-me', 46694],
  ])('of %s: %s is %i MiB: 5 %% less than its name', (name, profile, mib) => {
    expect(sliceMemoryMib(GpuModel[name]._facts, profile)).toBe(mib);
  });

  it.each(tables)('fits into that of a %s as often as in the table', (name, profiles) => {
    const gpu = GpuModel[name];
    expect(profiles.filter(([profile, count]) => count * sliceMemoryMib(gpu._facts, profile) > gpu.memoryMib)).toEqual(
      [],
    );
  });
});
