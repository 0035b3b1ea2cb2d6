import type { KnownModel } from '../model/known-models';
import { otherCheckpoints } from '../model/known-models';
import type { ModelShape } from '../model/model-shape';
import { QUANTIZATIONS } from '../model/number-formats';
import type { Change } from './change';
import { works } from './change';
import type { MemoryContext } from './memory-context';

/** A quantised copy that vLLM serves. */
interface Copy extends KnownModel {
  readonly shape: ModelShape;
  readonly quantization: string;
}

const isCopy = (model: KnownModel): model is Copy =>
  model.shape !== undefined && model.quantization !== undefined && model.task !== undefined;

/** Whether a GPU computes in the format of a copy. */
function runs({ quantization }: Copy, capability: number): boolean {
  const { minimum = 0, native = 0 } = QUANTIZATIONS.get(quantization) ?? {};
  return capability >= Math.max(minimum, native);
}

/** The largest quantised copy of a known model on which it fits: of equal ones the first by id. */
export function copyChanges(context: MemoryContext): Change[] {
  const { model, accelerator, facts } = context;
  const { shape, shapeIsSet, weightsSizeMib } = model;
  if (shape === undefined || shapeIsSet || weightsSizeMib !== undefined) return [];
  if (shape.quantization !== undefined || facts.quantization.isSet) return [];
  const capability = accelerator.model?.computeCapability ?? 0;
  const found = otherCheckpoints(model.id)
    .filter(isCopy)
    .filter((copy) => copy.shape.weightsGib < shape.weightsGib && runs(copy, capability))
    .sort((a, b) => b.shape.weightsGib - a.shape.weightsGib)
    .map((copy) => ({
      words: `Model.of("${copy.id}")`,
      apply: (before: MemoryContext) => ({ ...before, model: { ...before.model, id: copy.id, shape: copy.shape } }),
    }))
    .find((change) => works(context, change));
  return found === undefined ? [] : [found];
}
