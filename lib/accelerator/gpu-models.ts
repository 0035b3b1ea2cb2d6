/**
 * NVIDIA GPUs as data, as of 2026-08.
 *
 * Memory: NVML total in MiB as GPU feature discovery labels it. Sources: ai-dynamo/aiconfigurator systems/*.yaml, also
 * of bandwidth and dense TFLOPS; thundergolfer.com "nvidia-gpu-memory-capacity", substratusai/kubeai
 * values-nvidia-k8s-device-plugin.yaml (GH200). A number without a source is left out. GKE and Karpenter label values:
 * cloud.google.com/gke-accelerator, aws/karpenter-provider-aws instance-types.md. Compute capability:
 * developer.nvidia.com/cuda-gpus. NVLink: data sheets of NVIDIA. GPU feature discovery names are NVML names with spaces
 * turned into dashes; only those that a source shows are listed.
 */
export interface GpuFacts {
  /** Memory that the driver reports, in MiB. */
  readonly memoryMib: number;
  /** CUDA compute capability: 8.9 is Ada. */
  readonly computeCapability?: number;
  /** Memory bandwidth in GB/s; the least of the variants that go by one name. */
  readonly bandwidth?: number;
  /** Dense bf16 TFLOPS; the least of the variants. */
  readonly bf16Tflops?: number;
  /** Dense fp8 TFLOPS; undefined where there is no fp8 arithmetic. */
  readonly fp8Tflops?: number;
  /** NVLink in GB/s, both directions, per GPU: 0 without; undefined where variants differ or nothing tells. */
  readonly nvlink?: number;
  /** Most GPUs of one common machine, where it is not 8. */
  readonly perMachine?: number;
  /** Value of `cloud.google.com/gke-accelerator`. */
  readonly gke?: string;
  /** Value of `karpenter.k8s.aws/instance-gpu-name`. */
  readonly karpenterAws?: string;
  /** Value of `karpenter.k8s.aws/instance-gpu-memory`, where the name alone is ambiguous. */
  readonly karpenterAwsMemory?: string;
  /** Value of `nvidia.com/gpu.product` without a sharing or MIG suffix. */
  readonly product?: string;
  /** Key of the MIG profile table; a GPU without it cannot be sliced. */
  readonly mig?: string;
}

export const GPU_FACTS = {
  T4: {
    memoryMib: 15360,
    computeCapability: 7.5,
    nvlink: 0,
    gke: 'nvidia-tesla-t4',
    karpenterAws: 't4',
    product: 'Tesla-T4',
  },
  A10: { memoryMib: 23028, computeCapability: 8.6, nvlink: 0 },
  A10G: { memoryMib: 23028, computeCapability: 8.6, nvlink: 0, karpenterAws: 'a10g' },
  L4: {
    memoryMib: 23034,
    computeCapability: 8.9,
    bandwidth: 300,
    bf16Tflops: 121,
    fp8Tflops: 242,
    nvlink: 0,
    gke: 'nvidia-l4',
    karpenterAws: 'l4',
    product: 'NVIDIA-L4',
  },
  L40S: {
    memoryMib: 46068,
    computeCapability: 8.9,
    bandwidth: 864,
    bf16Tflops: 362,
    fp8Tflops: 733,
    nvlink: 0,
    karpenterAws: 'l40s',
  },
  A30: { memoryMib: 24258, computeCapability: 8, bandwidth: 933, bf16Tflops: 165, mig: 'A30' },
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
    mig: 'A100_40GB',
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
    mig: 'A100_H100_80GB',
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
    product: 'NVIDIA-H100-80GB-HBM3',
    mig: 'A100_H100_80GB',
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
    mig: 'H200',
  },
  // The die of an H100.
  GH200: { memoryMib: 97871, computeCapability: 9, bf16Tflops: 989, fp8Tflops: 1978, mig: 'GH200' },
  B200: {
    memoryMib: 183359,
    computeCapability: 10,
    bandwidth: 7700,
    bf16Tflops: 2250,
    fp8Tflops: 4500,
    nvlink: 1800,
    gke: 'nvidia-b200',
    karpenterAws: 'b200',
    mig: 'B200',
  },
  GB200: {
    memoryMib: 189471,
    computeCapability: 10,
    bandwidth: 8000,
    bf16Tflops: 2500,
    fp8Tflops: 5000,
    nvlink: 1800,
    // A compute tray of an NVL72.
    perMachine: 4,
    mig: 'GB200',
  },
  B300: {
    memoryMib: 275040,
    computeCapability: 10.3,
    bandwidth: 7750,
    bf16Tflops: 2250,
    fp8Tflops: 4500,
    nvlink: 1800,
    karpenterAws: 'b300',
    mig: 'B300',
  },
  GB300: {
    memoryMib: 284208,
    computeCapability: 10.3,
    bandwidth: 8000,
    bf16Tflops: 2500,
    fp8Tflops: 5000,
    nvlink: 1800,
    // A compute tray of an NVL72.
    perMachine: 4,
    mig: 'GB300',
  },
  // The source's bandwidth of 1792 GB/s does not say whether it is that of the Server Edition.
  RTX_PRO_6000: {
    memoryMib: 97887,
    computeCapability: 12,
    bf16Tflops: 468,
    fp8Tflops: 936,
    nvlink: 0,
    gke: 'nvidia-rtx-pro-6000',
    karpenterAws: 'rtx-pro-server-6000',
    mig: 'RTX_PRO_6000',
  },
} as const satisfies Record<string, GpuFacts>;
