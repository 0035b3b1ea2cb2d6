import type { Decided } from '../defaults/decision';
import type { FolderNeed, HostNeeds } from './host-needs';

/** What the user set: cores, and MiB. */
export interface ResourceSettings {
  readonly cpu?: number;
  readonly cpuLimit?: number;
  readonly memory?: number;
  readonly memoryLimit?: number;
  readonly sharedMemory?: number;
  readonly ephemeralStorage?: number;
  readonly guaranteed?: boolean;
  readonly others: ResourcePlan['others'];
}

/** What the resources depend on. */
export interface ResourceInput {
  readonly settings: ResourceSettings;
  readonly devices: number;
  /** True without devices: workers compute on cores. */
  readonly onCpu: boolean;
  readonly apiServers: number;
  readonly dataParallelSize: number;
  /** MiB; undefined when unknown. */
  readonly weights: Decided | undefined;
  /** What the features of the engine take. */
  readonly host: HostNeeds;
  /** Whether vLLM refuses to start without the space in `/dev/shm` that it creates. */
  readonly checksSharedMemory: boolean;
  /** True when each pod downloads the weights to a disk of its own. */
  readonly downloads: boolean;
}

/** What the pod needs, in MiB. */
export interface Minimums {
  readonly memory: Decided;
  /** The property that sets the memory limit. */
  readonly subject: string;
  /** What the engine takes of it when it starts: below, it never runs. */
  readonly memoryAtStart: number;
  /** What takes it. */
  readonly takenAtStart: string;
  readonly sharedMemory: Decided;
  readonly sharedMemoryAtStart: number;
  readonly disk: Decided;
}

/** CPU in cores, the rest in MiB. */
export interface ResourcePlan {
  readonly cpu: Decided;
  readonly cpuLimit: number | undefined;
  /** Threads that compute, on CPU. */
  readonly threads: Decided | undefined;
  /** True when every container must have limits that equal its requests. */
  readonly guaranteed: boolean;
  readonly memory: Decided;
  readonly memoryLimit: Decided;
  readonly sharedMemory: Decided;
  readonly ephemeralStorage: Decided;
  /** Resources besides those that every pod has, as Kubernetes names them: whole numbers and quantities. */
  readonly others: Readonly<Record<string, number | string>>;
  /** Sizes of the volumes for caches and for temporary files. */
  readonly cache: Decided;
  readonly tmp: Decided;
  /** Size of a pod's own download; undefined when it goes to a claim or its size is unknown. */
  readonly download: Decided | undefined;
  /** True when the download may be larger: its volume then has no limit. */
  readonly downloadIsOpen: boolean;
  /** Folders that the engine writes to. */
  readonly folders: readonly FolderNeed[];
  /** What the pod needs; memory limit and disk are compared with it. */
  readonly minimums: Minimums;
}
