import type { Decided } from '../defaults/decision';

/** CPU in cores, the rest in MiB. */
export interface DecidedResources {
  readonly cpu: Decided;
  readonly cpuLimit: number | undefined;
  /** True when every container must have limits that equal its requests. */
  readonly guaranteed: boolean;
  readonly memory: Decided;
  readonly memoryLimit: Decided;
  readonly sharedMemory: Decided;
  readonly ephemeralStorage: Decided;
  /** Largest size of a pod's own download; undefined when the weights come from a claim or nothing tells their size. */
  readonly download: Decided | undefined;
}
