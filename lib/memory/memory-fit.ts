import { MEMORY_FIT } from '../defaults';
import type { LayerGroup } from '../model/model-shape';
import type { FitInput, FitShape } from './fit-input';
import { activationsOf, runtimeOf, weightsOfGpu } from './memory-parts';

const BYTES_PER_MIB = 1024 ** 2;

/** How the memory of one GPU is divided, in MiB, and what that means in tokens. */
export interface MemoryFit {
  /** What CUDA sees of the device. */
  readonly total: number;
  /** What the engine may use of it. */
  readonly requested: number;
  readonly weights: number;
  readonly activations: number;
  readonly logits: number;
  readonly cudaGraphs: number;
  readonly runtime: number;
  /** Left for the KV cache; below zero when the weights alone do not fit. */
  readonly cache: number;
  /** What is missing when a KV cache of the set size does not fit beside the weights; 0 when it fits. */
  readonly missing: number;
  /** About the KV cache; undefined when the shape of the model is not known or nothing is left. */
  readonly tokens: TokenFit | undefined;
}

/** What the KV cache of a replica holds. */
export interface TokenFit {
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

/** Bytes of one token in one of these layers, on one GPU: heads are split, the latent vector is not. */
function bytesPerToken(group: LayerGroup, { tensor, cacheBytes }: FitInput): number {
  if (group.kind === 'latent') return group.dim * cacheBytes;
  if (group.kind !== 'heads') return 0;
  return (
    Math.max(1, Math.ceil(group.kvHeads / tensor)) * (group.headDim + (group.valueDim ?? group.headDim)) * cacheBytes
  );
}

const reachOf = (group: LayerGroup): number | undefined =>
  group.kind === 'heads' || group.kind === 'latent' ? group.reach?.tokens : undefined;

/** How a sequence grows on one GPU, in MiB per token. */
interface Growth {
  /** For each token, in layers with full attention. */
  readonly full: number;
  /** For tokens before `until`, in layers with a window. */
  readonly windows: readonly { readonly perToken: number; readonly until: number }[];
}

function growthOf(shape: FitShape, input: FitInput): Growth {
  // Layers that do not divide make one stage of a pipeline fuller than the others.
  const share = (of: LayerGroup): number =>
    (bytesPerToken(of, input) * Math.ceil(of.layers / input.pipeline)) / input.decodeContext / BYTES_PER_MIB;
  const sum = (layers: readonly LayerGroup[]): number => layers.reduce((total, each) => total + share(each), 0);
  const inFlight = input.batchedTokens * MEMORY_FIT.batchesInFlight;
  return {
    full: sum(shape.groups.filter((each) => reachOf(each) === undefined)),
    windows: shape.groups.flatMap((each) => {
      const reach = reachOf(each);
      return reach === undefined ? [] : [{ perToken: share(each), until: reach + inFlight }];
    }),
  };
}

/** MiB of one sequence on one GPU. */
function sequenceMib({ full, windows }: Growth, length: number): number {
  return windows.reduce((total, { perToken, until }) => total + perToken * Math.min(length, until), full * length);
}

/** Longest sequence that fits in so many MiB. */
function longest(growth: Growth, mib: number): number {
  // A sequence grows in straight lines, more slowly after each full window: find the last bend that fits, then divide.
  const bends = growth.windows.map(({ until }) => until).sort((a, b) => a - b);
  const beyond = bends.filter((bend) => sequenceMib(growth, bend) <= mib).at(-1) ?? 0;
  const slope = sequenceMib(growth, beyond + 1) - sequenceMib(growth, beyond);
  return slope === 0 ? Infinity : Math.floor(beyond + (mib - sequenceMib(growth, beyond)) / slope + 1e-6);
}

/** The length of the counted sequences: where it is unset, vLLM uses what fits, up to the model's own. */
function lengthOf(shape: FitShape, { maxModelLen }: FitInput, largestContext: number): number {
  return maxModelLen ?? Math.min(largestContext, shape.maxLength);
}

function tokensOf(shape: FitShape, input: FitInput, cache: number): TokenFit {
  const growth = growthOf(shape, input);
  const largestContext = longest(growth, cache);
  const length = lengthOf(shape, input, largestContext);
  const perSequence = sequenceMib(growth, length);
  const sequences = (cache / perSequence) * input.data;
  return {
    kibPerToken: growth.full * 1024,
    largestContext,
    length,
    perSequence,
    sequences,
    capacity: Math.floor(sequences * length + 1e-6),
  };
}

/**
 * Divides the memory of one GPU as vLLM does at start: it may use a share of what CUDA sees. What is left after the
 * weights, a profile run, CUDA graphs and the runtime is the KV cache (vllm/v1/worker/gpu_worker.py, utils.py).
 */
export function memoryFit(input: FitInput): MemoryFit {
  const total = input.memory - MEMORY_FIT.driver;
  const requested = input.saidCache === undefined ? Math.ceil(total * input.utilization) : total;
  const weights = weightsOfGpu(input);
  const activations = activationsOf(input);
  const logits = input.sequences * input.logitsPerSequence;
  const cudaGraphs = input.cudaGraphs ? MEMORY_FIT.cudaGraphs : 0;
  const runtime = runtimeOf(input);
  const left = requested - weights - activations - logits - cudaGraphs - runtime;
  const cache = input.saidCache ?? left;
  const tokens = input.shape === undefined || cache <= 0 ? undefined : tokensOf(input.shape, input, cache);
  const missing = Math.max(0, cache - left);
  return { total, requested, weights, activations, logits, cudaGraphs, runtime, cache, missing, tokens };
}

/** Whether the engine starts: the weights leave room for one sequence of the longest context. */
export function fits({ cache, missing, tokens }: MemoryFit, { maxModelLen, shape }: FitInput): boolean {
  if (cache <= 0 || missing > 0) return false;
  return shape === undefined || (tokens?.largestContext ?? 0) >= (maxModelLen ?? 1);
}
