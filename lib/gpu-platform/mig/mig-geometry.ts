import type { GpuModel } from '../../accelerator/gpu-model';
import { MIG_PROFILES } from '../../accelerator/mig-profiles';

/**
 * How much of a GPU a profile takes.
 *
 * A GPU with seven compute slices has eight memory slices, one with four has four. `nvidia-smi mig -lgipp` prints where a
 * profile may begin and how many memory slices it takes: for A100 and H100 `1g {0-6}:1`, `1g with double memory
 * {0,2,4,6}:2`, `2g {0,2,4}:2`, `3g {0,4}:4`, `4g {0}:4`, `7g {0}:8` (NVIDIA MIG User Guide, "Getting Started with MIG");
 * for A30 `1g {0-3}:1`, `2g {0,2}:2`, `4g {0}:4` (NVIDIA/go-nvml pkg/nvml/mock/shared/gpus/a30.go). Other GPUs are taken
 * to be alike, since the numbers of slices of each profile are.
 */
export interface SliceCost {
  readonly compute: number;
  readonly memory: number;
}

/** Slices that one GPU has. */
export interface GpuSlices {
  readonly compute: number;
  readonly memory: number;
}

/** What the name of a profile says: `1g.24gb+gfx`. */
export interface ProfileParts {
  /** Compute slices: the number before `g`. */
  readonly compute: number;
  /** Memory in GB, as the name rounds it. */
  readonly gigabytes: number;
  /** Engines for media or graphics: `+me`, `+me.all`, `+gfx`, `-me`, or nothing. */
  readonly suffix: string;
}

/** Profiles of a GPU with the most of each that fit when only that one is used; empty when it cannot be sliced. */
export function profilesOf(gpu: GpuModel): Readonly<Record<string, number>> {
  return MIG_PROFILES[gpu._facts.mig ?? ''] ?? {};
}

/** The parts of a profile's name. */
export function profileParts(profile: string): ProfileParts {
  const [, compute = '', gigabytes = '', suffix = ''] = /^(\d+)g\.(\d+)gb(.*)$/.exec(profile) ?? [];
  return { compute: Number(compute), gigabytes: Number(gigabytes), suffix };
}

/** How many slices a GPU has: only those with seven compute slices have a profile of seven. */
export function slicesOf(gpu: GpuModel): GpuSlices {
  const seven = Object.keys(profilesOf(gpu)).some((profile) => profileParts(profile).compute === 7);
  return seven ? { compute: 7, memory: 8 } : { compute: 4, memory: 4 };
}

/** What one instance of a profile takes. */
export function sliceCost(gpu: GpuModel, profile: string): SliceCost {
  const { compute, gigabytes } = profileParts(profile);
  if (slicesOf(gpu).compute === 4) return { compute, memory: compute };
  if (compute === 1) return { compute, memory: gigabytes > smallestMemory(gpu) ? 2 : 1 };
  return { compute, memory: compute === 2 ? 2 : compute === 7 ? 8 : 4 };
}

/** Memory of the smallest profile: a slice with one compute slice and more has double the memory. */
function smallestMemory(gpu: GpuModel): number {
  return Math.min(...Object.keys(profilesOf(gpu)).map((profile) => profileParts(profile).gigabytes));
}

/** Vendor of every device id: NVIDIA. */
const VENDOR = '10DE';

/**
 * PCI device ids by GPU, without the vendor.
 *
 * Source: NVIDIA/mig-parted deployments/systemd/config-default.yaml, v0.15.0; which of the 80 GB ids are A100 and A800,
 * and which H100 and H800: NVIDIA/go-nvml pkg/nvml/mock/shared/gpus and the ids of the gpu-operator's ccManager.
 */
const DEVICE_IDS: Readonly<Record<string, readonly string[]>> = {
  A30: ['20B7'],
  A100_40GB: ['20B0', '20B1', '20F1', '20F6'],
  A100_80GB: ['20B2', '20B5', '20F3', '20F5'],
  H100: ['2322', '2324', '2330', '2331'],
  H200: ['2335', '233B'],
  // The source does not say which of these is GH200's. All boards with 96 GB have the same profiles.
  GH200: ['20B6', '2329', '233D', '2342'],
  B200: ['2901'],
  GB200: ['2941'],
  B300: ['3182'],
  GB300: ['31C2'],
  RTX_PRO_6000: ['2BB5'],
};

/** Devices that a layout for this GPU applies to, as mig-parted spells them: `0x233010DE`. */
export function deviceFilter(gpu: GpuModel): string[] {
  return (DEVICE_IDS[gpu.name] ?? []).map((id) => `0x${id}${VENDOR}`);
}
