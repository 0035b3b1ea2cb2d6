import type { GpuFacts } from './gpu-facts';

/** A GPU as far as its slices depend on it. A GpuModel is one, and it reads this file. */
export interface Sliced {
  readonly migProfiles: readonly string[];
  readonly memoryMib: number;
}

/** The record of such a GPU. */
interface Recorded {
  readonly _facts: Pick<GpuFacts, 'mig'>;
}

/** What the name of a profile contains: `1g.24gb+gfx`. */
export interface ProfileParts {
  /** Compute slices: the number before `g`. */
  readonly compute: number;
  /** Memory in GB, as the name rounds it. */
  readonly gigabytes: number;
  /** Engines for media or graphics: `+me`, `+me.all`, `+gfx`, `-me`, or nothing. */
  readonly suffix: string;
}

/** Slices of a GPU: all of them, or those that one instance of a profile uses. */
export interface Slices {
  readonly compute: number;
  readonly memory: number;
}

/** The parts of a profile's name. */
export function profileParts(profile: string): ProfileParts {
  const [, compute = '', gigabytes = '', suffix = ''] = /^(\d+)g\.(\d+)gb(.*)$/.exec(profile) ?? [];
  return { compute: Number(compute), gigabytes: Number(gigabytes), suffix };
}

/**
 * Extended resource of a profile under the `mixed` MIG strategy: `+` is written as `.`, `-me` stays.
 *
 * Source: NVIDIA/k8s-device-plugin internal/rm/rm.go, v0.20.0.
 */
export function migResourceName(profile: string): string {
  return `nvidia.com/mig-${profile.replaceAll('+', '.')}`;
}

/** The largest difference between name and NVML in the table: 4864 MiB are 5 % less than the 5 GiB of a name. */
const MIN_OF_NAME = 0.95;

/** Memory of a slice in MiB: what NVML reports where it is known, else the minimum that its rounded name can mean. */
export function sliceMemoryMib({ mig }: Pick<GpuFacts, 'mig'>, profile: string): number {
  return mig?.profiles[profile]?.memoryMib ?? Math.floor(profileParts(profile).gigabytes * 1024 * MIN_OF_NAME);
}

/** What to do about a GPU without profiles. */
export const withoutProfiles = ({ _isListed: isListed }: { readonly _isListed: boolean }, instead: string): string =>
  isListed ? `use ${instead}` : `set migProfiles in GpuModel.of, or use ${instead}`;

/**
 * How many slices a GPU has. On those with four, two compute slices have half of the memory and four have all of it; on
 * those with seven it is a quarter and a half.
 */
export function slicesOf({ migProfiles, memoryMib }: Sliced): Slices {
  const four = migProfiles.map(profileParts).some(({ compute, gigabytes }) => {
    const share = (gigabytes * 1024) / memoryMib;
    return (compute === 2 && share > 0.4) || (compute === 4 && share > 0.8);
  });
  return four ? { compute: 4, memory: 4 } : { compute: 7, memory: 8 };
}

/**
 * The slices that one instance of a profile uses.
 *
 * A GPU with seven compute slices has eight memory slices, one with four has four. `nvidia-smi mig -lgipp` prints where a
 * profile may begin and how many memory slices it uses: for A100 and H100 `1g {0-6}:1`, `1g with double memory
 * {0,2,4,6}:2`, `2g {0,2,4}:2`, `3g {0,4}:4`, `4g {0}:4`, `7g {0}:8` (NVIDIA MIG User Guide, "Getting Started with MIG");
 * for A30 `1g {0-3}:1`, `2g {0,2}:2`, `4g {0}:4` (NVIDIA/go-nvml pkg/nvml/mock/shared/gpus/a30.go). The library
 * assumes the same for other GPUs, since each profile has the same number of slices there.
 */
export function sliceCost(gpu: Sliced, profile: string): Slices {
  const { compute, gigabytes } = profileParts(profile);
  if (slicesOf(gpu).compute === 4) return { compute, memory: compute };
  if (compute === 1) return { compute, memory: gigabytes > smallestMemory(gpu) ? 2 : 1 };
  return { compute, memory: compute === 2 ? 2 : compute === 7 ? 8 : 4 };
}

/** Memory of the smallest profile: a slice with one compute slice and more has double the memory. */
function smallestMemory({ migProfiles }: Sliced): number {
  return Math.min(...migProfiles.map((profile) => profileParts(profile).gigabytes));
}

/** How many slices of a profile fit into a GPU when only that one is used; 0 for a profile that it does not have. */
export function maxSlices({ _facts: { mig } }: Recorded, profile: string): number {
  return mig?.profiles[profile]?.max ?? 0;
}

/** Vendor of every device id: NVIDIA. */
const VENDOR = '10DE';

/** PCI devices of this kind of GPU, as mig-parted spells them: `0x233010DE`. */
export function deviceFilter({ _facts: { mig } }: Recorded): string[] {
  return (mig?.deviceIds ?? []).map((id) => `0x${id}${VENDOR}`);
}
