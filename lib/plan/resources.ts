import { RESOURCES } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { inGibibytes, MIB_PER_GIB } from '../private/mebibytes';
import type { Decided } from './decision';
import { decide } from './decision';

/** What the user said: cores, and MiB. */
export interface SaidResources {
  readonly cpu?: number;
  readonly cpuLimit?: number;
  readonly memory?: number;
  readonly memoryLimit?: number;
  readonly sharedMemory?: number;
  readonly ephemeralStorage?: number;
}

/** What the resources depend on. */
export interface ResourceInput {
  readonly said: SaidResources;
  readonly devices: number;
  readonly apiServers: number;
  readonly dataParallelSize: number;
  /** MiB; undefined when nothing tells. */
  readonly weights: Decided | undefined;
  /** MiB of weights and KV blocks that stay in host memory. */
  readonly offloaded: number;
  /** True when each pod downloads the weights to a disk of its own. */
  readonly downloads: boolean;
}

/** CPU in cores, the rest in MiB. */
export interface ResourcePlan {
  readonly cpu: Decided;
  readonly cpuLimit: number | undefined;
  readonly memory: Decided;
  readonly memoryLimit: Decided;
  readonly sharedMemory: Decided;
  readonly ephemeralStorage: Decided;
  /** Largest size of a pod's own download; undefined when the weights come from a claim or nothing tells their size. */
  readonly download: Decided | undefined;
  readonly findings: readonly Finding[];
}

const wholeGib = (mib: number): number => Math.ceil(mib / MIB_PER_GIB) * MIB_PER_GIB;

/**
 * Cores that spin, doubled because a Kubernetes CPU is a hyperthread.
 *
 * Source: vLLM docs/configuration/optimization.md, "CPU resources for GPU deployments".
 */
function cpu({ said, apiServers, dataParallelSize, devices }: ResourceInput): Decided {
  const coordinator = dataParallelSize > 1 ? 1 : 0;
  return decide(said.cpu, 'resources.cpu', () => ({
    value: 2 * (apiServers + dataParallelSize + devices + coordinator),
    reason: `two for each process that spins: API servers ${apiServers}, engine cores ${dataParallelSize}, workers ${devices}${coordinator ? ', coordinator 1' : ''}`,
  }));
}

function sharedMemory({ said, devices }: ResourceInput): Decided {
  return decide(said.sharedMemory, 'resources.sharedMemory', () =>
    devices === 1
      ? { value: RESOURCES.sharedMemory, reason: 'one worker process' }
      : {
          value: Math.max(RESOURCES.minSharedMemoryOfWorkers, devices * RESOURCES.sharedMemoryPerGpu),
          reason: `${inGibibytes(RESOURCES.sharedMemoryPerGpu)} for each of ${devices} workers, at least ${inGibibytes(RESOURCES.minSharedMemoryOfWorkers)}`,
        },
  );
}

function memoryFloor({ weights, offloaded }: ResourceInput, shared: Decided): Decided {
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
  const { said, weights, downloads } = input;
  const shared = sharedMemory(input);
  const floor = memoryFloor(input, shared);
  const memoryLimit = decide(said.memoryLimit, 'resources.memoryLimit', () =>
    said.memory === undefined || said.memory < floor.value
      ? floor
      : { value: said.memory, reason: 'as much as resources.memory' },
  );
  const memory = decide(said.memory, 'resources.memory', () => ({ value: memoryLimit.value, reason: 'as the limit' }));
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
  const ephemeralStorage = decide(said.ephemeralStorage, 'resources.ephemeralStorage', () => disk);
  const plan = {
    cpu: cpu(input),
    cpuLimit: said.cpuLimit,
    memory,
    memoryLimit,
    sharedMemory: shared,
    ephemeralStorage,
    download,
  };
  return { ...plan, findings: [...cpuFindings(plan), ...memoryFindings(plan, floor), ...diskFindings(plan, disk)] };
}

type Decisions = Omit<ResourcePlan, 'findings'>;

function cpuFindings({ cpu: request, cpuLimit: limit }: Decisions): Finding[] {
  if (limit === undefined) return [];
  if (limit < request.value) {
    const problem = `is ${limit} cores, less than the request of ${request.value} cores (${request.reason})`;
    return [
      error('cpu-limit-below-request', 'resources.cpuLimit', problem, 'leave the limit out, or lower resources.cpu'),
    ];
  }
  const problem = `is ${limit} cores: the engine core spins, and at its limit it is throttled for the rest of each 100 ms`;
  return [warning('cpu-limit', 'resources.cpuLimit', problem, 'leave it out; the request already reserves the cores')];
}

function memoryFindings({ memory, memoryLimit, sharedMemory: shared }: Decisions, floor: Decided): Finding[] {
  if (memory.value > memoryLimit.value) {
    const problem = `is ${inGibibytes(memory.value)}, more than the limit of ${inGibibytes(memoryLimit.value)}`;
    return [
      error('memory-request-above-limit', 'resources.memory', problem, 'raise resources.memoryLimit or lower it'),
    ];
  }
  if (memoryLimit.value <= shared.value) {
    const problem = `is ${inGibibytes(memoryLimit.value)}, and /dev/shm alone may take ${inGibibytes(shared.value)} of it`;
    return [
      error('memory-limit-below-shm', 'resources.memoryLimit', problem, 'raise it, or lower resources.sharedMemory'),
    ];
  }
  if (memoryLimit.value < floor.value) {
    const problem = `is ${inGibibytes(memoryLimit.value)}, below ${inGibibytes(floor.value)} (${floor.reason}): loading may be OOM-killed`;
    return [warning('memory-limit-low', 'resources.memoryLimit', problem, `raise it to ${inGibibytes(floor.value)}`)];
  }
  return [];
}

function diskFindings({ ephemeralStorage: { value } }: Decisions, floor: Decided): Finding[] {
  if (value >= floor.value) return [];
  const problem = `is ${inGibibytes(value)}, below ${inGibibytes(floor.value)} (${floor.reason}): a node whose disk fills up evicts the pod`;
  const fix = `raise it to ${inGibibytes(floor.value)}`;
  return [warning('ephemeral-storage-low', 'resources.ephemeralStorage', problem, fix)];
}
