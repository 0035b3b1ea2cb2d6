/**
 * NVIDIA GPUs as data.
 *
 * Memory: NVML total in MiB as GPU feature discovery labels it. Sources: ai-dynamo/aiconfigurator systems/*.yaml
 * (2026-08), thundergolfer.com "nvidia-gpu-memory-capacity", substratusai/kubeai values-nvidia-k8s-device-plugin.yaml
 * (GH200). GKE and Karpenter label values: cloud.google.com/gke-accelerator, aws/karpenter-provider-aws
 * instance-types.md (2026-08-21). GPU feature discovery names are NVML names with spaces turned into dashes; only those
 * that a source shows are listed.
 */
export interface GpuFacts {
  /** Memory that the driver reports, in MiB. */
  readonly memoryMib: number;
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
  T4: { memoryMib: 15360, gke: 'nvidia-tesla-t4', karpenterAws: 't4', product: 'Tesla-T4' },
  A10: { memoryMib: 23028 },
  A10G: { memoryMib: 23028, karpenterAws: 'a10g' },
  L4: { memoryMib: 23034, gke: 'nvidia-l4', karpenterAws: 'l4', product: 'NVIDIA-L4' },
  L40S: { memoryMib: 46068, karpenterAws: 'l40s' },
  A30: { memoryMib: 24258, mig: 'A30' },
  A100_40GB: {
    memoryMib: 40960,
    gke: 'nvidia-tesla-a100',
    karpenterAws: 'a100',
    karpenterAwsMemory: '40960',
    mig: 'A100_40GB',
  },
  A100_80GB: {
    memoryMib: 81920,
    gke: 'nvidia-a100-80gb',
    karpenterAws: 'a100',
    karpenterAwsMemory: '81920',
    mig: 'A100_H100_80GB',
  },
  H100: {
    memoryMib: 81559,
    gke: 'nvidia-h100-80gb',
    karpenterAws: 'h100',
    product: 'NVIDIA-H100-80GB-HBM3',
    mig: 'A100_H100_80GB',
  },
  H200: { memoryMib: 143771, gke: 'nvidia-h200-141gb', karpenterAws: 'h200', mig: 'H200' },
  GH200: { memoryMib: 97871, mig: 'GH200' },
  B200: { memoryMib: 183359, gke: 'nvidia-b200', karpenterAws: 'b200', mig: 'B200' },
  GB200: { memoryMib: 189471, mig: 'GB200' },
  B300: { memoryMib: 275040, karpenterAws: 'b300', mig: 'B300' },
  GB300: { memoryMib: 284208, mig: 'GB300' },
  RTX_PRO_6000: {
    memoryMib: 97887,
    gke: 'nvidia-rtx-pro-6000',
    karpenterAws: 'rtx-pro-server-6000',
    mig: 'RTX_PRO_6000',
  },
} as const satisfies Record<string, GpuFacts>;
