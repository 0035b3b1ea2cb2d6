import type { Accelerator } from '../accelerator/accelerator';
import { MEMORY_FIT } from '../defaults';
import type { Release } from '../engine/release';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { Model } from '../model/model';
import type { ModelShape } from '../model/model-shape';
import type { ComputeFormat } from '../model/number-formats';
import { BFLOAT16_CAPABILITY, bytesOf, cacheBytes, QUANTIZATIONS, saidFormat } from '../model/number-formats';
import { MIB_PER_GIB } from '../units/mebibytes';
import { batchDefaults } from '../engine/facts/batch-defaults';
import { isExtended } from '../rules/batching';
import type { Parallelism } from '../engine/facts/parallelism';
import type { FlagValues } from '../engine/facts/flag-values';
import type { FitInput } from './fit-input';
import type { WeightsPlan } from '../timing/weights-plan';

/** What the memory fit is decided from. */
export interface MemoryContext {
  readonly model: Model;
  readonly shape: ModelShape | undefined;
  readonly accelerator: Accelerator;
  readonly flags: FlagValues;
  readonly release: Release;
  readonly parallelism: Parallelism;
  readonly weights: WeightsPlan;
  readonly environment: ReadonlyMap<string, string | undefined>;
}

const BYTES_PER_MIB = 1024 ** 2;

/** Sequences of a batch in releases where they do not depend on the memory of the GPU. */
const MOST_SEQUENCES = 1024;

/**
 * What vLLM computes in. `auto` is the checkpoint's bf16 where the GPU has it, else what comes next: float16, or float32
 * for a model that refuses that (vllm/config/model.py, _resolve_auto_dtype).
 */
export function computeFormat(
  flags: FlagValues,
  shape: ModelShape | undefined,
  capability: number | undefined,
): ComputeFormat {
  const said = saidFormat(flags.text('--dtype'));
  if (said !== undefined) return said;
  if (capability === undefined || capability >= BFLOAT16_CAPABILITY) return 'bfloat16';
  return shape?.refusesFloat16 ? 'float32' : 'float16';
}

/** Size of the loaded weights in MiB; undefined when the checkpoint is not the one that is known. */
function weightsOnGpu({ model, shape, flags, weights, accelerator }: MemoryContext): number | undefined {
  if (weights.size === undefined || weights.isBound) return undefined;
  const size = weights.size.value * MEMORY_FIT.weightsFactor;
  if (model.options.weightsSize === undefined && shape?.loadedGib !== undefined) return shape.loadedGib * MIB_PER_GIB;
  if (model.options.weightsSize !== undefined || shape?.quantization !== undefined) return size;
  const method = flags.text('--quantization');
  if (method !== undefined) {
    return QUANTIZATIONS.get(method)?.online ? size * MEMORY_FIT.onlineQuantization : undefined;
  }
  const format = computeFormat(flags, shape, accelerator.model?.computeCapability);
  return (size * bytesOf(format)) / 2;
}

/**
 * Longest context of a request; undefined for `auto` and -1, which take what fits. One beyond the model's own is a
 * finding already, and not two.
 */
function longestContext(context: MemoryContext): number | undefined {
  const { flags, shape } = context;
  if (!flags.has('--max-model-len')) return shape?.maxLength;
  const said = flags.number('--max-model-len');
  if (said === undefined || said <= 0) return undefined;
  return isExtended(context) ? said : Math.min(said, shape?.maxLength ?? said);
}

function graphsCount({ flags, release, environment }: MemoryContext): boolean {
  if (flags.isOn('--enforce-eager') || flags.number('--optimization-level') === 0) return false;
  if (environment.get('VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS') === '0') return false;
  return hasQuirk(release, 'cuda-graphs-count');
}

/** What was said of a flag, by the user: what the library says for a slice are vLLM's defaults for its memory. */
const saidNumber = (flags: FlagValues, name: string): number | undefined =>
  flags.isDefault(name) ? undefined : flags.number(name);

/** Tokens and sequences of one batch, where nobody says them as vLLM takes them. */
function batchOf(
  { flags, accelerator, release }: MemoryContext,
  memory: number,
  maxModelLen: number | undefined,
): Pick<FitInput, 'batchedTokens' | 'sequences'> {
  const defaults = batchDefaults(memory, accelerator.model?.name, flags);
  const isByMemory = flags.isDefault('--max-num-seqs') || hasQuirk(release, 'sequences-by-memory');
  const mostSequences = isByMemory ? defaults.maxNumSeqs : MOST_SEQUENCES;
  const tokens = saidNumber(flags, '--max-num-batched-tokens');
  const sequences = saidNumber(flags, '--max-num-seqs');
  const wholePrompt = flags.isOff('--enable-chunked-prefill') ? (maxModelLen ?? 0) : 0;
  return {
    batchedTokens: tokens ?? Math.max(defaults.maxNumBatchedTokens, wholePrompt, sequences ?? 0),
    sequences: sequences ?? Math.min(mostSequences, tokens ?? Infinity),
  };
}

/** The numbers of a memory fit, or undefined when the memory of the device or the size of the weights is not known. */
export function fitInputOf(context: MemoryContext): FitInput | undefined {
  const { shape, accelerator, flags, parallelism, release } = context;
  const weights = weightsOnGpu(context);
  const { memoryMib: memory, model: gpu } = accelerator;
  if (memory === undefined || weights === undefined) return undefined;
  const format = computeFormat(flags, shape, gpu?.computeCapability);
  const maxModelLen = longestContext(context);
  const bytes = flags.number('--kv-cache-memory-bytes');
  const vocabulary = shape?.vocabulary ?? MEMORY_FIT.vocabulary;
  const logitBytes = hasQuirk(release, 'unsorted-logits') ? MEMORY_FIT.logitBytes : MEMORY_FIT.sortedLogitBytes;
  return {
    shape,
    weights,
    computeBytes: bytesOf(format),
    cacheBytes: cacheBytes(flags.text('--kv-cache-dtype'), format),
    tensor: parallelism.tensor,
    pipeline: parallelism.pipeline,
    data: parallelism.dataLocal,
    decodeContext: flags.number('--decode-context-parallel-size') ?? 1,
    memory,
    utilization: flags.number('--gpu-memory-utilization') ?? 1,
    saidCache: bytes === undefined ? undefined : bytes / BYTES_PER_MIB,
    maxModelLen,
    ...batchOf(context, memory, maxModelLen),
    logitsPerSequence: (vocabulary * logitBytes) / BYTES_PER_MIB,
    embedding: (vocabulary * (shape?.hiddenSize ?? 0) * bytesOf(format)) / BYTES_PER_MIB,
    offloaded: (flags.number('--cpu-offload-gb') ?? 0) * MIB_PER_GIB,
    connector: flags.has('--kv-transfer-config'),
    cudaGraphs: graphsCount(context),
  };
}
