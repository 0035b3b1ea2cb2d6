import type { Size } from 'cdk8s';

/**
 * CPU, memory and disk of one pod. The accelerator is requested by itself.
 */
export interface PodResources {
  /**
   * CPU that the scheduler sets aside, in cores.
   *
   * @default - two for each process that spins: API servers, data-parallel ranks, GPUs, and the coordinator of several
   *   ranks; 6 for one GPU
   */
  readonly cpu?: number;

  /**
   * CPU that the pod may use at most, in cores. The engine core spins, so a limit throttles it.
   *
   * @default - no limit
   */
  readonly cpuLimit?: number;

  /**
   * Memory that the scheduler sets aside.
   *
   * @default - the memory limit, so that a busy node cannot evict a loaded model
   */
  readonly memory?: Size;

  /**
   * Memory above which the pod is killed. Contains `/dev/shm`.
   *
   * @default - weights, shared memory, what is offloaded to the host, and 8 GiB
   */
  readonly memoryLimit?: Size;

  /**
   * Shared memory of the worker processes, mounted at `/dev/shm`. Counts as memory of the pod.
   *
   * @default - 2 GiB for one GPU; 2 GiB per GPU and at least 8 GiB for several
   */
  readonly sharedMemory?: Size;

  /**
   * Disk that the scheduler sets aside for caches, temporary files and a download.
   *
   * @default - 14 GiB, and 1.25 times the weights when each pod downloads for itself
   */
  readonly ephemeralStorage?: Size;

  /**
   * Quality of service class Guaranteed: limits equal requests, and CPU comes in whole cores. Where the kubelet's CPU
   * manager has the policy `static`, the pod then gets cores of its own; where its topology manager has one too, those
   * cores and the GPUs are of one NUMA node. Without the policy the CPU limit only throttles the engine.
   *
   * Each container counts: those of `podTemplateOverrides` need equal requests and limits too.
   *
   * @default false
   */
  readonly guaranteed?: boolean;
}
