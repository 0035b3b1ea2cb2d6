import { CPU } from '../defaults';
import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import { isCpu } from '../accelerator/accelerator-plan';
import { MIB_PER_GIB } from '../units/mebibytes';
import { hasQuirk } from './catalogue/quirks';
import type { EnvironmentVariable, SetVariables } from './environment';
import type { Release } from './release';

const KV_CACHE_SPACE = 'VLLM_CPU_KVCACHE_SPACE';

/** What the variables of a stack on CPU are decided from. */
export interface CpuEnvironmentInput {
  readonly accelerator: AcceleratorPlan;
  readonly release: Release;
  /** True when a flag sets the KV cache. */
  readonly hasCacheFlag: boolean;
  /** Threads that compute; undefined where vLLM binds one to each core. */
  readonly threads: number | undefined;
}

/**
 * Variables of a stack on CPU. Without the first one the KV cache takes a share of all memory: half of a NUMA node until
 * 0.18, and 0.92 of it or of the pod since. Every release reads it.
 */
export function cpuEnvironment(input: CpuEnvironmentInput): EnvironmentVariable[] {
  const { accelerator, release, hasCacheFlag, threads } = input;
  if (!isCpu(accelerator)) return [];
  const gib = (accelerator.kvCacheMib ?? CPU.kvCacheSpace) / MIB_PER_GIB;
  const cache = hasCacheFlag ? [] : [{ name: KV_CACHE_SPACE, value: String(gib) }];
  if (threads === undefined || !hasQuirk(release, 'cpu-nobind')) return cache;
  return [
    ...cache,
    { name: 'VLLM_CPU_OMP_THREADS_BIND', value: 'nobind' },
    { name: 'OMP_NUM_THREADS', value: String(threads) },
  ];
}

/** Variables of a stack on CPU that belong to a property, each with what to do instead. */
export function ownedOnCpu({ env }: SetVariables): ReadonlyMap<string, string> {
  const gib = env[KV_CACHE_SPACE]?.trim() ?? '';
  const size = /^[1-9]\d*$/.test(gib) ? `kvCacheSpace: Size.gibibytes(${gib})` : 'kvCacheSpace';
  return new Map([[KV_CACHE_SPACE, `set ${size} in Accelerator.cpu instead: the memory of the pod follows from it`]]);
}
