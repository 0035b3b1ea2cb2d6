import type { GpuModel } from '../../accelerator/gpu-model';
import { maxSlices, profileParts, sliceCost, slicesOf } from '../../accelerator/mig-profiles';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';

type Slices = Readonly<Record<string, number>>;

/** The driver's spelling of what may be the name of a resource: `nvidia.com/mig-1g.10gb.me`. */
function respelled(profile: string): string {
  return profile.replace(/^(nvidia\.com\/)?mig-/, '').replace(/gb\.(?=me|gfx)/, 'gb+');
}

/** What of these slices one GPU cannot hold. */
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
    const most = maxSlices(gpu, profile);
    if (count <= most) return [];
    const problem = `is ${count}, and one ${gpu.name} holds ${most} of them at most`;
    return [error('mig-too-many', `slices.${profile}`, problem, `use ${most === 1 ? '1' : `1 to ${most}`}`)];
  });
}

/** The sums decide: whatever stays within both of them has a place (NVIDIA's table of placements is in the tests). */
function tooLarge(gpu: GpuModel, slices: Slices): Finding[] {
  // A profile that is too many for itself is told about already, in simpler words.
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
        ([profile, count]) => `${count} × ${profile} take ${count * sliceCost(gpu, profile)[kind]}`,
      );
      const problem = `need ${used[kind]} ${kind} slices (${parts.join(', ')}), and one ${gpu.name} has ${total[kind]}`;
      return error('mig-does-not-fit', 'slices', problem, 'take slices out, or use smaller ones');
    });
}

/** A GPU has one set of media engines to give away: to one slice with `+me`, or all of it to one with `+me.all`. */
function engines(slices: Slices): Finding[] {
  const takers = Object.keys(slices).filter((profile) => profileParts(profile).suffix.startsWith('+me'));
  if (takers.length < 2) return [];
  const problem = `${takers.join(' and ')} both take the media engines of the GPU`;
  return [error('mig-media-engines', 'slices', problem, 'give them to one slice only')];
}

/** A driver rounds the memory of half a GPU in one way: both spellings of a GB200 cannot be together. */
function roundings(slices: Slices): Finding[] {
  const halves = Object.keys(slices).filter((profile) => [3, 4].includes(profileParts(profile).compute));
  if (new Set(halves.map((profile) => profileParts(profile).gigabytes)).size < 2) return [];
  const problem = `${halves.join(' and ')} are spellings of two drivers: no driver has both`;
  const fix = 'use those that `nvidia-smi mig -lgip` prints on the node';
  return [error('mig-two-roundings', 'slices', problem, fix)];
}
