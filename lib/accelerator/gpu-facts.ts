/** One MIG profile of a GPU. */
export interface MigProfileFacts {
  /** How many fit when only this profile is used. */
  readonly max: number;
  /** Memory of the slice as NVML reports it, in MiB; unset where no source shows it. */
  readonly memoryMib?: number;
}

/** How a GPU can be sliced. */
export interface MigFacts {
  /** PCI device ids, without the vendor; empty for a GPU that the library does not list. */
  readonly deviceIds: readonly string[];
  /**
   * Profiles by name, `<compute slices>g.<memory>gb`, spelled as the driver does: `+me` (media engine), `+gfx` (graphics),
   * `-me` (none of the engines).
   */
  readonly profiles: Readonly<Record<string, MigProfileFacts>>;
}

/** Everything known about one GPU. What no source shows is unset. */
export interface GpuFacts {
  /** Memory that the driver reports, in MiB. */
  readonly memoryMib: number;
  /** CUDA compute capability: 8.9 is Ada. */
  readonly computeCapability?: number;
  /** Memory bandwidth in GB/s; the minimum of the variants with this name. */
  readonly bandwidth?: number;
  /** Dense bf16 TFLOPS; the minimum of the variants. */
  readonly bf16Tflops?: number;
  /** Dense fp8 TFLOPS; undefined for a GPU without fp8 arithmetic. */
  readonly fp8Tflops?: number;
  /** NVLink in GB/s, both directions, per GPU: 0 without; undefined where variants differ or no source shows it. */
  readonly nvlink?: number;
  /** Maximum number of GPUs in one common machine, where it is not 8. */
  readonly perMachine?: number;
  /** Value of `cloud.google.com/gke-accelerator`. */
  readonly gke?: string;
  /** Value of `karpenter.k8s.aws/instance-gpu-name`. */
  readonly karpenterAws?: string;
  /** Value of `karpenter.k8s.aws/instance-gpu-memory`, where the name alone is ambiguous. */
  readonly karpenterAwsMemory?: string;
  /** Values of `nvidia.com/gpu.product` without a sharing or MIG suffix: one for each kind of board. */
  readonly products?: readonly string[];
  /** MIG; a GPU without it cannot be sliced. */
  readonly mig?: MigFacts;
}

/** An H100 has the profiles of an A100 with 80 GB. */
const MIG_PROFILES_OF_80GB = {
  '1g.10gb': { max: 7, memoryMib: 9856 },
  '1g.20gb': { max: 4, memoryMib: 19968 },
  '2g.20gb': { max: 3, memoryMib: 19968 },
  '3g.40gb': { max: 2, memoryMib: 40192 },
  '4g.40gb': { max: 1, memoryMib: 40192 },
  '7g.80gb': { max: 1, memoryMib: 80384 },
  '1g.10gb+me': { max: 1, memoryMib: 9856 },
} as const;

/**
 * NVIDIA GPUs, as of 2026-08.
 *
 * - Memory: NVML total in MiB, which GPU feature discovery puts into a label. ai-dynamo/aiconfigurator systems/*.yaml;
 *   thundergolfer.com "nvidia-gpu-memory-capacity"; substratusai/kubeai values-nvidia-k8s-device-plugin.yaml (GH200).
 * - Bandwidth and dense TFLOPS: ai-dynamo/aiconfigurator systems/*.yaml.
 * - Compute capability: developer.nvidia.com/cuda-gpus.
 * - NVLink: data sheets of NVIDIA.
 * - Label values: cloud.google.com/gke-accelerator, aws/karpenter-provider-aws instance-types.md. Those of GPU feature
 *   discovery are NVML names with spaces turned into dashes; only those that a source shows are listed:
 *   node labels in public manifests (NVIDIA/mig-parted, ai-dynamo/dynamo, run-ai, Red Hat; 2026-11).
 * - MIG profiles and device ids: NVIDIA/mig-parted deployments/systemd/config-default.yaml, v0.15.0 (2026-08-21); the
 *   operator's presets have the same names. Which of the 80 GB ids are A100 and A800, and which H100 and H800:
 *   NVIDIA/go-nvml pkg/nvml/mock/shared/gpus and the ids of the gpu-operator's ccManager.
 * - Memory of slices: NVIDIA/go-nvml pkg/nvml/mock/gpus/a100.go and a30.go (2026-07); its figures for other GPUs are round,
 *   not measured.
 */
