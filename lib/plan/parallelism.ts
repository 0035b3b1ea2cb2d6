import { atLeast } from '../engine/release';
import type { Release } from '../engine/release';
import type { Parallelism } from './cross-check';
import type { FlagValues } from './flag-values';

/** From this minor on vLLM starts one API server per data-parallel rank unless told otherwise (vllm/engine/arg_utils.py). */
const API_SERVER_PER_RANK_SINCE = '0.15';

/** How one replica spreads over its devices, from what its command line says. */
export function parallelismOf(flags: FlagValues, release: Release): Parallelism {
  const size = (flag: string): number => flags.number(flag) ?? 1;
  const data = size('--data-parallel-size');
  return {
    tensor: size('--tensor-parallel-size'),
    pipeline: size('--pipeline-parallel-size'),
    data,
    prefillContext: size('--prefill-context-parallel-size'),
    apiServers: flags.number('--api-server-count') ?? (atLeast(release, API_SERVER_PER_RANK_SINCE) ? data : 1),
  };
}
