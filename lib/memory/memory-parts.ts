import { MEMORY_FIT } from '../defaults';
import { layersOf } from '../model/layer-group';
import { BYTES_PER_MIB } from '../units/mebibytes';
import type { FitInput } from './fit-input';

/** The part of all layers that the fullest stage of a pipeline has. */
function stageOf({ shape, pipeline }: FitInput): number {
  if (pipeline === 1 || shape === undefined) return 1 / pipeline;
  const layers = layersOf(shape.groups);
  return Math.ceil(layers / pipeline) / layers;
}

/**
 * The part of the experts that a rank has (vllm/model_executor/layers/fused_moe/config.py): whole ones with expert
 * parallelism, a slice of each without it.
 */
function expertsOf({ shape, expertRanks, wholeExperts, redundantExperts }: FitInput): number {
  const count = shape?.experts?.count;
  if (!count || !wholeExperts) return 1 / expertRanks;
  return Math.ceil((count + redundantExperts) / expertRanks) / count;
}

/** Weights of one GPU. Each data-parallel rank has all of them but the experts, which all ranks divide. */
export function weightsOfGpu(input: FitInput): number {
  const { weights, tensor, copiesEncoders, offloaded } = input;
  const stage = stageOf(input);
  const layers = (weights.layers * stage + weights.embedding) / tensor;
  const encoders = weights.encoders / (copiesEncoders ? 1 : tensor);
  return Math.max(0, layers + encoders + weights.experts * stage * expertsOf(input) - offloaded);
}

/** Positions whose angles are part of what the runtime has. */
const POSITIONS = 2 ** 20;

/**
 * The angles of all positions that a model was configured for, whatever its context: a rank has them whole
 * (vllm/model_executor/layers/rotary_embedding/base.py). Llama 4 Scout has 2.5 GiB of them.
 */
function anglesOf({ shape, computeBytes }: FitInput): number {
  const heads = shape?.groups.find((group) => group.kind === 'heads');
  if (shape === undefined || heads?.kind !== 'heads') return 0;
  return (Math.max(0, shape.maxLength - POSITIONS) * heads.headDim * computeBytes) / BYTES_PER_MIB;
}

/** What is neither weights nor KV cache, and does not depend on the batch. */
export function runtimeOf(input: FitInput): number {
  const { tensor, pipeline, data, shape, connector, isHost } = input;
  // That of the processes is counted for the pod.
  if (isHost) return anglesOf(input);
  const { runtime, collectives, expertBuffers } = MEMORY_FIT;
  const ofRanks = tensor * pipeline * data > 1 ? collectives : 0;
  const ofExperts = data > 1 && shape?.experts ? expertBuffers : 0;
  return runtime + anglesOf(input) + ofRanks + ofExperts + (connector ? MEMORY_FIT.connector : 0);
}

/** Memory that a batch needs while its layers are computed. */
export function activationsOf({ shape, batchedTokens, computeBytes, tensor }: FitInput): number {
  if (shape === undefined) return MEMORY_FIT.unknownActivations;
  const experts = shape.experts ? MEMORY_FIT.expertVectors : 0;
  const vectors = MEMORY_FIT.wholeVectors + experts + MEMORY_FIT.splitVectors / tensor;
  return (batchedTokens * vectors * shape.hiddenSize * computeBytes) / BYTES_PER_MIB;
}

/**
 * Memory that a batch needs while its next tokens are chosen, after the layers: the logits, and the result of the last
 * layer.
 */
export function samplingOf({ shape, batchedTokens, computeBytes, sequences, logitsPerSequence }: FitInput): number {
  const results = (batchedTokens * (shape?.hiddenSize ?? 0) * computeBytes) / BYTES_PER_MIB;
  return sequences * logitsPerSequence + results;
}
