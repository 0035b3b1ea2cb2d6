import { RESOURCES } from '../defaults';
import { inGibibytes, MIB_PER_GIB } from '../units/mebibytes';
import type { Decided } from '../defaults/decision';
import { decide } from '../defaults/decision';

/** What the user set: cores, and MiB. */
export interface ResourceSettings {
  readonly cpu?: number;
  readonly cpuLimit?: number;
  readonly memory?: number;
  readonly memoryLimit?: number;
  readonly sharedMemory?: number;
  readonly ephemeralStorage?: number;
  readonly guaranteed?: boolean;
}

/** What the resources depend on. */
export interface ResourceInput {
  readonly settings: ResourceSettings;
  readonly devices: number;
  readonly apiServers: number;
  readonly dataParallelSize: number;
  /** MiB; undefined when unknown. */
  readonly weights: Decided | undefined;
  /** MiB of weights and KV blocks that stay in host memory. */
  readonly offloaded: number;
  /** True when each pod downloads the weights to a disk of its own. */
  readonly downloads: boolean;
}

/** What the pod needs, in MiB. */
interface Minimums {
  readonly memory: Decided;
  /** The property that sets the memory limit. */
  readonly subject: string;
  readonly disk: Decided;
}

/** CPU in cores, the rest in MiB. */
export interface ResourcePlan {
  readonly cpu: Decided;
  readonly cpuLimit: number | undefined;
  /** True when every container must have limits that equal its requests. */
  readonly guaranteed: boolean;
  readonly memory: Decided;
  readonly memoryLimit: Decided;
  readonly sharedMemory: Decided;
  readonly ephemeralStorage: Decided;
  /** Maximum size of a pod's own download; undefined when the weights come from a claim or their size is unknown. */
  readonly download: Decided | undefined;
  /** What the pod needs; memory limit and disk are compared with it. */
  readonly minimums: Minimums;
}

const wholeGib = (mib: number): number => Math.ceil(mib / MIB_PER_GIB) * MIB_PER_GIB;

/**
 * Busy cores, doubled because a Kubernetes CPU is a hyperthread.
 *
 * Source: vLLM docs/configuration/optimization.md, "CPU resources for GPU deployments".
 */
function cpu({ settings, apiServers, dataParallelSize, devices }: ResourceInput): Decided {
  const coordinator = dataParallelSize > 1 ? 1 : 0;
  return decide(settings.cpu, 'resources.cpu', () => ({
    value: 2 * (apiServers + dataParallelSize + devices + coordinator),
    reason: `two for each busy process: API servers ${apiServers}, engine cores ${dataParallelSize}, workers ${devices}${coordinator ? ', coordinator 1' : ''}`,
  }));
}

function sharedMemory({ settings, devices }: ResourceInput): Decided {
  return decide(settings.sharedMemory, 'resources.sharedMemory', () =>
    devices === 1
      ? { value: RESOURCES.sharedMemory, reason: 'one worker process' }
      : {
          value: Math.max(RESOURCES.minSharedMemoryOfWorkers, devices * RESOURCES.sharedMemoryPerGpu),
          reason: `${inGibibytes(RESOURCES.sharedMemoryPerGpu)} for each of ${devices} workers, at least ${inGibibytes(RESOURCES.minSharedMemoryOfWorkers)}`,
        },
  );
}

function minimumMemory({ weights, offloaded }: ResourceInput, shared: Decided): Decided {
  const parts = [
    weights === undefined ? 'weights of unknown size' : `${inGibibytes(weights.value)} weights`,
    `${inGibibytes(shared.value)} /dev/shm`,
    `${inGibibytes(RESOURCES.baseMemory)} for the processes`,
    ...(offloaded > 0 ? [`${inGibibytes(offloaded)} offloaded`] : []),
  ];
  const value = wholeGib((weights?.value ?? 0) + shared.value + RESOURCES.baseMemory + offloaded);
  return { value, reason: parts.join(', ') };
}

/** Decides CPU, memory and disk of one pod. */
export function planResources(input: ResourceInput): ResourcePlan {
  const { settings, weights, downloads } = input;
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
  const download =
    downloads && weights !== undefined
      ? {
          value: wholeGib(weights.value * RESOURCES.downloadFactor),
          reason: `${RESOURCES.downloadFactor} times the weights`,
        }
      : undefined;
  const disk = {
    value: RESOURCES.cache + RESOURCES.tmp + (download?.value ?? 0),
    reason: `caches and temporary files${download ? `, ${inGibibytes(download.value)} for the download` : ''}`,
  };
  const ephemeralStorage = decide(settings.ephemeralStorage, 'resources.ephemeralStorage', () => disk);
  const request = cpu(input);
  const limitIsSet = settings.memoryLimit !== undefined || settings.memory === undefined;
  return {
    cpu: request,
    cpuLimit: settings.cpuLimit ?? (guaranteed ? request.value : undefined),
    guaranteed,
    memory,
    memoryLimit,
    sharedMemory: shared,
    ephemeralStorage,
    download,
    minimums: { memory: minimum, subject: limitIsSet ? 'resources.memoryLimit' : 'resources.memory', disk },
  };
}
