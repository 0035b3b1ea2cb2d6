import { AcceleratorKind } from '../accelerator/accelerator';
import type { GpuPlan } from '../accelerator/accelerator-plan';
import { knownGpus, sliceOf, wholeGpus } from '../accelerator/accelerator-plan';
import { GPU_FACTS } from '../accelerator/gpu-facts';
import { sliceMemoryMib } from '../accelerator/mig-profiles';
import { GPU_MEMORY_UTILIZATION } from '../defaults';
import { headsFit } from '../rules/parallel-sizes';
import { maxGpus } from '../rules/topology';
import type { Change } from './change';
import { acceleratorChange, works } from './change';
import type { MemoryContext } from './memory-context';

/** A kind of GPU as code; one that the library does not list is written by its name. */
const modelWords = ({ name }: GpuPlan): string => (Object.hasOwn(GPU_FACTS, name) ? `GpuModel.${name}` : name);

/** An accelerator as code. */
const gpuWords = (model: GpuPlan, count: number): string =>
  `Accelerator.gpu(${modelWords(model)}${count > 1 ? `, ${count}` : ''})`;

/** The same on whole GPUs of a model: the default utilization for a share of a GPU no longer applies. */
function onWholeGpus({ accelerator: { count } }: MemoryContext, model: GpuPlan): Change {
  return {
    words: gpuWords(model, count),
    apply: (context) => {
      const { gpuMemoryUtilization: share } = context.facts;
      const gpuMemoryUtilization = share.isDefault ? { ...share, value: GPU_MEMORY_UTILIZATION } : share;
      return { ...context, accelerator: wholeGpus(model, count), facts: { ...context.facts, gpuMemoryUtilization } };
    },
  };
}

/** More devices of the same kind, in numbers that can share the attention heads. */
function moreGpus(context: MemoryContext): Change[] {
  const { facts, accelerator } = context;
  const { shape } = context.model;
  const { parallelism, tensorParallelSize } = facts;
  const { model, kind, count } = accelerator;
  if (kind !== AcceleratorKind.GPU || model === undefined) return [];
  const others = count / parallelism.tensor;
  // A default follows the accelerator; a size that the user set must be changed too.
  const isSet = tensorParallelSize.isSet && !tensorParallelSize.isDefault;
  for (let tensor = parallelism.tensor + 1; tensor * others <= maxGpus(model); tensor++) {
    if (shape && !headsFit(tensor, shape.attentionHeads, shape.kvHeads)) continue;
    const words = gpuWords(model, tensor * others);
    const change: Change = {
      words: isSet ? `${words}, with engine.tensorParallelSize: ${tensor}` : words,
      apply: (before) => ({
        ...before,
        accelerator: wholeGpus(model, tensor * others),
        facts: { ...before.facts, parallelism: { ...before.facts.parallelism, tensor } },
      }),
    };
    if (works(context, change)) return [change];
  }
  return [];
}

/** A larger slice of the same GPU, or the whole of it. */
function moreOfGpu(context: MemoryContext): Change[] {
  const { kind, model, memoryMib = 0 } = context.accelerator;
  if (model === undefined || (kind !== AcceleratorKind.MIG && kind !== AcceleratorKind.SHARED)) return [];
  const profiles = kind === AcceleratorKind.MIG ? Object.keys(model.mig?.profiles ?? {}) : [];
  const larger = profiles
    .filter((profile) => !/[+-]/.test(profile) && sliceMemoryMib(model, profile) > memoryMib)
    .sort((a, b) => sliceMemoryMib(model, a) - sliceMemoryMib(model, b))
    .map((profile) => acceleratorChange(`Accelerator.mig(${modelWords(model)}, "${profile}")`, sliceOf(model, profile)))
    .find((change) => works(context, change));
  return [larger ?? onWholeGpus(context, model)].filter((change) => works(context, change));
}

/** The smallest GPU of the catalogue on which it fits, with the same count. */
function otherGpu(context: MemoryContext): Change[] {
  const { model, count } = context.accelerator;
  if (model === undefined) return [];
  const found = knownGpus()
    .filter((gpu) => gpu.memoryMib > model.memoryMib && maxGpus(gpu) >= count)
    .filter((gpu) => (gpu.computeCapability ?? 0) >= (model.computeCapability ?? 0))
    .sort((a, b) => a.memoryMib - b.memoryMib)
    .map((gpu) => onWholeGpus(context, gpu))
    .find((change) => works(context, change));
  return found === undefined ? [] : [found];
}

/** More devices or larger ones on which it fits. */
export function deviceChanges(context: MemoryContext): Change[] {
  const sameGpu = [...moreOfGpu(context), ...moreGpus(context)];
  return sameGpu.length > 0 ? sameGpu : otherGpu(context);
}
