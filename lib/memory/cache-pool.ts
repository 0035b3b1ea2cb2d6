import type { CacheGroup } from './cache-group';
import { cacheGroups, promoted } from './cache-groups';
import type { CacheSpec } from './cache-spec';
import { cacheSpecs } from './cache-spec';
import type { FitInput, FitShape } from './fit-input';

/** Blocks of the KV cache of one rank. All groups of layers draw from them. */
export interface CachePool {
  /** Bytes of one block, whichever group has it. */
  readonly blockBytes: number;
  /** Bytes that a token adds in the layers that keep all tokens. */
  readonly bytesPerToken: number;
  /** Blocks that a request of so many tokens needs; a request that starts has the same number of states. */
  readonly blocksOf: (tokens: number) => number;
}

/** Blocks that a request needs in one group (`max_memory_usage_bytes` in vllm/v1/kv_cache_interface.py). */
function blocksOfSpec({ kind, block, reach }: CacheSpec, tokens: number, inFlight: number, context: number): number {
  switch (kind) {
    case 'full':
      return Math.ceil(Math.ceil(tokens / context) / block);
    case 'window':
      // A window does not begin with a block.
      return Math.ceil(Math.min(reach - 1 + inFlight, tokens) / block) + 1;
    case 'chunk':
      return Math.ceil(Math.min(reach + inFlight, tokens) / block);
    case 'cross':
      return Math.ceil(reach / block);
    case 'state':
      return reach;
  }
}

/** Pages side by side: latent vectors of DeepSeek-V4 and dots3, whose backends have no other layout. */
const packs = ({ groups }: FitShape): boolean =>
  groups.some((group) => group.kind === 'latent' && (group.compression !== undefined || group.reach !== undefined));

/** Bytes of a block: the largest group, in the fullest stage of a pipeline. */
const bytesOf = ({ members }: CacheGroup, pipeline: number): number =>
  members.reduce((sum, { page, layers }) => sum + page * Math.ceil(layers / pipeline), 0);

/** The blocks of a model; undefined for one that caches nothing. */
export function cachePool(shape: FitShape, input: FitInput): CachePool | undefined {
  const specs = cacheSpecs(shape.groups, input);
  const groups = cacheGroups(input.hybrid ? specs : promoted(specs), packs(shape));
  if (groups.length === 0) return undefined;
  const blockBytes = Math.max(...groups.map((group) => bytesOf(group, input.pipeline)));
  const inFlight = input.batchedTokens * input.batchesInFlight;
  const firsts = groups.flatMap(({ members }) => members.slice(0, 1));
  const perToken = firsts.reduce((sum, { kind, block }) => sum + (kind === 'full' ? blockBytes / block : 0), 0);
  return {
    blockBytes,
    bytesPerToken: perToken / input.decodeContext,
    blocksOf: (tokens) =>
      firsts.reduce((sum, spec) => sum + blocksOfSpec(spec, tokens, inFlight, input.decodeContext), 0),
  };
}

/** More tokens than any context has. */
const ENDLESS = 2 ** 40;

/** Longest request that so many blocks hold, 0 for none; Infinity where a longer one needs no more of them. */
export function longestOf({ blocksOf }: CachePool, blocks: number): number {
  if (blocksOf(ENDLESS) <= blocks) return Infinity;
  let [fits, fitsNot] = [0, 1];
  while (blocksOf(fitsNot) <= blocks) [fits, fitsNot] = [fitsNot, fitsNot * 2];
  while (fitsNot - fits > 1) {
    const middle = Math.floor((fits + fitsNot) / 2);
    if (blocksOf(middle) <= blocks) fits = middle;
    else fitsNot = middle;
  }
  return fits;
}
