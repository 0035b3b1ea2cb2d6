import { isCpu } from '../accelerator/accelerator-plan';
import { CPU, MEMORY_FIT } from '../defaults';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { ModelShape } from '../model/model-shape';
import type { ComputeFormat } from '../model/number-formats';
import { BFLOAT16_CAPABILITY, bytesOf, cacheBytes, explicitFormat } from '../model/number-formats';
import { BYTES_PER_MIB, MIB_PER_GIB } from '../units/mebibytes';
import type { BatchDefaults } from '../engine/facts/batch-defaults';
import { batchDefaults } from '../engine/facts/batch-defaults';
import { contextLimit } from '../rules/context-limit';
import type { EngineFacts } from '../engine/facts/engine-facts';
import { userValue } from '../engine/facts/fact';
import { cacheSettings } from './cache-settings';
import type { FitInput, WeightParts } from './fit-input';
import type { MemoryContext } from './memory-context';
import { loadedWeights, usesPrediction } from './loaded-weights';

/** Default sequences of a batch in releases where they do not depend on the memory of the GPU. */
const MAX_SEQUENCES = 1024;

/**
 * The format that vLLM computes in. `auto` is the checkpoint's bf16 where the GPU has it, else float16, or float32
 * for a model that refuses float16 (vllm/config/model.py, _resolve_auto_dtype).
 */
export function computeFormat(
  facts: EngineFacts,
  shape: ModelShape | undefined,
  capability: number | undefined,
): ComputeFormat {
  const format = explicitFormat(facts.dtype.value);
  if (format !== undefined) return format;
  if (capability === undefined || capability >= BFLOAT16_CAPABILITY) return 'bfloat16';
  return shape?.refusesFloat16 ? 'float32' : 'float16';
}

/** Loaded weights; undefined when their size is not known. */
function weightsOf({ model, facts, weights }: MemoryContext, computeBytes: number): WeightParts | undefined {
  if (weights.size === undefined || weights.isBound) return undefined;
  const parts = loadedWeights({
    shape: model.shape,
    setMib: model.weightsSizeMib,
    filesMib: model.shape === undefined ? weights.size.value : model.shape.weightsGib * MIB_PER_GIB,
    method: facts.quantization.value,
    computeBytes,
    predicts: usesPrediction(facts),
    dividesExperts: facts.enableExpertParallel.value === true || facts.parallelism.data > 1,
  });
  return facts.languageModelOnly.value === true ? { ...parts, encoders: 0 } : parts;
}

/**
 * Longest context of a request; undefined for `auto` and -1, which use what fits. A length beyond the model's own
 * is limited to it: that mistake has a finding of its own.
 */
function longestContext(context: MemoryContext): number | undefined {
  const { facts, model } = context;
  const { isSet, value: length } = facts.maxModelLen;
  const limit = contextLimit({ ...context, architecture: model.shape });
  if (!isSet) return limit ?? model.shape?.maxLength;
  if (length === undefined || length <= 0) return undefined;
  return Math.min(length, limit ?? length);
}

function graphsCount({ accelerator, facts, release, environment }: MemoryContext): boolean {
  if (isCpu(accelerator)) return false;
  if (facts.enforceEager.value === true || facts.optimizationLevel.value === 0) return false;
  if (environment.get('VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS') === '0') return false;
  return hasQuirk(release, 'cuda-graphs-count');
}

/** vLLM's defaults on CPU: for each rank that is not one of data parallelism. */
function batchOnCpu({
  parallelism: { tensor, pipeline, prefillContext },
  performanceMode,
}: EngineFacts): BatchDefaults {
  const ranks = tensor * pipeline * prefillContext * (performanceMode.value === 'throughput' ? 2 : 1);
  return { maxNumSeqs: CPU.sequences * ranks, maxNumBatchedTokens: CPU.batchedTokens * ranks };
}

/** A KV cache of a set size. On CPU it always has one. */
function setCacheOf({ facts, accelerator }: MemoryContext): Pick<FitInput, 'cacheMib' | 'cacheReason'> {
  const { value: bytes, isSet } = facts.kvCacheMemoryBytes;
  const { kvCacheMib } = accelerator;
  if (isSet || !isCpu(accelerator)) {
    return { cacheMib: bytes && bytes / BYTES_PER_MIB, cacheReason: 'set in --kv-cache-memory-bytes' };
  }
  return kvCacheMib === undefined
    ? { cacheMib: CPU.kvCacheSpace, cacheReason: 'default of Accelerator.cpu' }
    : { cacheMib: kvCacheMib, cacheReason: 'set in kvCacheSpace of Accelerator.cpu' };
}

