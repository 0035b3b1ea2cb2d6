import { MEMORY_FIT } from '../defaults';
import { otherCheckpoints } from '../model/known-models';
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

/** Whether a known model may have that size: one that is known in part may be larger. */
function mayBe(set: number, context: MemoryContext, sizes: readonly number[]): boolean {
  const isLarger = sizes.every((size) => set > size);
  return (context.model.shape?.weightsAreLowerBound === true && isLarger) || sizes.some((size) => isNear(set, size));
}

/** A size that is not that of a known model: the fit, the memory and the disk would be planned with a wrong number. */
export function sizeFindings(context: MemoryContext): Finding[] {
  const { id, weightsSizeMib: set, shapeIsSet } = context.model;
  const sizes = sizesOf(context);
  const [files] = sizes;
  if (set === undefined || files === undefined || shapeIsSet || mayBe(set, context, sizes)) return [];
  const problem = `is ${inGibibytes(set, 2)}, but ${id} has ${inGibibytes(files, 2)}`;
  const copy = otherCheckpoints(id).find(
    ({ shape }) => shape !== undefined && isNear(set, shape.weightsGib * MIB_PER_GIB),
  );
  const instead = copy === undefined ? '' : `, or use "${copy.id}" in Model.of, which has about that size`;
  const fix = `remove it${instead}; for weights of your own, also set architecture to Architecture.like("${id}")`;
  return [error('weights-size-contradicts', 'model.weightsSize', problem, fix)];
}
