import type { CrossCheckContext } from './cross-check';

/** A compute capability as NVIDIA writes it: 8 is `8.0`. */
export const written = (capability: number): string => capability.toFixed(1);

/** The GPU with its capability, in words; undefined when the capability is not known: then nothing is checked. */
export function gpuOf({
  accelerator: { model },
}: CrossCheckContext): { capability: number; words: string } | undefined {
  if (model?.computeCapability === undefined) return undefined;
  const capability = model.computeCapability;
  return { capability, words: `the ${model.name} (compute capability ${written(capability)})` };
}
