import type { NamedGpu } from './gpu-names';
import { gpuNamed } from './gpu-names';
import type { Vendor } from './vendor';
import { entryOf } from '../shapes/entry-of';

/** What a type of machine has. */
export interface Machine {
  /** Undefined for a machine without devices. */
  readonly vendor: Vendor | undefined;
  /** Kind of GPU, where it is known. */
  readonly gpu?: NamedGpu;
  /** Devices of the machine; undefined for a size that is not listed. */
  readonly count?: number;
  readonly arch: 'amd64' | 'arm64' | undefined;
}

type Family = readonly [gpu: string, counts: Readonly<Record<string, number>>];

const SMALL_G = { xlarge: 1, '2xlarge': 1, '4xlarge': 1, '8xlarge': 1, '16xlarge': 1 };

/**
 * Families of EC2 with devices, and how many each size has. Sources: kaito-project/kaito pkg/sku/aws_sku_handler.go;
 * aws/karpenter-provider-aws instance-types.md, and its prices for p5.4xlarge, p6 and g7e.
 */
const AWS: Readonly<Record<string, Family>> = {
  p2: ['K80', { xlarge: 1, '8xlarge': 8, '16xlarge': 16 }],
  p3: ['V100-16GB', { '2xlarge': 1, '8xlarge': 4, '16xlarge': 8 }],
  p3dn: ['V100-32GB', { '24xlarge': 8 }],
  p4d: ['A100-40GB', { '24xlarge': 8 }],
  p4de: ['A100-80GB', { '24xlarge': 8 }],
  p5: ['H100', { '4xlarge': 1, '48xlarge': 8 }],
  p5e: ['H200', { '48xlarge': 8 }],
  p5en: ['H200', { '48xlarge': 8 }],
  'p6-b200': ['B200', { '48xlarge': 8 }],
  'p6-b300': ['B300', { '48xlarge': 8 }],
  'p6e-gb200': ['GB200', { '36xlarge': 4 }],
  g3: ['M60', { '4xlarge': 1, '8xlarge': 2, '16xlarge': 4 }],
  g3s: ['M60', { xlarge: 1 }],
  g4dn: ['T4', { ...SMALL_G, '12xlarge': 4, metal: 8 }],
  g5: ['A10G', { ...SMALL_G, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 }],
  g5g: ['T4G', { xlarge: 1, '2xlarge': 1, '4xlarge': 1, '8xlarge': 1, '16xlarge': 2, metal: 2 }],
  g6: ['L4', { ...SMALL_G, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 }],
  gr6: ['L4', { '4xlarge': 1, '8xlarge': 1 }],
  g6e: ['L40S', { ...SMALL_G, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 }],
  g7e: ['RTX PRO 6000', { '2xlarge': 1, '4xlarge': 1, '8xlarge': 1, '12xlarge': 2, '24xlarge': 4, '48xlarge': 8 }],
};

/** Devices of other vendors in EC2. Sources: as above; trn2: awsdocs-neuron, "Trainium2 architecture". */
const AWS_OTHERS: Readonly<Record<string, readonly [vendor: Vendor, counts: Readonly<Record<string, number>>]>> = {
  g4ad: ['AMD', { xlarge: 1, '2xlarge': 1, '4xlarge': 1, '8xlarge': 2, '16xlarge': 4 }],
  inf2: ['Neuron', { xlarge: 1, '8xlarge': 1, '24xlarge': 6, '48xlarge': 12 }],
  trn1: ['Neuron', { '2xlarge': 1, '32xlarge': 16 }],
  trn1n: ['Neuron', { '32xlarge': 16 }],
  trn2: ['Neuron', { '3xlarge': 1, '48xlarge': 16 }],
  trn2u: ['Neuron', { '48xlarge': 16 }],
  dl1: ['Gaudi', { '24xlarge': 8 }],
};

