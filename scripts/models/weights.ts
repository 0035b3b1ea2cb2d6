import type { CheckpointFacts, PartFacts } from './checkpoint-facts';

/** Bytes of a parameter in a quantised linear layer, scales included: facts/models.md, section 6. */
const BYTES: Readonly<Record<string, number>> = {
  fp8: 1,
  int8: 1,
  mxfp8: 1.031,
  nvfp4: 0.5625,
  mxfp4: 0.531,
  awq: 0.5195,
  gptq: 0.5195,
  int4: 0.5156,
};

/** Parts that quantization leaves in 16 bits, online or in a checkpoint. */
const WHOLE = ['embedding', 'perLayerEmbedding', 'lmHead', 'norms', 'router', 'expertBias', 'vision', 'audio', 'mtp'];

const sumOf = (parts: PartFacts, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (parts[name] ?? 0), 0);

/** Parameters that online quantization leaves in 16 bits. Layers for multi-token prediction are no part of the model. */
export function unquantized({ params }: CheckpointFacts): number | undefined {
  return params === null ? undefined : sumOf(params, WHOLE) - (params.mtp ?? 0);
}

/** Parameters of encoders of images and sound. */
export const encoder = ({ params }: CheckpointFacts): number =>
  params === null ? 0 : sumOf(params, ['vision', 'audio']);

/** Bytes of weights, and whether they are a lower bound. */
export interface WeightBytes {
  readonly bytes: number;
  readonly isLowerBound: boolean;
}

/** What a checkpoint weighs if it has at most the quantised parts that its format can have. */
function least({ quantization, totalParams, params }: CheckpointFacts): number | undefined {
  const factor = quantization === 'none' ? 2 : BYTES[quantization ?? ''];
  if (factor === undefined || totalParams === null) return undefined;
  const whole = params === null ? 0 : sumOf(params, WHOLE);
  const extra = params?.mtp ?? 0;
  return 2 * whole + factor * (totalParams + extra - whole);
}

/**
 * Weights of a checkpoint: published or computed, else at least what its parameters take. Encoders that the facts do not
 * count, or layers that a quantised checkpoint leaves in 16 bits, come on top of a lower bound.
 */
export function weights(facts: CheckpointFacts): WeightBytes | undefined {
  const { weightBytes, computedWeightBytes } = facts;
  if (weightBytes !== null) return { bytes: weightBytes, isLowerBound: false };
  const bound = Math.max(computedWeightBytes ?? 0, least(facts) ?? 0);
  return bound === 0 ? undefined : { bytes: bound, isLowerBound: true };
}

/** Weights of the routed experts: computed, else from their width where each has three matrices. */
export function expertBytes(facts: CheckpointFacts): number | undefined {
  const { experts, expertWeightBytes, hiddenSize, quantization, totalParams } = facts;
  if (expertWeightBytes !== null || experts === null) return expertWeightBytes ?? undefined;
  const { count, moeLayers, intermediate, width = hiddenSize, matrices = 3 } = experts;
  const factor = quantization === 'none' ? 2 : BYTES[quantization ?? ''];
  if (factor === undefined || moeLayers === null || intermediate === null || width === null) return undefined;
  const parameters = count * moeLayers * intermediate * width * matrices;
  return totalParams !== null && parameters < totalParams ? parameters * factor : undefined;
}
