/**
 * MIG profiles per GPU: `<compute slices>g.<memory>gb`, with how many fit when only that profile is used.
 *
 * Source: NVIDIA/mig-parted deployments/systemd/config-default.yaml, v0.15.0 (2026-08-21); the operator's presets have
 * the same names. Spelled as the driver does: `+me` (media engine), `+gfx` (graphics), `-me` (none of the engines).
 */
export const MIG_PROFILES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  A30: { '1g.6gb': 4, '2g.12gb': 2, '4g.24gb': 1, '1g.6gb+me': 1, '2g.12gb+me': 1 },
  A100_40GB: { '1g.5gb': 7, '1g.10gb': 4, '2g.10gb': 3, '3g.20gb': 2, '4g.20gb': 1, '7g.40gb': 1, '1g.5gb+me': 1 },
  A100_H100_80GB: {
    '1g.10gb': 7,
    '1g.20gb': 4,
    '2g.20gb': 3,
    '3g.40gb': 2,
    '4g.40gb': 1,
    '7g.80gb': 1,
    '1g.10gb+me': 1,
  },
  GH200: { '1g.12gb': 7, '1g.24gb': 4, '2g.24gb': 3, '3g.48gb': 2, '4g.48gb': 1, '7g.96gb': 1, '1g.12gb+me': 1 },
  H200: { '1g.18gb': 7, '1g.35gb': 4, '2g.35gb': 3, '3g.71gb': 2, '4g.71gb': 1, '7g.141gb': 1, '1g.18gb+me': 1 },
  B200: { '1g.23gb': 7, '1g.45gb': 4, '2g.45gb': 3, '3g.90gb': 2, '4g.90gb': 1, '7g.180gb': 1, '1g.23gb+me': 1 },
  // The driver rounds GB200 slices in two ways: both spellings exist.
  GB200: {
    '1g.23gb': 7,
    '1g.47gb': 4,
    '2g.47gb': 3,
    '3g.93gb': 2,
    '3g.95gb': 2,
    '4g.93gb': 1,
    '4g.95gb': 1,
    '7g.186gb': 1,
    '7g.189gb': 1,
  },
  B300: { '1g.34gb': 7, '1g.67gb': 4, '2g.67gb': 3, '3g.135gb': 2, '4g.135gb': 1, '7g.269gb': 1, '1g.34gb+me': 1 },
  GB300: { '1g.35gb': 7, '1g.70gb': 4, '2g.70gb': 3, '3g.139gb': 2, '4g.139gb': 1, '7g.278gb': 1, '1g.35gb+me': 1 },
  RTX_PRO_6000: {
    '1g.24gb': 4,
    '2g.48gb': 2,
    '4g.96gb': 1,
    '1g.24gb+gfx': 4,
    '2g.48gb+gfx': 2,
    '4g.96gb+gfx': 1,
    '1g.24gb+me': 1,
    '2g.48gb+me': 1,
    '1g.24gb+me.all': 1,
    '2g.48gb+me.all': 1,
    '1g.24gb-me': 4,
    '2g.48gb-me': 2,
  },
};

/**
 * Extended resource of a profile under the `mixed` MIG strategy: `+` is written as `.`, `-me` stays.
 *
 * Source: NVIDIA/k8s-device-plugin internal/rm/rm.go, v0.20.0.
 */
export function migResourceName(profile: string): string {
  return `nvidia.com/mig-${profile.replaceAll('+', '.')}`;
}

/**
 * Memory of slices as NVML reports it, in MiB. Source: NVIDIA/go-nvml pkg/nvml/mock/gpus/a100.go and a30.go (2026-07);
 * its figures for other GPUs are round, not measured. An H100 has the profiles of an A100 with 80 GB.
 */
const NVML_MEMORY_MIB: Readonly<Record<string, number>> = {
  '1g.5gb': 4864,
  '1g.10gb': 9856,
  '2g.10gb': 9856,
  '1g.20gb': 19968,
  '2g.20gb': 19968,
  '3g.20gb': 19968,
  '4g.20gb': 19968,
  '3g.40gb': 40192,
  '4g.40gb': 40192,
  '7g.40gb': 40192,
  '7g.80gb': 80384,
  '1g.6gb': 5836,
  '2g.12gb': 11672,
  '4g.24gb': 23344,
};

/** The largest difference of the figures above: 4864 MiB are 5 % less than the 5 GiB of a name. */
const LEAST_OF_NAME = 0.95;

/** Memory of a slice in MiB: what NVML reports where it is known, else the least that its rounded name can mean. */
export function migMemoryMib(profile: string): number {
  const [plain = ''] = /^\d+g\.\d+gb/.exec(profile) ?? [];
  return NVML_MEMORY_MIB[plain] ?? Math.floor(Number(/\.(\d+)gb/.exec(profile)?.[1]) * 1024 * LEAST_OF_NAME);
}
