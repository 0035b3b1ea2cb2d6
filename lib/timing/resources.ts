import { CPU, PATHS, RESOURCES } from '../defaults';
import { inGibibytes, wholeGib } from '../units/mebibytes';
import type { Decided } from '../defaults/decision';
import { decide } from '../defaults/decision';
import type { Download } from './download';
import { planDownload } from './download';
import type { FolderNeed, HostPart } from './host-needs';
import { atStartOf, sumOf, withParts } from './host-needs';
import type { ResourceInput, ResourcePlan } from './resource-plan';
import { minimumSharedMemory, sharedMemory } from './shared-memory';

/**
 * Busy cores, doubled because a Kubernetes CPU is a hyperthread.
 *
 * Source: vLLM docs/configuration/optimization.md, "CPU resources for GPU deployments".
 */
function cpu({ settings, apiServers, dataParallelSize, devices, onCpu }: ResourceInput): Decided {
  const coordinator = dataParallelSize > 1 ? 1 : 0;
  if (onCpu) return decide(settings.cpu, 'resources.cpu', () => coresOfRanks(devices));
  return decide(settings.cpu, 'resources.cpu', () => ({
    value: 2 * (apiServers + dataParallelSize + devices + coordinator),
    reason: `two for each busy process: API servers ${apiServers}, engine cores ${dataParallelSize}, workers ${devices}${coordinator ? ', coordinator 1' : ''}`,
  }));
}

const coresOfRanks = (ranks: number): Decided => ({
  value: CPU.cores * ranks,
  reason: ranks === 1 ? 'default of Accelerator.cpu' : `${CPU.cores} for each of ${ranks} NUMA nodes`,
});

/**
 * Threads that compute. Without a number, vLLM binds one to each core of a NUMA node, whatever the pod requests: two pods of
 * a node would share the same cores (vllm/utils/ompmultiprocessing.py). Several ranks have a machine of their own.
 */
function threads({ devices, onCpu }: ResourceInput, { value }: Decided): Decided | undefined {
  if (!onCpu || devices > 1) return undefined;
  return {
    value: Math.max(1, Math.floor(value) - 1),
    reason: 'the CPU request without a core for the other processes',
  };
}

/** The page cache of the weights, or what takes its place: they are not needed together. */
function weightsPart({ weights, host, onCpu }: ResourceInput): HostPart {
  const files =
    weights === undefined
      ? { what: 'weights of unknown size', mib: 0, atStart: 0 }
      : { what: onCpu ? 'page cache of the weights' : 'weights', mib: weights.value, atStart: 0 };
  return host.weights.reduce((largest, each) => (each.mib >= largest.mib ? each : largest), files);
}

function processes({ apiServers, dataParallelSize, devices, onCpu }: ResourceInput): number {
  const more = (apiServers - 1) * RESOURCES.apiServer + (dataParallelSize - 1) * RESOURCES.engineCore;
  const base = onCpu ? CPU.processes + (devices - 1) * CPU.worker : RESOURCES.baseMemory;
  return base + Math.max(0, more);
}

function minimumMemory(input: ResourceInput, shared: Decided): Decided {
  const { memory } = input.host;
  const ofWeights = weightsPart(input);
  const ofProcesses = processes(input);
  const parts = [
    ofWeights.mib === 0 ? ofWeights.what : `${inGibibytes(ofWeights.mib)} ${ofWeights.what}`,
    `${inGibibytes(shared.value)} /dev/shm`,
    `${inGibibytes(ofProcesses)} for the processes`,
    ...withParts(memory),
  ];
  return { value: wholeGib(ofWeights.mib + shared.value + ofProcesses + sumOf(memory)), reason: parts.join(', ') };
}

/** The size of an own volume: what it always holds, and the folders in it. */
function volume(base: number, mount: string, what: string, folders: readonly FolderNeed[]): Decided {
  const inside = folders.filter((each) => each.mount === mount && (each.mib ?? 0) > 0);
  const value = base + inside.reduce((total, { mib = 0 }) => total + mib, 0);
  const reasons = [
    `${inGibibytes(base)} for ${what}`,
    ...inside.map((each) => `${inGibibytes(each.mib ?? 0)} ${each.what}`),
  ];
  return { value: wholeGib(value), reason: reasons.join(', ') };
}

/** Whether a folder is on the node's disk, and not in the volume of the weights, which is counted apart. */
const isOnDisk = ({ mount, mib = 0 }: FolderNeed): boolean =>
  mount !== undefined && mount !== PATHS.models && mount !== PATHS.sharedMemory && mib > 0;

function disk(cache: Decided, tmp: Decided, download: Download, folders: readonly FolderNeed[]): Decided {
  const written = folders.filter(isOnDisk);
  const beside = written.filter(({ mount }) => mount !== PATHS.home && mount !== PATHS.tmp);
  const parts = [
    'caches and temporary files',
    ...written.map(({ mib, what }) => `${inGibibytes(mib ?? 0)} ${what}`),
    ...(download.size ? [`${inGibibytes(download.size.value)} for the download`] : []),
  ];
  const inVolumes = beside.reduce((total, { mib = 0 }) => total + mib, 0);
  const value = cache.value + tmp.value + (download.size?.value ?? 0) + wholeGib(inVolumes);
  return { value, reason: parts.join(', ') };
}

/** Decides CPU, memory and disk of one pod. */
export function planResources(input: ResourceInput): ResourcePlan {
  const { settings, host } = input;
  const shared = sharedMemory(input);
  const minimum = minimumMemory(input, shared);
  const guaranteed = settings.guaranteed ?? false;
  const memoryLimit = decide(settings.memoryLimit, 'resources.memoryLimit', () =>
    settings.memory === undefined || (settings.memory < minimum.value && !guaranteed)
      ? minimum
      : { value: settings.memory, reason: 'equal to resources.memory' },
  );
  const memory = decide(settings.memory, 'resources.memory', () => ({
    value: memoryLimit.value,
    reason: 'equal to the limit',
  }));
  const download = planDownload(input);
  const folders = [...host.folders, ...(download.folder ? [download.folder] : [])];
  const cache = volume(RESOURCES.cache, PATHS.home, 'compile caches', folders);
  const tmp = volume(RESOURCES.tmp, PATHS.tmp, 'temporary files', folders);
  const least = disk(cache, tmp, download, folders);
  const leastShared = minimumSharedMemory(input);
  const request = cpu(input);
  const limitIsSet = settings.memoryLimit !== undefined || settings.memory === undefined;
  return {
    cpu: request,
    cpuLimit: settings.cpuLimit ?? (guaranteed ? request.value : undefined),
    threads: threads(input, request),
    guaranteed,
    others: settings.others,
    memory,
    memoryLimit,
    sharedMemory: shared,
    ephemeralStorage: decide(settings.ephemeralStorage, 'resources.ephemeralStorage', () => least),
    cache,
    tmp,
    download: download.size,
    downloadIsOpen: host.downloadIsOpen,
    folders,
    minimums: {
      memory: minimum,
      subject: limitIsSet ? 'resources.memoryLimit' : 'resources.memory',
      // What does not fit into /dev/shm is a mistake of its own.
      memoryAtStart: atStartOf(host.memory) + Math.min(shared.value, leastShared.sharedMemoryAtStart),
      takenAtStart: input.onCpu ? 'weights and KV cache' : 'offloaded blocks',
      ...leastShared,
      disk: least,
    },
  };
}
