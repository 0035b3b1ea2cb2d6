import { MEMORY_FIT } from '../defaults';
import { twinsOf } from '../model/known-models';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { inGibibytes, MIB_PER_GIB } from '../units/mebibytes';
import { knownWeights, sumOf } from './loaded-weights';
import type { MemoryContext } from './memory-context';

/** Sizes that a known model may have, in MiB: its files, what vLLM loads, and what the options make of it. */
function sizesOf({ model: { shape }, facts }: MemoryContext): number[] {
  if (shape === undefined) return [];
  const filesMib = shape.weightsGib * MIB_PER_GIB;
  const input = { shape, filesMib, setMib: undefined, predicts: true, dividesExperts: false };
  const loaded = (method: string | undefined, computeBytes: number): number =>
    sumOf(knownWeights(shape, { ...input, method, computeBytes }));
  const all = [filesMib, (shape.loadedGib ?? shape.weightsGib) * MIB_PER_GIB, loaded(facts.quantization.value, 2)];
  return facts.dtype.value === undefined ? all : [...all, loaded(undefined, 4)];
}

/** Whether two sizes are the same, apart from units and parts of a model. */
const isNear = (set: number, size: number): boolean => Math.abs(set / size - 1) <= MEMORY_FIT.sizeTolerance;

/** A size that is not that of a known model: the fit, the memory and the disk would be planned with a wrong number. */
export function sizeFindings(context: MemoryContext): Finding[] {
  const { id, weightsSizeMib: set, shapeIsSet } = context.model;
  const sizes = sizesOf(context);
  const [files] = sizes;
  if (set === undefined || files === undefined || shapeIsSet) return [];
  if (sizes.some((size) => isNear(set, size))) return [];
  const problem = `is ${inGibibytes(set, 2)}, but ${id} has ${inGibibytes(files, 2)}`;
  const twin = twinsOf(id).find(({ shape }) => shape !== undefined && isNear(set, shape.weightsGib * MIB_PER_GIB));
  const copy =
    twin === undefined
      ? 'for a quantised copy, give the id of that copy'
      : `for the copy of that size, use "${twin.id}" in Model.of`;
  const fix = `remove it; ${copy}; if it is right, set unsafeMemoryFit to the reason`;
  return [error('weights-size-contradicts', 'model.weightsSize', problem, fix)];
}
