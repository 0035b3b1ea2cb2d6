import { MEMORY_FIT } from '../defaults';
import { BYTES_PER_MIB } from '../units/mebibytes';
import type { CachePool } from './cache-pool';
import { cachePool, longestOf } from './cache-pool';
import type { FitInput, FitShape } from './fit-input';
import { activationsOf, runtimeOf, samplingOf, weightsOfGpu } from './memory-parts';

/** How the memory of one GPU is divided, in MiB, and what that means in tokens. */
export interface MemoryFit {
  /** What CUDA sees of the device. */
  readonly total: number;
  /** What the engine may use of it. */
  readonly requested: number;
  readonly weights: number;
  /** While the layers compute a batch. */
  readonly activations: number;
  /** While the next tokens of a batch are chosen, after that. */
  readonly sampling: number;
  readonly cudaGraphs: number;
  readonly runtime: number;
  /** What the engine needs beside weights and KV cache. */
  readonly reserve: number;
  /** Left for the KV cache; below zero when the weights alone do not fit. */
  readonly cache: number;
  /** What is missing when a KV cache of the set size does not fit beside the weights; 0 when it fits. */
  readonly missing: number;
  /** True for a model that has no KV cache. */
  readonly cachesNothing: boolean;
  /** About the KV cache; undefined when the shape of the model is not known, nothing is left or nothing is cached. */
  readonly tokens: TokenFit | undefined;
}

/** What the KV cache of a replica holds. */
export interface TokenFit {
  /** Blocks on each GPU. */
  readonly blocks: number;
  /** KiB that a token adds to the cache of one GPU in the layers with full attention. */
  readonly kibPerToken: number;
  /** Longest context of which one sequence fits. */
  readonly largestContext: number;
  /** Longest context that is set, or what vLLM uses without one. */
  readonly length: number;
  /** MiB that one sequence of that length needs on one GPU. */
  readonly perSequence: number;
  /** Sequences of that length that fit at once in the replica. */
  readonly sequences: number;
  /** Tokens of such sequences that the replica holds. */
  readonly capacity: number;
}

/** The length of the counted sequences: where it is unset, vLLM uses what fits, up to the model's own. */
function lengthOf(shape: FitShape, { maxModelLen }: FitInput, largestContext: number): number {
  return maxModelLen ?? Math.min(largestContext, shape.maxLength);
}

function tokensOf(pool: CachePool, shape: FitShape, input: FitInput, cache: number): TokenFit {
  const block = pool.blockBytes / BYTES_PER_MIB;
  const blocks = Math.floor(cache / block + 1e-9);
  // vLLM keeps one block back, and checks one request against the others (`get_kv_cache_configs`).
  const largestContext = longestOf(pool, blocks - 1);
  const length = lengthOf(shape, input, largestContext);
  const perRequest = pool.blocksOf(length);
  const sequences = (blocks / perRequest) * input.data;
  return {
    blocks,
    kibPerToken: pool.bytesPerToken / 1024,
    largestContext,
    length,
    perSequence: perRequest * block,
    sequences,
    capacity: Math.floor(sequences * length + 1e-6),
  };
}

/** A KV cache of a set size, in MiB: by its bytes, or by its blocks. */
function setCache({ cacheMib, blocks }: FitInput, pool: CachePool | undefined): number | undefined {
  return blocks !== undefined && pool ? (blocks * pool.blockBytes) / BYTES_PER_MIB : cacheMib;
}

/** The memory of a device, and what the engine may use of it. On CPU it is what the engine needs. */
function memoryOf(input: FitInput, needed: number): Pick<MemoryFit, 'total' | 'requested'> {
  if (input.isHost) return { total: needed, requested: needed };
  const total = input.memory - MEMORY_FIT.driver;
  return { total, requested: input.cacheMib === undefined ? Math.ceil(total * input.utilization) : total };
}

/**
 * Divides the memory of one GPU as vLLM does at start: it may use a share of what CUDA sees. What is left after the
 * weights, a profile run, CUDA graphs and the runtime is the KV cache (vllm/v1/worker/gpu_worker.py, utils.py). The
 * profile run counts the largest memory at one moment: the layers, or the choice of tokens after them.
 */
export function memoryFit(input: FitInput): MemoryFit {
  const { shape } = input;
  const weights = weightsOfGpu(input);
  const activations = activationsOf(input);
  const sampling = samplingOf(input);
  const cudaGraphs = input.cudaGraphs ? MEMORY_FIT.cudaGraphs : 0;
  const runtime = runtimeOf(input);
  const reserve = Math.max(activations, sampling) + cudaGraphs + runtime;
  const pool = shape && cachePool(shape, input);
  const set = setCache(input, pool);
  const { total, requested } = memoryOf(input, weights + reserve + (set ?? 0));
  const left = requested - weights - reserve;
  const cache = set ?? left;
  const missing = Math.max(0, cache - left);
  const tokens =
    shape === undefined || pool === undefined || cache <= 0 ? undefined : tokensOf(pool, shape, input, cache);
  const cachesNothing = shape !== undefined && pool === undefined;
  return {
    ...{ total, requested, weights, activations, sampling, cudaGraphs, runtime },
    ...{ reserve, cache, missing, cachesNothing, tokens },
  };
}

/** Whether the engine starts: the weights leave room for one sequence of the longest context. */
export function fits({ cache, missing, tokens, cachesNothing }: MemoryFit, { maxModelLen, shape }: FitInput): boolean {
  if (cache <= 0 || missing > 0) return false;
  return shape === undefined || cachesNothing || (tokens?.largestContext ?? 0) >= (maxModelLen ?? 1);
}
