import type { CacheSpec } from './cache-spec';
import type { CacheGroup } from './cache-group';
import { isUniform } from './cache-group';
import { packedGroups } from './packed-groups';

/** Layers with a window keep all tokens, as those with full attention do. */
export function promoted(specs: readonly CacheSpec[]): CacheSpec[] {
  const full = specs.find(({ kind }) => kind === 'full');
  if (full === undefined) return [...specs];
  return specs.map((spec) => {
    if (spec.kind !== 'window' && spec.kind !== 'chunk') return spec;
    return { ...spec, kind: 'full', reach: 0, block: full.block, page: (spec.page / spec.block) * full.block };
  });
}

/**
 * The same page for all layers: smaller blocks get more tokens where that divides, states and heads are padded. Latent
 * vectors cannot be padded (`unify_kv_cache_spec_page_size`): undefined then.
 */
function withEqualPages(specs: readonly CacheSpec[]): CacheSpec[] | undefined {
  const page = Math.max(...specs.map((spec) => spec.page));
  const equal = specs.map((spec) => {
    if (spec.page === page) return spec;
    if (spec.kind !== 'state' && page % spec.page === 0)
      return { ...spec, page, block: (spec.block * page) / spec.page };
    return spec.latent ? undefined : { ...spec, page };
  });
  return equal.every((spec) => spec !== undefined) ? equal : undefined;
}

/** Layers of the same kind with the same pages are one bucket; heads of another size are not. */
function buckets(specs: readonly CacheSpec[], sizes: readonly number[]): CacheSpec[] {
  const byKey = new Map<string, CacheSpec>();
  specs.forEach((spec, index) => {
    const key = [spec.kind, spec.block, spec.reach, spec.latent, sizes[index]].join();
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? spec : { ...known, layers: known.layers + spec.layers });
  });
  return [...byKey.values()];
}

/**
 * Groups of the same number of layers, from one pool of equal pages: as many layers as the rarest kind has, or the
 * commonest where that has less than half more (`_get_kv_cache_groups_uniform_page_size`).
 */
function groupsOfEqualPages(specs: readonly CacheSpec[]): CacheGroup[] {
  const counts = specs.map(({ layers }) => layers);
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  const size = most < fewest * 1.5 ? most : fewest;
  return specs.flatMap((spec) => {
    const groups = Math.ceil(spec.layers / size);
    // Layers are dealt in turn, so the first groups have one more where they do not divide.
    return Array.from({ length: groups }, (_, index) => ({
      members: [{ ...spec, layers: Math.ceil((spec.layers - index) / groups) }],
    }));
  });
}

/**
 * How vLLM groups the layers of a model (vllm/v1/core/kv_cache_utils.py, `get_kv_cache_groups`). `packs` is true where
 * pages of different sizes may lie side by side in a block.
 */
export function cacheGroups(specs: readonly CacheSpec[], packs: boolean): CacheGroup[] {
  if (specs.length === 0) return [];
  if (isUniform(specs)) return [{ members: specs }];
  if (packs) return packedGroups(specs);
  const equal = withEqualPages(specs);
  if (equal !== undefined)
    return groupsOfEqualPages(
      buckets(
        equal,
        specs.map(({ page, block }) => page / block),
      ),
    );
  return [{ members: promoted(specs) }];
}
