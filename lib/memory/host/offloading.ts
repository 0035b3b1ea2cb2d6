import { hasQuirk } from '../../engine/catalogue/quirks';
import type { FolderNeed, HostPart } from '../../timing/host-needs';
import { BYTES_PER_GIB, BYTES_PER_MIB, inGibibytes } from '../../units/mebibytes';
import type { Connector } from '../connectors';
import { folder } from './folder';
import type { HostContext } from './host-context';
import { numberIn, pinned, ranksOf, workersOf } from './host-context';

/** What one connector of vLLM itself takes. */
export interface OffloadingNeeds {
  readonly memory: readonly HostPart[];
  readonly sharedMemory: readonly HostPart[];
  readonly folders: readonly FolderNeed[];
}

/** SimpleCPUOffloadConnector without a size (kv_connector/v1/simple_cpu_offload_connector.py). */
const SIMPLE_BYTES = 8 * BYTES_PER_GIB;
/** Its disk backend without a size, for each rank. */
const SIMPLE_DISK_BYTES = 100 * BYTES_PER_GIB;

const mibIn = (value: unknown): number => Math.max(0, numberIn(value) ?? 0) / BYTES_PER_MIB;

const perEngine = (mib: number, engines: number): string =>
  engines === 1 ? 'KV blocks' : `KV blocks, ${inGibibytes(mib)} for each of ${engines} engines`;

/** Folders of the tiers behind the CPU (vllm/v1/kv_offload/tiering): they have no limit. */
function tiers(context: HostContext, { extra, origin }: Connector): FolderNeed[] {
  const all: unknown = extra['secondary_tiers'];
  return (Array.isArray(all) ? (all as unknown[]) : []).flatMap((tier) => {
    const path = (tier as { root_dir?: unknown } | null)?.root_dir;
    return typeof path === 'string' ? [folder(context, path, { mib: undefined, what: 'KV blocks', origin })] : [];
  });
}

/**
 * OffloadingConnector: `cpu_bytes_to_use` is for all ranks of an engine. The CUDA engine keeps it in `/dev/shm` since
 * 0.27 and checks the space first (vllm/v1/kv_offload/cpu/shared_offload_region.py); before, and for ROCm, each rank
 * has a pinned buffer.
 */
function native(context: HostContext, connector: Connector): OffloadingNeeds {
  const engines = context.facts.parallelism.dataLocal;
  const size = mibIn(connector.extra['cpu_bytes_to_use']);
  const folders = tiers(context, connector);
  if (size === 0) return { memory: [], sharedMemory: [], folders };
  const isShared = hasQuirk(context.release, 'offload-in-shm') && !context.accelerator.resourceName.startsWith('amd.');
  if (isShared) {
    const part = { what: perEngine(size, engines), mib: size * engines, atStart: size * engines };
    return { memory: [], sharedMemory: [part], folders };
  }
  const workers = workersOf(context);
  const buffers = pinned(size / workers) * workers;
  const rounded = buffers > size ? `, of which pinned memory takes ${inGibibytes(buffers)}` : '';
  const what = `offloaded (${perEngine(size, engines)}${rounded})`;
  return { memory: [{ what, mib: buffers * engines, atStart: size * engines }], sharedMemory: [], folders };
}

/** SimpleCPUOffloadConnector pins exactly what it needs, and does nothing without prefix caching. */
function simple(context: HostContext, { extra, origin }: Connector): OffloadingNeeds {
  const none = { memory: [], sharedMemory: [], folders: [] };
  if (context.facts.enablePrefixCaching.value === false) return none;
  const ranks = ranksOf(context);
  if (extra['kv_offload_backend'] === 'disk') {
    const path: unknown = extra['disk_path'];
    if (typeof path !== 'string') return none;
    const mib = mibIn(extra['disk_capacity_bytes'] ?? SIMPLE_DISK_BYTES) * ranks;
    // The file of a rank is beside the path: `<disk_path>.rank_0`.
    const parent = path.replace(/\/[^/]*$/, '') || '/';
    return { ...none, folders: [folder(context, parent, { mib, what: 'KV blocks', origin })] };
  }
  const ofRank: unknown = extra['cpu_bytes_to_use_per_rank'];
  const engines = context.facts.parallelism.dataLocal;
  const size =
    ofRank === undefined ? mibIn(extra['cpu_bytes_to_use'] ?? SIMPLE_BYTES) : mibIn(ofRank) * workersOf(context);
  const what = `offloaded (${perEngine(size, engines)})`;
  return { ...none, memory: size > 0 ? [{ what, mib: size * engines, atStart: size * engines }] : [] };
}

const CONNECTORS: ReadonlyMap<string, (context: HostContext, connector: Connector) => OffloadingNeeds> = new Map([
  ['OffloadingConnector', native],
  ['SimpleCPUOffloadConnector', simple],
]);

/** What the connectors of vLLM itself take. */
export function offloadingNeeds(context: HostContext, connectors: readonly Connector[]): OffloadingNeeds {
  const all = connectors.flatMap((connector) => {
    const needs = CONNECTORS.get(connector.name);
    return needs === undefined ? [] : [needs(context, connector)];
  });
  return {
    memory: all.flatMap(({ memory }) => memory),
    sharedMemory: all.flatMap(({ sharedMemory }) => sharedMemory),
    folders: all.flatMap(({ folders }) => folders),
  };
}
