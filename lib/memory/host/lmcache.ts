import type { FolderNeed, HostPart } from '../../timing/host-needs';
import { inGibibytes, MIB_PER_GIB } from '../../units/mebibytes';
import type { Connector } from '../connectors';
import { folder } from './folder';
import type { HostContext } from './host-context';
import { isOn, numberIn, pinned, ranksOf } from './host-context';

/** LMCache's default of `max_local_cpu_size` in GiB (LMCache/LMCache:lmcache/v1/config.py). */
const DEFAULT_GIB = 5;

export const FILE = 'LMCACHE_CONFIG_FILE';

/** LMCache in the processes of the engine; its server has a connector of its own. */
export const isLmcache = ({ name }: Connector): boolean => /^LMCacheConnector/.test(name);

interface Setting {
  readonly value: unknown;
  readonly origin: string;
}

/** A setting of LMCache: the connector's own wins over the variable, which wins over the file. */
export function setting(key: string, { extra, origin }: Connector, environment: HostContext['environment']): Setting {
  const own: unknown = extra[`lmcache.${key}`];
  const name = `LMCACHE_${key.toUpperCase()}`;
  return own === undefined || own === null
    ? { value: environment.get(name), origin: `env.${name}` }
    : { value: own, origin };
}

/** Ranks that keep blocks: with multi-head latent attention all have the same ones, and the first saves them. */
function savingRanks(context: HostContext): number {
  const groups = context.model.shape?.groups ?? [];
  const isLatent = groups.some(({ kind }) => kind === 'latent') && !groups.some(({ kind }) => kind === 'heads');
  return isLatent ? context.facts.parallelism.dataLocal : ranksOf(context);
}

const forRanks = (mib: number, ranks: number): string =>
  ranks === 1 ? inGibibytes(mib) : `${inGibibytes(mib)} for each of ${ranks} ranks`;

/** Whether a file that synth cannot read has the size: then nothing else sets it. */
export function readsSizeFromFile(connector: Connector, { environment }: HostContext): boolean {
  return environment.has(FILE) && setting('max_local_cpu_size', connector, environment).value === undefined;
}

/**
 * Each rank pins its buffer when it starts (LMCache #2901), also as a staging buffer where `local_cpu` is off
 * (LMCache/LMCache:lmcache/v1/storage_backend/local_cpu_backend.py). One that sends its blocks to other pods has none.
 */
export function lmcacheMemory(context: HostContext, connector: Connector): HostPart[] {
  const read = (key: string): unknown => setting(key, connector, context.environment).value;
  const sends = ['enable_pd', 'enable_xpyd', 'enable_nixl'].some((key) => isOn(read(key)));
  if (sends && !isOn(read('local_cpu') ?? true)) return [];
  const size = Math.max(0, numberIn(read('max_local_cpu_size')) ?? DEFAULT_GIB) * MIB_PER_GIB;
  if (size === 0) return [];
  const ranks = savingRanks(context);
  const buffer = pinned(size);
  const rounded = buffer > size ? `, which pinned memory rounds up to ${inGibibytes(buffer)}` : '';
  const atStart = isOn(read('enable_lazy_memory_allocator')) ? 0 : size * ranks;
  return [{ what: `LMCache (${forRanks(size, ranks)}${rounded})`, mib: buffer * ranks, atStart }];
}

/** Folders of LMCache's disk. Several paths are separated by commas, and the ranks take turns. */
export function lmcacheFolders(context: HostContext, connector: Connector): FolderNeed[] {
  const { value, origin } = setting('local_disk', connector, context.environment);
  if (typeof value !== 'string' || !value.includes('/')) return [];
  const paths = value.split(',').map((path) => path.trim().replace(/^file:\/\//, ''));
  const size = numberIn(setting('max_local_disk_size', connector, context.environment).value) ?? 0;
  const mib = size * MIB_PER_GIB * Math.ceil(savingRanks(context) / paths.length);
  return paths.map((path) => folder(context, path.replace(/(.)\/+$/, '$1'), { mib, what: 'LMCache', origin }));
}
