import { hasQuirk } from '../catalogue/quirks';
import type { Release } from '../release';
import { isUsed } from './fact';
import type { FactName, SetFacts } from './fact-table';

/** How one replica spreads over its devices. */
export interface Parallelism {
  readonly tensor: number;
  readonly pipeline: number;
  readonly data: number;
  /** Data-parallel ranks in the pod; fewer than `data` where others run elsewhere. */
  readonly dataLocal: number;
  readonly prefillContext: number;
  readonly decodeContext: number;
  readonly apiServers: number;
}

/** Modes of load balancing in which each API server process has one rank (vllm/entrypoints/cli/serve.py). */
export const EXTERNAL_BALANCING = [
  'dataParallelExternalLb',
  'dataParallelRank',
  'dataParallelMultiPortExternalLb',
] as const satisfies readonly FactName[];

function defaultApiServers(facts: SetFacts, release: Release, data: number, dataLocal: number): number {
  if (!hasQuirk(release, 'api-server-per-rank')) return 1;
  if (EXTERNAL_BALANCING.some((name) => isUsed(facts[name]))) return 1;
  return facts.dataParallelHybridLb.value === true ? dataLocal : data;
}

/** How one replica spreads over its devices, with vLLM's defaults for what is unset. */
export function parallelismOf(facts: SetFacts, release: Release): Parallelism {
  const data = facts.dataParallelSize.value ?? 1;
  const dataLocal = facts.dataParallelSizeLocal.value ?? data;
  return {
    tensor: facts.tensorParallelSize.value ?? 1,
    pipeline: facts.pipelineParallelSize.value ?? 1,
    data,
    dataLocal,
    prefillContext: facts.prefillContextParallelSize.value ?? 1,
    decodeContext: facts.decodeContextParallelSize.value ?? 1,
    apiServers: facts.apiServerCount.value ?? defaultApiServers(facts, release, data, dataLocal),
  };
}