/** Families of EC2 without devices: general purpose, and optimised for processors, memory or storage. */
const AWS_PLAIN = /^(a1|[cmrtx]\d\w*(-flex)?|d[23]\w*|h1|hpc\d\w*|i\d\w*|im4gn|is4gen|mac\w+(-\w+)?|u\d?[-\w]*|z1d)$/;
/** Graviton: a `g` after the generation. */
const GRAVITON = /^(a1|im4gn|is4gen|t4g|[cimrx]\d+g\w*|hpc\d+g|g5g|p6e-gb200)$/;

/** What an EC2 family has; undefined for one that is not listed. */
export function awsFamily(family: string, size?: string): Machine | undefined {
  const arch = GRAVITON.test(family) ? 'arm64' : 'amd64';
  const [gpu, counts] = entryOf(AWS, family) ?? [];
  if (gpu !== undefined) return { vendor: 'NVIDIA', gpu: gpuNamed(gpu), count: counts?.[size ?? ''], arch };
  const [vendor, others] = entryOf(AWS_OTHERS, family) ?? [];
  if (vendor !== undefined) return { vendor, count: others?.[size ?? ''], arch };
  return AWS_PLAIN.test(family) ? { vendor: undefined, count: 0, arch } : undefined;
}

/**
 * Families of Compute Engine. Source: cloud.google.com/compute/docs/gpus, and …/machine-resource. An N1 machine may have
 * GPUs attached, so nothing is known about it.
 */
const GOOGLE: readonly (readonly [type: RegExp, gpu: string])[] = [
  [/^a2-(high|mega)gpu-(\d+)g$/, 'A100-40GB'],
  [/^a2-(ultra)gpu-(\d+)g$/, 'A100-80GB'],
  [/^a3-(high|edge|mega)gpu-(\d+)g(-nolssd)?$/, 'H100'],
  [/^a3-(ultra)gpu-(\d+)g(-nolssd)?$/, 'H200'],
  [/^a4-(high)gpu-(\d+)g(-nolssd)?$/, 'B200'],
  [/^a4x-(high)gpu-(\d+)g(-nolssd)?$/, 'GB200'],
  [/^a4x-(max)gpu-(\d+)g(-metal)?$/, 'GB300'],
];
const L4S: Readonly<Record<string, number>> = { '4': 1, '8': 1, '12': 1, '16': 1, '24': 2, '32': 1, '48': 4, '96': 8 };
const G4S: Readonly<Record<string, number>> = { '48': 1, '96': 2, '192': 4, '384': 8 };
const GOOGLE_PLAIN = /^(e2|n2d?|n4a?|c2d?|c3d?|c4[ad]?|t2[ad]|m[1-4]|h3|h4d|x4|z3|f1|g1)-/;

function google(type: string): Machine | undefined {
  for (const [pattern, gpu] of GOOGLE) {
    const [, , count] = pattern.exec(type) ?? [];
    const arch = gpu.startsWith('GB') ? 'arm64' : 'amd64';
    if (count !== undefined) return { vendor: 'NVIDIA', gpu: gpuNamed(gpu), count: Number(count), arch };
  }
  const [, family, cores = ''] = /^(g[24])-standard-(\d+)$/.exec(type) ?? [];
  if (family === 'g2') return { vendor: 'NVIDIA', gpu: gpuNamed('L4'), count: L4S[cores], arch: 'amd64' };
  // A smaller G4 has a part of a GPU.
  if (family === 'g4' && cores in G4S) {
    return { vendor: 'NVIDIA', gpu: gpuNamed('RTX PRO 6000'), count: G4S[cores], arch: 'amd64' };
  }
  const [, chips] = /^(?:ct\d\w*|tpu\d\w*)-[a-z]+-(\d+)t$/.exec(type) ?? [];
  if (chips !== undefined) return { vendor: 'TPU', count: Number(chips), arch: 'amd64' };
  if (!GOOGLE_PLAIN.test(type)) return undefined;
  return { vendor: undefined, count: 0, arch: /^(t2a|c4a|n4a)-/.test(type) ? 'arm64' : 'amd64' };
}

type Counts = number | Readonly<Record<string, number>>;

/**
 * Sizes of Azure, by cores where a series has several. Sources: kaito-project/kaito pkg/sku/azure_sku_handler.go;
 * learn.microsoft.com/azure/virtual-machines/sizes/gpu-accelerated.
 */
