import { GPU_FACTS } from './gpu-facts';
import type { GpuFacts } from './gpu-facts';
import type { Vendor } from './vendor';
import { entryOf } from '../shapes/entry-of';

/** What a name in a label shows about the GPUs of a node. */
export interface NamedGpu {
  readonly vendor: Vendor;
  readonly name: string;
  readonly capability?: number;
  /** Memory in MiB; unset where GPUs of one name differ. */
  readonly memoryMib?: number;
}

const GIB = 1024;

/**
 * GPUs that the library does not offer as a GpuModel, by name: compute capability (developer.nvidia.com/cuda-gpus, and
 * its page of legacy GPUs) and memory in GiB, where all boards of a name have the same.
 */
const OTHERS: Readonly<Record<string, readonly [capability: number, gib?: number]>> = {
  K80: [3.7, 12],
  M60: [5.2, 8],
  P4: [6.1, 8],
  P40: [6.1, 24],
  P100: [6],
  V100: [7],
  T4G: [7.5, 16],
  A2: [8.6, 16],
  A16: [8.6, 16],
  A40: [8.6, 48],
  A4000: [8.6, 16],
  A5000: [8.6, 24],
  A6000: [8.6, 48],
  A800: [8],
  L20: [8.9, 48],
  L40: [8.9, 48],
  H20: [9],
  H800: [9],
  '3090': [8.6, 24],
  '4090': [8.9, 24],
  '5090': [12, 32],
};

/** Names of several words. */
const PHRASES: readonly (readonly [phrase: RegExp, gpu: NamedGpu])[] = [
  [/rtx[-_ ]?pro[-_ ](server[-_ ])?6000/i, listed('RTX PRO 6000', GPU_FACTS.RTX_PRO_6000)],
  [
    /rtx[-_ ]?pro[-_ ](server[-_ ])?4500/i,
    { vendor: 'NVIDIA', name: 'RTX PRO 4500', capability: 12, memoryMib: 32 * GIB },
  ],
  [/rtx[-_ ]6000[-_ ]ada/i, { vendor: 'NVIDIA', name: 'RTX 6000 Ada', capability: 8.9, memoryMib: 48 * GIB }],
];

function listed(name: string, { computeCapability, memoryMib }: GpuFacts): NamedGpu {
  return { vendor: 'NVIDIA', name, capability: computeCapability, memoryMib };
}

/** GPUs by the first word of the name of their GpuModel. An A100 has two sizes, and an H100 or GH200 has larger ones. */
const LISTED = new Map(
  Object.entries(GPU_FACTS).map(([model, facts]) => {
    const [name = ''] = model.split('_');
    const gpu = listed(name, facts);
    return [name, name === 'A100' ? { ...gpu, memoryMib: undefined } : gpu] as const;
  }),
);

function ofWord(word: string): NamedGpu | undefined {
  if (/^MI\d{2,3}[AX]?$/.test(word)) return { vendor: 'AMD', name: word };
  const known = LISTED.get(word);
  if (known) return known;
  const [capability, gib] = entryOf(OTHERS, word) ?? [];
  if (capability === undefined) return undefined;
  return { vendor: 'NVIDIA', name: word, capability, memoryMib: gib && gib * GIB };
}

/**
 * The GPU that a name shows, whoever wrote it: `NVIDIA-A100-SXM4-40GB`, `nvidia-l4`, `a10g`, `Tesla-T4`. Undefined for
 * another name.
 */
export function gpuNamed(text: string): NamedGpu | undefined {
  const phrase = PHRASES.find(([pattern]) => pattern.test(text));
  if (phrase) return phrase[1];
  const words = text.toUpperCase().split(/[^A-Z0-9]+/);
  const gpu = words.map(ofWord).find((found) => found !== undefined);
  if (gpu === undefined) return undefined;
  // A virtual GPU has a part of the memory: NVIDIA-A10-8Q.
  const [, part] = /-(\d+)[ABCQ]$/.exec(text) ?? [];
  if (part !== undefined) return { ...gpu, memoryMib: Number(part) * GIB };
  // A GH200-480GB is named by the memory of its processor.
  const gib =
    gpu.name === 'GH200' ? undefined : /^(\d+)GB$/.exec(words.find((word) => /^\d+GB$/.test(word)) ?? '')?.[1];
  return gib === undefined ? gpu : { ...gpu, memoryMib: Number(gib) * GIB };
}
