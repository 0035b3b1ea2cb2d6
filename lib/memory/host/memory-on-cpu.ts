import { CPU } from '../../defaults';
import type { HostPart } from '../../timing/host-needs';
import type { MemoryPlan } from '../memory-plan';

/**
 * What a GPU would hold: weights, KV cache and a batch. The page cache of the weights is counted beside it, since vLLM since
 * 0.24 compares the KV cache with what the pod has left, and the page cache of a download counts as used
 * (vllm/utils/cpu_resource_utils.py).
 *
 * @param ranks worker processes of the pod
 */
export function memoryOnCpu(
  { fitted }: Pick<MemoryPlan, 'fitted'>,
  kvCacheMib: number | undefined,
  ranks: number,
): HostPart[] {
  const part = (what: string, ofRank: number, isAtStart = true): HostPart => {
    const mib = Math.ceil(ofRank * ranks);
    return { what, mib, atStart: isAtStart ? mib : 0 };
  };
  if (fitted === undefined) return [part('KV cache', kvCacheMib ?? CPU.kvCacheSpace)];
  const { cache, reserve, weights } = fitted.fit;
  return [part('loaded weights', weights), part('KV cache', cache), part('computing a batch', reserve, false)];
}
