import type { GpuModel } from '../../accelerator/gpu-model';
import { maxSlices, profileParts, sliceCost, slicesOf } from '../../accelerator/mig-profiles';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';

type Slices = Readonly<Record<string, number>>;

/** Spelling of the driver for a profile that may be spelled as a resource: `nvidia.com/mig-1g.10gb.me`. */
function respelled(profile: string): string {
  return profile.replace(/^(nvidia\.com\/)?mig-/, '').replace(/gb\.(?=me|gfx)/, 'gb+');
}

/** Slices that one GPU cannot hold. */
export function sliceFindings(gpu: GpuModel, slices: Slices): Finding[] {
  const unknown = Object.keys(slices).filter((profile) => !gpu.migProfiles.includes(profile));
  if (unknown.length > 0) return unknown.map((profile) => unknownProfile(gpu, profile));
  return [...tooMany(gpu, slices), ...tooLarge(gpu, slices), ...engines(slices), ...roundings(slices)];
}

function unknownProfile(gpu: GpuModel, profile: string): Finding {
  const known = gpu.migProfiles;
  const plain = respelled(profile);
  const hint = known.includes(plain) ? ` (did you mean "${plain}"?)` : didYouMean(profile, known);
  const problem = `${gpu.name} has no such profile${hint}`;
  return error('mig-profile-unknown', `slices.${profile}`, problem, `use ${known.join(', ')}`);
}

function tooMany(gpu: GpuModel, slices: Slices): Finding[] {
  return Object.entries(slices).flatMap(([profile, count]) => {
    const max = maxSlices(gpu, profile);
    if (count <= max) return [];
    const problem = `is ${count}, and one ${gpu.name} holds at most ${max} of them`;
    return [error('mig-too-many', `slices.${profile}`, problem, `use ${max === 1 ? '1' : `1 to ${max}`}`)];
  });
}

/** Only the sums matter: slices that stay within both fit (a test compares this with NVIDIA's table of placements). */
function tooLarge(gpu: GpuModel, slices: Slices): Finding[] {
  // Too many slices of one profile have a simpler finding already.
  if (tooMany(gpu, slices).length > 0) return [];
  const total = slicesOf(gpu);
  const used = { compute: 0, memory: 0 };
  for (const [profile, count] of Object.entries(slices)) {
    const cost = sliceCost(gpu, profile);
    used.compute += count * cost.compute;
    used.memory += count * cost.memory;
  }
  return (['compute', 'memory'] as const)
    .filter((kind) => used[kind] > total[kind])
    .map((kind) => {
      const parts = Object.entries(slices).map(
        ([profile, count]) => `${count} × ${profile} use ${count * sliceCost(gpu, profile)[kind]}`,
      );
      const problem = `need ${used[kind]} ${kind} slices (${parts.join(', ')}), and one ${gpu.name} has ${total[kind]}`;
      return error('mig-does-not-fit', 'slices', problem, 'remove slices, or use smaller ones');
    });
}

/** A GPU has one set of media engines: one slice with `+me` uses a part of it, or one with `+me.all` uses all of it. */
function engines(slices: Slices): Finding[] {
  const users = Object.keys(slices).filter((profile) => profileParts(profile).suffix.startsWith('+me'));
  if (users.length < 2) return [];
  const problem = `${users.join(' and ')} both use the media engines of the GPU`;
  return [error('mig-media-engines', 'slices', problem, 'keep one of them')];
}

/** A driver rounds the memory of half a GPU in one way, so both spellings of a GB200 cannot be used together. */
function roundings(slices: Slices): Finding[] {
  const halves = Object.keys(slices).filter((profile) => [3, 4].includes(profileParts(profile).compute));
  if (new Set(halves.map((profile) => profileParts(profile).gigabytes)).size < 2) return [];
  const problem = `${halves.join(' and ')} are spellings of two driver releases: no driver has both`;
  const fix = 'use those that `nvidia-smi mig -lgip` prints on the node';
  return [error('mig-two-roundings', 'slices', problem, fix)];
}
