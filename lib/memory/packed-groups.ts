import type { CacheGroup } from './cache-group';
import { isUniform } from './cache-group';
import type { CacheSpec } from './cache-spec';

/** Specs that can share a group, and how often their pattern of pages repeats. */
interface Bucket {
  readonly specs: readonly CacheSpec[];
  /** Layers of each size of page. */
  readonly layers: ReadonlyMap<number, number>;
  readonly most: number;
  /** True when each size of page has the same number of layers: then the bucket can be split. */
  readonly balanced: boolean;
}

function bucketOf(specs: readonly CacheSpec[]): Bucket {
  const layers = new Map<number, number>();
  for (const spec of specs) layers.set(spec.page, (layers.get(spec.page) ?? 0) + spec.layers);
  const counts = [...layers.values()];
  return { specs, layers, most: Math.max(...counts), balanced: new Set(counts).size === 1 };
}

function bucketsOf(specs: readonly CacheSpec[]): Bucket[] {
  const found: CacheSpec[][] = [];
  for (const spec of specs) {
    const bucket = found.find((members) => isUniform([...members, spec]));
    if (bucket === undefined) found.push([spec]);
    else bucket.push(spec);
  }
  return found.map(bucketOf);
}

/** The number of repeats, from `atLeast` on, that leaves the fewest empty layers; of equal ones the largest. */
function repeatsOf(counts: readonly number[], atLeast: number): number {
  const padding = (size: number): number => counts.reduce((sum, count) => sum + ((size - (count % size)) % size), 0);
  let best = atLeast;
  for (let size = atLeast; size <= Math.max(...counts); size++) if (padding(size) <= padding(best)) best = size;
  return best;
}

const widestGroup = ({ layers }: Bucket, groups: number): number =>
  [...layers].reduce((sum, [page, count]) => sum + Math.ceil(count / groups) * page, 0);

/**
 * Groups whose pages lie side by side in a block that is as large as the largest group
 * (vllm/v1/core/kv_cache_utils.py, `_get_packed_kv_cache_groups`). States are split into as many groups as keep the block
 * small.
 */
export function packedGroups(specs: readonly CacheSpec[]): CacheGroup[] {
  const buckets = bucketsOf(specs);
  const mixed = buckets.filter(({ balanced, layers }) => balanced && layers.size > 1).map(({ most }) => most);
  const counts = buckets.filter(({ balanced }) => balanced).map(({ most }) => most);
  const repeats = mixed.length === 0 ? undefined : repeatsOf(counts, Math.max(...mixed));
  const split = ({ balanced, most }: Bucket): number =>
    balanced && repeats !== undefined ? Math.ceil(most / repeats) : 1;
  const isState = ({ specs: [first] }: Bucket): boolean =>
    first?.kind === 'state' || (repeats === undefined && first?.kind === 'window');
  const layersOf = (bucket: Bucket): number => bucket.specs.reduce((sum, { layers }) => sum + layers, 0);
  const anchor = Math.max(
    ...buckets.map((bucket) => widestGroup(bucket, isState(bucket) ? layersOf(bucket) : split(bucket))),
  );
  return buckets.flatMap((bucket) => {
    const { page } = bucket.specs[0] as CacheSpec;
    const fitting = Math.max(1, Math.floor(anchor / page));
    const groups = Math.max(split(bucket), isState(bucket) ? Math.ceil(layersOf(bucket) / fitting) : 1);
    return Array.from({ length: groups }, () => ({
      members: bucket.specs.map((spec) => ({ ...spec, layers: Math.ceil(spec.layers / groups) })),
    }));
  });
}
