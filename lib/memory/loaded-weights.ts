import { MEMORY_FIT } from '../defaults';
import { isUsed } from '../engine/facts/fact';
import type { EngineFacts } from '../engine/facts/engine-facts';
import type { ModelShape } from '../model/model-shape';
import { BYTES_PER_MIB, MIB_PER_GIB } from '../units/mebibytes';
import type { WeightParts } from './fit-input';
import { quantizedParts } from './quantized-bytes';

/** What decides how large weights are once they are loaded. */
export interface LoadedInput {
  readonly shape: ModelShape | undefined;
  /** Size of all weights in MiB, where the user set it. */
  readonly setMib: number | undefined;
  /** Size of the files in MiB. */
  readonly filesMib: number;
  /** `--quantization`. */
  readonly method: string | undefined;
  /** Bytes of a value that the engine computes with. */
  readonly computeBytes: number;
  /** True when layers for multi-token prediction are loaded. */
  readonly predicts: boolean;
  /** True when ranks divide experts between them, in a model that may have some. */
  readonly dividesExperts: boolean;
}

/** Whether speculation uses the model's own layers for it: unless it names another method or model. */
export function usesPrediction({ speculativeConfig, specMethod, specModel }: EngineFacts): boolean {
  if (!isUsed(speculativeConfig) && !isUsed(specMethod)) return false;
  const { method = specMethod.value, model = specModel.value } = speculativeConfig.value ?? {};
  return typeof method === 'string' ? method.includes('mtp') : model === undefined;
}

export const sumOf = ({ experts, encoders, embedding, layers }: WeightParts): number =>
  experts + encoders + embedding + layers;

function scaled({ experts, encoders, embedding, layers }: WeightParts, factor: number): WeightParts {
  return {
    experts: experts * factor,
    encoders: encoders * factor,
    embedding: embedding * factor,
    layers: layers * factor,
  };
}

/** The parts of a checkpoint, as it is. */
function partsOf(shape: ModelShape, filesMib: number, predicts: boolean): WeightParts {
  const mib = filesMib - (predicts ? 0 : (shape.mtpGib ?? 0) * MIB_PER_GIB);
  const vocabulary = shape.vocabulary ?? MEMORY_FIT.vocabulary;
  const experts = (shape.experts?.weightsGib ?? 0) * MIB_PER_GIB;
  const encoders = (shape.encoderGib ?? 0) * MIB_PER_GIB;
  const left = Math.max(0, mib - experts - encoders);
  const embedding = Math.min(left, (vocabulary * shape.hiddenSize * 2) / BYTES_PER_MIB);
  return { experts, encoders, embedding, layers: left - embedding };
}

/** What quantization leaves of 16-bit weights: embedding, output layer, norms and encoders stay. */
function quantized(parts: WeightParts, { unquantizedParameters }: ModelShape, method: string): WeightParts {
  const { experts, encoders, embedding, layers } = parts;
  const whole =
    unquantizedParameters === undefined
      ? embedding
      : (unquantizedParameters * 2) / BYTES_PER_MIB - embedding - encoders;
  const kept = Math.min(layers, Math.max(0, whole));
  const part = quantizedParts(method);
  return { experts: experts * part.experts, encoders, embedding, layers: kept + (layers - kept) * part.layers };
}

/** The weights of a known checkpoint, with what the options make of it. */
export function knownWeights(shape: ModelShape, input: LoadedInput): WeightParts {
  const { filesMib, predicts, method, computeBytes } = input;
  const parts = partsOf(shape, filesMib, predicts);
  if (shape.quantization !== undefined) return parts;
  return method === undefined ? scaled(parts, computeBytes / 2) : quantized(parts, shape, method);
}

/** The size that is known of a loaded checkpoint, in MiB; 0 where it is not, or where options change it. */
function loadedMib({ loadedGib = 0, quantization }: ModelShape, { method, computeBytes }: LoadedInput): number {
  if (quantization !== undefined) return loadedGib * MIB_PER_GIB;
  return method === undefined ? (loadedGib * MIB_PER_GIB * computeBytes) / 2 : 0;
}

/** Loaded weights, by how GPUs divide them. A size that is set is divided as the checkpoint would be. */
export function loadedWeights(input: LoadedInput): WeightParts {
  const { shape, setMib, filesMib, dividesExperts } = input;
  const { weightsFactor } = MEMORY_FIT;
  if (shape === undefined) {
    const all = (setMib ?? filesMib) * weightsFactor;
    const rest = { encoders: 0, embedding: 0 };
    return dividesExperts ? { ...rest, experts: all, layers: 0 } : { ...rest, experts: 0, layers: all };
  }
  const parts = knownWeights(shape, input);
  const total = setMib === undefined ? loadedMib(shape, input) : setMib * weightsFactor;
  return scaled(parts, total > 0 ? total / sumOf(parts) : weightsFactor);
}
