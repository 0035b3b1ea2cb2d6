import type { CacheSpec } from './cache-spec';

/** Layers that share their block ids: a block has one page of each of them. */
export interface CacheGroup {
  readonly members: readonly CacheSpec[];
}

/** Specs that need blocks at the same tokens can be one group, whatever their pages (`is_uniform_type`). */
export function isUniform(specs: readonly CacheSpec[]): boolean {
  const [first] = specs;
  return specs.every(
    (spec) =>
      spec.kind === first?.kind &&
      spec.block === first.block &&
      spec.reach === first.reach &&
      (spec.kind !== 'state' || spec.page === first.page),
  );
}