/** Tokens and sequences of one batch, with vLLM's defaults where they are unset. */
function batchOf(
  { facts, accelerator, release }: MemoryContext,
  memory: number,
  maxModelLen: number | undefined,
): Pick<FitInput, 'batchedTokens' | 'sequences'> {
  const defaults = isCpu(accelerator) ? batchOnCpu(facts) : batchDefaults(memory, accelerator.model?.name, facts);
  const isByMemory = facts.maxNumSeqs.isDefault || hasQuirk(release, 'sequences-by-memory');
  const maxSequences = isByMemory ? defaults.maxNumSeqs : MAX_SEQUENCES;
  // What the library sets for a slice are vLLM's defaults for its memory.
  const tokens = userValue(facts.maxNumBatchedTokens);
  const sequences = userValue(facts.maxNumSeqs);
  const wholePrompt = facts.enableChunkedPrefill.value === false ? (maxModelLen ?? 0) : 0;
  return {
    batchedTokens: tokens ?? Math.max(defaults.maxNumBatchedTokens, wholePrompt, sequences ?? 0),
    sequences: sequences ?? Math.min(maxSequences, tokens ?? Infinity),
  };
}

/** Ranks, and what they divide between them. */
type Ranks = Pick<
  FitInput,
  | 'tensor'
  | 'pipeline'
  | 'data'
  | 'decodeContext'
  | 'expertRanks'
  | 'wholeExperts'
  | 'redundantExperts'
  | 'copiesEncoders'
>;

/** Models whose encoders are not divided: they are those of transformers (vllm/model_executor/models/gemma4_mm.py). */
const WHOLE_ENCODERS: readonly unknown[] = ['Gemma4ForConditionalGeneration', 'Gemma3nForConditionalGeneration'];

function copiesEncoders({ facts, model }: MemoryContext): boolean {
  if (WHOLE_ENCODERS.includes(model.shape?.architecture)) return true;
  return facts.mmEncoderTpMode.value === 'data' || facts.enableMultimodalEncoderDataParallel.value === true;
}

function ranksOf(context: MemoryContext): Ranks {
  const { facts } = context;
  const { tensor, pipeline, data, dataLocal, prefillContext, decodeContext } = facts.parallelism;
  return {
    tensor,
    pipeline,
    data: dataLocal,
    decodeContext,
    expertRanks: tensor * data * prefillContext,
    wholeExperts: facts.enableExpertParallel.value === true,
    redundantExperts: redundantExperts(facts),
    copiesEncoders: copiesEncoders(context),
  };
}

function redundantExperts({ enableEplb, eplbConfig, numRedundantExperts }: EngineFacts): number {
  if (enableEplb.value !== true) return 0;
  const { num_redundant_experts: set } = eplbConfig.value ?? {};
  return typeof set === 'number' ? set : (numRedundantExperts.value ?? 0);
}

/** The numbers of a memory fit, or undefined when the memory of the device or the size of the weights is not known. */
export function fitInputOf(context: MemoryContext): FitInput | undefined {
  const { model, accelerator, facts, release } = context;
  const { shape } = model;
  const isHost = isCpu(accelerator);
  const { memoryMib: memory = isHost ? 0 : undefined, model: gpu } = accelerator;
  const format = computeFormat(facts, shape, gpu?.computeCapability);
  const computeBytes = bytesOf(format);
  const weights = weightsOf(context, computeBytes);
  if (memory === undefined || weights === undefined) return undefined;
  const maxModelLen = longestContext(context);
  const vocabulary = shape?.vocabulary ?? MEMORY_FIT.vocabulary;
  const logitBytes = hasQuirk(release, 'unsorted-logits') ? MEMORY_FIT.logitBytes : MEMORY_FIT.sortedLogitBytes;
  return {
    shape,
    weights,
    computeBytes,
    cacheBytes: cacheBytes(facts.kvCacheDtype.value, format),
    ...ranksOf(context),
    memory,
    isHost,
    utilization: facts.gpuMemoryUtilization.value ?? 1,
    ...setCacheOf(context),
    blocks: facts.numGpuBlocksOverride.value,
    maxModelLen,
    ...batchOf(context, memory, maxModelLen),
    ...cacheSettings(context),
    logitsPerSequence: (vocabulary * logitBytes) / BYTES_PER_MIB,
    offloaded: (facts.cpuOffloadGb.value ?? 0) * MIB_PER_GIB,
    connector: facts.kvTransferConfig.isSet,
    cudaGraphs: graphsCount(context),
  };
}
