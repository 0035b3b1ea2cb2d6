import { AcceleratorKind } from '../accelerator/accelerator';
import { MEMORY_FIT } from '../defaults';
import { hasQuirk } from '../engine/catalogue/quirks';
import { FP8_CAPABILITY } from '../model/number-formats';
import { highestUtilization } from '../rules/utilization';
import type { Change } from './change';
import { engineChange, withFact } from './change';
import type { FitInput } from './fit-input';
import type { MemoryContext } from './memory-context';

/** A higher share of a GPU that the engine has for itself, up to the safe one, or to what a small slice has free. */
function moreOfMemory({ accelerator }: MemoryContext, { utilization, cacheMib }: FitInput): Change[] {
  const isWhole = accelerator.kind === AcceleratorKind.GPU || accelerator.kind === AcceleratorKind.MIG;
  const safe = Math.min(MEMORY_FIT.safeUtilization, highestUtilization(accelerator));
  return isWhole && utilization < safe && cacheMib === undefined ? [engineChange('gpuMemoryUtilization', safe)] : [];
}

/** Fewer sequences in a batch: vLLM starts with room for the logits of all of them. */
function fewerSequences(input: FitInput): Change[] {
  const { suggestedSequences } = MEMORY_FIT;
  return input.sequences > suggestedSequences ? [engineChange('maxNumSeqs', suggestedSequences)] : [];
}

/** Fewer tokens in a batch, not below what other options need: all sequences, and whole prompts where they are not cut. */
function fewerTokens({ facts }: MemoryContext, { batchedTokens, sequences }: FitInput): Change[] {
  const { suggestedBatch } = MEMORY_FIT;
  if (batchedTokens <= suggestedBatch || sequences > suggestedBatch) return [];
  return facts.enableChunkedPrefill.value === false ? [] : [engineChange('maxNumBatchedTokens', suggestedBatch)];
}

/** Hopper is the first GPU whose kernels read latent vectors in FP8 (FlashMLA). */
const LATENT_FP8_CAPABILITY = 9;

/** A KV cache in eight bits, where the GPU computes with them. */
function smallerCache({ accelerator, model }: MemoryContext, { cacheBytes }: FitInput): Change[] {
  const isLatent = model.shape?.groups.some(({ kind }) => kind === 'latent');
  const needed = isLatent ? LATENT_FP8_CAPABILITY : FP8_CAPABILITY;
  const isNative = (accelerator.model?.computeCapability ?? 0) >= needed;
  return isNative && cacheBytes > 1 ? [engineChange('kvCacheDtype', 'fp8')] : [];
}

/** Weights that are quantised to eight bits while they load. */
function smallerWeights({ accelerator, facts, model, release }: MemoryContext, { computeBytes }: FitInput): Change[] {
  const { shape } = model;
  if ((accelerator.model?.computeCapability ?? 0) < FP8_CAPABILITY) return [];
  const isQuantised = shape?.quantization !== undefined || facts.quantization.isSet;
  if (isQuantised || computeBytes !== 2 || shape === undefined || model.weightsSizeMib !== undefined) return [];
  const method = hasQuirk(release, 'fp8-per-tensor') ? 'fp8_per_tensor' : 'fp8';
  return [
    {
      words: `quantization: "${method}" in Model.of`,
      apply: (context) => ({ ...context, facts: withFact(context.facts, 'quantization', method) }),
    },
  ];
}

/** Changes of the engine on the same devices, the cheapest first. */
export function engineChanges(context: MemoryContext, input: FitInput): Change[] {
  return [
    ...moreOfMemory(context, input),
    ...fewerSequences(input),
    ...fewerTokens(context, input),
    ...smallerCache(context, input),
    ...smallerWeights(context, input),
  ];
}
