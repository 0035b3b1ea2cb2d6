import { AcceleratorKind } from '../accelerator/accelerator';
import type { GpuPlan } from '../accelerator/accelerator-plan';
import { knownGpus, sliceOf, wholeGpus } from '../accelerator/accelerator-plan';
import { GPU_FACTS } from '../accelerator/gpu-facts';
import { sliceMemoryMib } from '../accelerator/mig-profiles';
import { GPU_MEMORY_UTILIZATION, MEMORY_FIT } from '../defaults';
import { hasQuirk } from '../engine/catalogue/quirks';
import { FP8_CAPABILITY } from '../model/number-formats';
import { headsFit } from '../rules/parallel-sizes';
import { maxGpus } from '../rules/topology';
import type { FitInput } from './fit-input';
import type { MemoryFit } from './memory-fit';
import { fits, memoryFit } from './memory-fit';
import type { MemoryContext } from './memory-fit-input';
import { fitInputOf } from './memory-fit-input';

const works = (input: FitInput | undefined): boolean => input !== undefined && fits(memoryFit(input), input);

/** The longest context to suggest, in whole blocks; 0 when it would be too short to be useful. */
export function suggestedContext({ tokens }: MemoryFit): number {
  const longest = tokens?.largestContext ?? 0;
  return Math.floor(longest / MEMORY_FIT.contextStep) * MEMORY_FIT.contextStep;
}

/** An accelerator as code; a GPU that the library does not list is written by its name. */
function gpuWords({ name }: GpuPlan, count: number): string {
  const model = Object.hasOwn(GPU_FACTS, name) ? `GpuModel.${name}` : name;
  return `Accelerator.gpu(${model}${count > 1 ? `, ${count}` : ''})`;
}

/** The same on whole GPUs of a model: the default utilization for a share of a GPU no longer applies. */
function onWholeGpus(context: MemoryContext, model: GpuPlan): FitInput | undefined {
  const { accelerator, facts } = context;
  const input = fitInputOf({ ...context, accelerator: wholeGpus(model, accelerator.count) });
  return input && facts.gpuMemoryUtilization.isDefault ? { ...input, utilization: GPU_MEMORY_UTILIZATION } : input;
}

/** A shorter context. */
function shorter(fit: MemoryFit): string[] {
  const length = suggestedContext(fit);
  return length > 0 && fit.missing === 0 ? [`engine.maxModelLen: ${length}`] : [];
}

/** Fewer sequences in a batch: vLLM starts with room for the logits of all of them. */
function fewerSequences({ facts }: MemoryContext, input: FitInput): string[] {
  const sequences = MEMORY_FIT.suggestedSequences;
  const isFewer = input.sequences > sequences && !facts.maxNumSeqs.isSet;
  return isFewer && works({ ...input, sequences }) ? [`engine.maxNumSeqs: ${sequences}`] : [];
}

/** Smaller numbers, where the GPU computes with them. */
function smallerNumbers({ accelerator, facts, model, release }: MemoryContext, input: FitInput): string[] {
  const { shape } = model;
  if ((accelerator.model?.computeCapability ?? 0) < FP8_CAPABILITY) return [];
  const isQuantised = shape?.quantization !== undefined || facts.quantization.isSet;
  const isHalf = input.computeBytes === 2 && shape !== undefined && model.weightsSizeMib === undefined;
  const canQuantise = !isQuantised && isHalf;
  const smallCache = { ...input, cacheBytes: Math.min(1, input.cacheBytes) };
  const smallWeights = { ...input, weights: input.weights * MEMORY_FIT.onlineQuantization };
  const method = hasQuirk(release, 'fp8-per-tensor') ? 'fp8_per_tensor' : 'fp8';
  const cache = 'engine.kvCacheDtype: "fp8"';
  const weights = `quantization: "${method}" in Model.of`;
  if (input.cacheBytes > 1 && works(smallCache)) return [cache];
  if (canQuantise && works(smallWeights)) return [weights];
  const both = { ...smallWeights, cacheBytes: smallCache.cacheBytes };
  return canQuantise && input.cacheBytes > 1 && works(both) ? [`${weights}, with ${cache}`] : [];
}

/** More devices of the same kind, in numbers that can share the attention heads. */
function moreGpus(context: MemoryContext): string[] {
  const { facts } = context;
  const { shape } = context.model;
  const { parallelism, tensorParallelSize } = facts;
  const { model, kind, count } = context.accelerator;
  if (kind !== AcceleratorKind.GPU || model === undefined) return [];
  const others = count / parallelism.tensor;
  for (let tensor = parallelism.tensor + 1; tensor * others <= maxGpus(model); tensor++) {
    if (shape && !headsFit(tensor, shape.attentionHeads, shape.kvHeads)) continue;
    const accelerator = wholeGpus(model, tensor * others);
    const enlarged = { ...context, accelerator, facts: { ...facts, parallelism: { ...parallelism, tensor } } };
    if (works(fitInputOf(enlarged))) {
      // A default follows the accelerator; a size that the user set must be changed too.
      const isSet = tensorParallelSize.isSet && !tensorParallelSize.isDefault;
      const words = gpuWords(model, tensor * others);
      return [isSet ? `${words}, with engine.tensorParallelSize: ${tensor}` : words];
    }
  }
  return [];
}

/** A larger slice of the same GPU, or the whole of it. */
function moreOfGpu(context: MemoryContext): string[] {
  const { kind, model, memoryMib = 0 } = context.accelerator;
  if (model === undefined || (kind !== AcceleratorKind.MIG && kind !== AcceleratorKind.SHARED)) return [];
  const profiles = kind === AcceleratorKind.MIG ? Object.keys(model.mig?.profiles ?? {}) : [];
  const larger = profiles
    .filter((profile) => !/[+-]/.test(profile) && sliceMemoryMib(model, profile) > memoryMib)
    .sort((a, b) => sliceMemoryMib(model, a) - sliceMemoryMib(model, b))
    .find((profile) => works(fitInputOf({ ...context, accelerator: sliceOf(model, profile) })));
  if (larger !== undefined) return [`Accelerator.mig(GpuModel.${model.name}, "${larger}")`];
  return works(onWholeGpus(context, model)) ? [gpuWords(model, 1)] : [];
}

/** The smallest GPU of the catalogue on which it fits, with the same count. */
function otherGpu(context: MemoryContext): string[] {
  const { accelerator } = context;
  const { model, count } = accelerator;
  if (model === undefined) return [];
  const found = knownGpus()
    .filter((gpu) => gpu.memoryMib > model.memoryMib)
    .filter((gpu) => (gpu.computeCapability ?? 0) >= (model.computeCapability ?? 0))
    .sort((a, b) => a.memoryMib - b.memoryMib)
    .find((gpu) => works(onWholeGpus(context, gpu)));
  return found === undefined ? [] : [gpuWords(found, count)];
}

/** What would fit instead, the cheapest change first. */
export function alternatives(context: MemoryContext, input: FitInput, fit: MemoryFit): string[] {
  const sameGpu = [...moreOfGpu(context), ...moreGpus(context)];
  return [
    ...shorter(fit),
    ...fewerSequences(context, input),
    ...smallerNumbers(context, input),
    ...sameGpu,
    ...(sameGpu.length === 0 ? otherGpu(context) : []),
  ];
}