export const GPU_FACTS = {
  T4: {
    memoryMib: 15360,
    computeCapability: 7.5,
    nvlink: 0,
    gke: 'nvidia-tesla-t4',
    karpenterAws: 't4',
    products: ['Tesla-T4'],
  },
  A10: { memoryMib: 23028, computeCapability: 8.6, nvlink: 0, products: ['NVIDIA-A10'] },
  A10G: { memoryMib: 23028, computeCapability: 8.6, nvlink: 0, karpenterAws: 'a10g', products: ['NVIDIA-A10G'] },
  L4: {
    memoryMib: 23034,
    computeCapability: 8.9,
    bandwidth: 300,
    bf16Tflops: 121,
    fp8Tflops: 242,
    nvlink: 0,
    gke: 'nvidia-l4',
    karpenterAws: 'l4',
    products: ['NVIDIA-L4'],
  },
  L40S: {
    memoryMib: 46068,
    computeCapability: 8.9,
    bandwidth: 864,
    bf16Tflops: 362,
    fp8Tflops: 733,
    nvlink: 0,
    karpenterAws: 'l40s',
    products: ['NVIDIA-L40S'],
  },
  A30: {
    memoryMib: 24258,
    computeCapability: 8,
    bandwidth: 933,
    bf16Tflops: 165,
    products: ['NVIDIA-A30'],
    mig: {
      deviceIds: ['20B7'],
      profiles: {
        '1g.6gb': { max: 4, memoryMib: 5836 },
        '2g.12gb': { max: 2, memoryMib: 11672 },
        '4g.24gb': { max: 1, memoryMib: 23344 },
        '1g.6gb+me': { max: 1, memoryMib: 5836 },
        '2g.12gb+me': { max: 1, memoryMib: 11672 },
      },
    },
  },
  // NVLink of an A100 or H100: the SXM module has it, the PCIe card only with a bridge.
  A100_40GB: {
    memoryMib: 40960,
    computeCapability: 8,
    bf16Tflops: 312,
    // a2-megagpu-16g of Google Cloud.
    perMachine: 16,
    gke: 'nvidia-tesla-a100',
    karpenterAws: 'a100',
    karpenterAwsMemory: '40960',
    products: ['NVIDIA-A100-SXM4-40GB', 'NVIDIA-A100-PCIE-40GB'],
    mig: {
      deviceIds: ['20B0', '20B1', '20F1', '20F6'],
      profiles: {
        '1g.5gb': { max: 7, memoryMib: 4864 },
        '1g.10gb': { max: 4, memoryMib: 9856 },
        '2g.10gb': { max: 3, memoryMib: 9856 },
        '3g.20gb': { max: 2, memoryMib: 19968 },
        '4g.20gb': { max: 1, memoryMib: 19968 },
        '7g.40gb': { max: 1, memoryMib: 40192 },
        '1g.5gb+me': { max: 1, memoryMib: 4864 },
      },
    },
  },
  // 1935 GB/s is the PCIe card, the SXM module has 2039.
  A100_80GB: {
    memoryMib: 81920,
    computeCapability: 8,
    bandwidth: 1935,
    bf16Tflops: 312,
    gke: 'nvidia-a100-80gb',
    karpenterAws: 'a100',
    karpenterAwsMemory: '81920',
    products: ['NVIDIA-A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe'],
    mig: {
      deviceIds: ['20B2', '20B5', '20F3', '20F5'],
      profiles: MIG_PROFILES_OF_80GB,
    },
  },
  // The PCIe card; the SXM module has 3350 GB/s, 989 and 1978 TFLOPS.
  H100: {
    memoryMib: 81559,
    computeCapability: 9,
    bandwidth: 2000,
    bf16Tflops: 756,
    fp8Tflops: 1513,
    gke: 'nvidia-h100-80gb',
    karpenterAws: 'h100',
    products: ['NVIDIA-H100-80GB-HBM3'],
    mig: {
      deviceIds: ['2322', '2324', '2330', '2331'],
      profiles: MIG_PROFILES_OF_80GB,
    },
  },
  H200: {
    memoryMib: 143771,
    computeCapability: 9,
    bandwidth: 4800,
    bf16Tflops: 989,
    fp8Tflops: 1978,
    nvlink: 900,
    gke: 'nvidia-h200-141gb',
    karpenterAws: 'h200',
    products: ['NVIDIA-H200'],
    mig: {
      deviceIds: ['2335', '233B'],
      profiles: {
        '1g.18gb': { max: 7 },
        '1g.35gb': { max: 4 },
        '2g.35gb': { max: 3 },
        '3g.71gb': { max: 2 },
        '4g.71gb': { max: 1 },
        '7g.141gb': { max: 1 },
        '1g.18gb+me': { max: 1 },
      },
    },
  },
  // The die of an H100.
  GH200: {
    // HPE Cray EX254n, the node with most of them.
    perMachine: 4,
    // Named by the memory of its processor.
    products: ['NVIDIA-GH200-480GB'],
    memoryMib: 97871,
    computeCapability: 9,
    bf16Tflops: 989,
    fp8Tflops: 1978,
    mig: {
      // The source does not show which of these is GH200's. All boards with 96 GB have the same profiles.
      deviceIds: ['20B6', '2329', '233D', '2342'],
      profiles: {
        '1g.12gb': { max: 7 },
        '1g.24gb': { max: 4 },
        '2g.24gb': { max: 3 },
        '3g.48gb': { max: 2 },
        '4g.48gb': { max: 1 },
        '7g.96gb': { max: 1 },
        '1g.12gb+me': { max: 1 },
      },
    },
  },
  B200: {
    memoryMib: 183359,
    computeCapability: 10,
    bandwidth: 7700,
    bf16Tflops: 2250,
    fp8Tflops: 4500,
    nvlink: 1800,
    gke: 'nvidia-b200',
    karpenterAws: 'b200',
    products: ['NVIDIA-B200'],
    mig: {
      deviceIds: ['2901'],
      profiles: {
        '1g.23gb': { max: 7 },
        '1g.45gb': { max: 4 },
        '2g.45gb': { max: 3 },
        '3g.90gb': { max: 2 },
        '4g.90gb': { max: 1 },
        '7g.180gb': { max: 1 },
        '1g.23gb+me': { max: 1 },
      },
    },
  },
  GB200: {
    products: ['NVIDIA-GB200'],
    memoryMib: 189471,
    computeCapability: 10,
    bandwidth: 8000,
    bf16Tflops: 2500,
    fp8Tflops: 5000,
    nvlink: 1800,
    // A compute tray of an NVL72.
    perMachine: 4,
    mig: {
      deviceIds: ['2941'],
      // The driver rounds these slices in two ways: both spellings exist.
      profiles: {
        '1g.23gb': { max: 7 },
        '1g.47gb': { max: 4 },
        '2g.47gb': { max: 3 },
        '3g.93gb': { max: 2 },
        '3g.95gb': { max: 2 },
        '4g.93gb': { max: 1 },
        '4g.95gb': { max: 1 },
        '7g.186gb': { max: 1 },
        '7g.189gb': { max: 1 },
      },
    },
  },
  B300: {
    memoryMib: 275040,
    computeCapability: 10.3,
    bandwidth: 7750,
    bf16Tflops: 2250,
    fp8Tflops: 4500,
    nvlink: 1800,
    karpenterAws: 'b300',
    products: ['NVIDIA-B300-SXM6-AC'],
    mig: {
      deviceIds: ['3182'],
      profiles: {
        '1g.34gb': { max: 7 },
        '1g.67gb': { max: 4 },
        '2g.67gb': { max: 3 },
        '3g.135gb': { max: 2 },
        '4g.135gb': { max: 1 },
        '7g.269gb': { max: 1 },
        '1g.34gb+me': { max: 1 },
      },
    },
  },
  GB300: {
    products: ['NVIDIA-GB300'],
    memoryMib: 284208,
    computeCapability: 10.3,
    bandwidth: 8000,
    bf16Tflops: 2500,
    fp8Tflops: 5000,
    nvlink: 1800,
    // A compute tray of an NVL72.
    perMachine: 4,
    mig: {
      deviceIds: ['31C2'],
      profiles: {
        '1g.35gb': { max: 7 },
        '1g.70gb': { max: 4 },
        '2g.70gb': { max: 3 },
        '3g.139gb': { max: 2 },
        '4g.139gb': { max: 1 },
        '7g.278gb': { max: 1 },
        '1g.35gb+me': { max: 1 },
      },
    },
  },
  // The source's bandwidth of 1792 GB/s does not show whether it is that of the Server Edition.
  RTX_PRO_6000: {
    memoryMib: 97887,
    computeCapability: 12,
    bf16Tflops: 468,
    fp8Tflops: 936,
    nvlink: 0,
    gke: 'nvidia-rtx-pro-6000',
    karpenterAws: 'rtx-pro-server-6000',
    products: ['NVIDIA-RTX-PRO-6000-Blackwell-Server-Edition'],
    mig: {
      deviceIds: ['2BB5'],
      profiles: {
        '1g.24gb': { max: 4 },
        '2g.48gb': { max: 2 },
        '4g.96gb': { max: 1 },
        '1g.24gb+gfx': { max: 4 },
        '2g.48gb+gfx': { max: 2 },
        '4g.96gb+gfx': { max: 1 },
        '1g.24gb+me': { max: 1 },
        '2g.48gb+me': { max: 1 },
        '1g.24gb+me.all': { max: 1 },
        '2g.48gb+me.all': { max: 1 },
        '1g.24gb-me': { max: 4 },
        '2g.48gb-me': { max: 2 },
      },
    },
  },
} as const satisfies Record<string, GpuFacts>;
