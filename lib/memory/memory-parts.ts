import { MEMORY_FIT } from '../defaults';
import { layersOf } from '../model/layer-group';
import type { FitInput } from './fit-input';

/** The part of all weights that the fullest stage of a pipeline has: layers that do not divide, and one embedding. */
function stageOf({ weights, shape, pipeline, embedding }: FitInput): number {
  if (pipeline === 1 || shape === undefined) return 1 / pipeline;
  const layers = layersOf(shape.groups);
  const part = Math.ceil(layers / pipeline) / layers;
  return part + (embedding / weights) * (1 - part);
}

/** Weights of one GPU. Data-parallel ranks split the experts between them and repeat the rest. */
export function weightsOfGpu(input: FitInput): number {
  const { weights, shape, tensor, data, offloaded } = input;
  const shared = shape?.experts ? 1 - shape.experts.weightsGib / shape.weightsGib : 1;
  const ofRank = weights * (shared + (1 - shared) / data);
  return Math.max(0, (ofRank * stageOf(input)) / tensor - offloaded);
}

/** What is neither weights nor KV cache, and does not depend on the batch. */
export function runtimeOf({ tensor, pipeline, data, shape, connector }: FitInput): number {
  const { runtime, collectives, expertBuffers } = MEMORY_FIT;
  const ofRanks = tensor * pipeline * data > 1 ? collectives : 0;
  const ofExperts = data > 1 && shape?.experts ? expertBuffers : 0;
  return runtime + ofRanks + ofExperts + (connector ? MEMORY_FIT.connector : 0);
}

/** Memory that a batch needs while it is computed. */
export function activationsOf({ shape, batchedTokens, computeBytes, tensor }: FitInput): number {
  if (shape === undefined) return MEMORY_FIT.unknownActivations;
  const experts = shape.experts ? MEMORY_FIT.expertVectors : 0;
  const vectors = MEMORY_FIT.wholeVectors + experts + MEMORY_FIT.splitVectors / tensor;
  return (batchedTokens * vectors * shape.hiddenSize * computeBytes) / 1024 ** 2;
}