const AZURE: readonly (readonly [size: RegExp, gpu: string, counts: Counts])[] = [
  [/^NC(\d+)as_T4_v3$/, 'T4', { '4': 1, '8': 1, '16': 1, '64': 4 }],
  [/^NC(\d+)r?s_v3$/, 'V100-16GB', { '6': 1, '12': 2, '24': 4 }],
  [/^ND(40)rs_v2$/, 'V100-32GB', 8],
  [/^NC(\d+)ads_A100_v4$/, 'A100-80GB', { '24': 1, '48': 2, '96': 4 }],
  [/^ND(96)asr(?:_A100)?_v4$/, 'A100-40GB', 8],
  [/^ND(96)amsr?_A100_v4$/, 'A100-80GB', 8],
  [/^NCC?(\d+)adi?s_H100_v5$/, 'H100-94GB', { '40': 1, '80': 2 }],
  [/^ND(96)isr?f?_H100_v5$/, 'H100', 8],
  [/^ND(96)isr?_H200_v5$/, 'H200', 8],
  [/^ND(128)isr(?:_NDR)?_GB200_v6$/, 'GB200', 4],
  [/^ND(128)isr(?:_NDR)?_GB300_v6$/, 'GB300', 4],
  [/^NV(\d+)adm?s_A10_v5$/, 'A10', { '36': 1, '72': 2 }],
  [/^NV(6)ads_A10_v5$/, 'A10-4Q', 1],
  [/^NV(12)ads_A10_v5$/, 'A10-8Q', 1],
  [/^NV(18)ads_A10_v5$/, 'A10-12Q', 1],
  [/^NV(\d+)s_v3$/, 'M60', { '12': 1, '24': 2, '48': 4 }],
];

function azure(type: string): Machine | undefined {
  const size = type.replace(/^Standard_/, '');
  if (!/^N/.test(size))
    return { vendor: undefined, count: 0, arch: /^\D+\d+\D*p\D*_v\d/.test(size) ? 'arm64' : 'amd64' };
  if (/_MI\d+\w*_v\d$|^NV\d+as_v4$|^NG\d+/.test(size)) return { vendor: 'AMD', arch: 'amd64' };
  // The parts of an A10 come after the whole ones, so the last match is the most exact.
  const [pattern, gpu = '', counts] = AZURE.findLast(([each]) => each.test(size)) ?? [];
  if (pattern === undefined) return undefined;
  const cores = pattern.exec(size)?.[1] ?? '';
  const arch = gpu.startsWith('GB') ? 'arm64' : 'amd64';
  return { vendor: 'NVIDIA', gpu: gpuNamed(gpu), count: typeof counts === 'number' ? counts : counts?.[cores], arch };
}

/** Shapes of Oracle (`BM.GPU.H100.8`) and droplets of DigitalOcean (`gpu-h100x8-640gb`) name GPU and count. */
function named(type: string): Machine | undefined {
  const [, oracle, shapes] = /^(?:BM|VM)\.GPU\.([A-Z]+\d+[A-Z]*)(?:-[A-Za-z0-9]+)?\.(\d+)$/.exec(type) ?? [];
  const [, droplet, count = shapes] = /^gpu-([a-z0-9]+)x(\d)-\d+gb/.exec(type) ?? [];
  const gpu = gpuNamed(oracle ?? droplet ?? '');
  return gpu && { vendor: gpu.vendor, gpu, count: Number(count), arch: gpu.name.startsWith('GB') ? 'arm64' : 'amd64' };
}

/** What a type of machine has, on any cloud; undefined for one that is not listed. */
export function machineOf(type: string): Machine | undefined {
  if (type.startsWith('Standard_')) return azure(type);
  if (/^(BM|VM)\.|^gpu-/.test(type)) return named(type);
  const [, family, size] =
    /^([a-z][-a-z0-9]*)\.((?:\d*x)?large|nano|micro|small|medium|metal(?:-\w+)?)$/.exec(type) ?? [];
  return family === undefined ? google(type) : awsFamily(family, size);
}
