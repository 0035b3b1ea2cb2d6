import { hasQuirk } from '../catalogue/quirks';
import type { Release } from '../release';
import type { FlagValues } from './flag-values';

/** How one replica spreads over its devices. */
export interface Parallelism {
  readonly tensor: number;
  readonly pipeline: number;
  readonly data: number;
  /** Data-parallel ranks in the pod; fewer than `data` where others run elsewhere. */
  readonly dataLocal: number;
  readonly prefillContext: number;
  readonly apiServers: number;
}

/** Modes of load balancing in which each API server process has one rank (vllm/entrypoints/cli/serve.py). */
const ONE_SERVER = ['--data-parallel-external-lb', '--data-parallel-rank', '--data-parallel-multi-port-external-lb'];

function defaultApiServers(flags: FlagValues, release: Release, data: number, dataLocal: number): number {
  if (!hasQuirk(release, 'api-server-per-rank')) return 1;
  if (ONE_SERVER.some((flag) => flags.has(flag) && !flags.isOff(flag))) return 1;
  return flags.isOn('--data-parallel-hybrid-lb') ? dataLocal : data;
}

/** How one replica spreads over its devices, from what its command line says. */
export function parallelismOf(flags: FlagValues, release: Release): Parallelism {
  const size = (flag: string): number => flags.number(flag) ?? 1;
  const data = size('--data-parallel-size');
  const dataLocal = flags.number('--data-parallel-size-local') ?? data;
  return {
    tensor: size('--tensor-parallel-size'),
    pipeline: size('--pipeline-parallel-size'),
    data,
    dataLocal,
    prefillContext: size('--prefill-context-parallel-size'),
    apiServers: flags.number('--api-server-count') ?? defaultApiServers(flags, release, data, dataLocal),
  };
}
