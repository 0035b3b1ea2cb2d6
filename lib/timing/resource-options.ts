import type { Size } from 'cdk8s';

/**
 * CPU, memory and disk of one pod. The property `accelerator` requests the GPUs.
 */
export interface PodResources {
  /**
   * CPU request, in cores.
   *
   * @default - two for each busy process: API servers, data-parallel ranks, GPUs, and the coordinator of several ranks;
   *   6 for one GPU. On CPU 4 for each NUMA node
   */
  readonly cpu?: number;

  /**
   * CPU limit, in cores. The engine core never sleeps, so a limit throttles it.
   *
   * @default - no limit
   */
  readonly cpuLimit?: number;

  /**
   * Memory request.
   *
   * @default - the memory limit, so that a busy node cannot evict a loaded model
   */
  readonly memory?: Size;

  /**
   * Memory limit: above it, the pod is killed. `/dev/shm` counts too.
   *
   * @default - weights, shared memory, 8 GiB, and what options take: offloading, LMCache, the multimodal cache, further
   *   API servers and engine cores. On CPU also the KV cache and the loaded weights, with 5 GiB instead of 8
   */
  readonly memoryLimit?: Size;

  /**
   * Shared memory of the worker processes, mounted at `/dev/shm`. Counts as memory of the pod.
   *
   * @default - 2 GiB for one GPU, 1 GiB on CPU; 2 GiB per GPU and at least 8 GiB for several; and what options keep in it:
   *   offloaded KV blocks since vLLM 0.27, the multimodal cache if it is set so
   */
  readonly sharedMemory?: Size;

  /**
   * Request of ephemeral storage, for caches, temporary files and a download.
   *
   * @default - 14 GiB, 1.25 times the weights if each pod downloads them, and what caches may write to own volumes
   */
  readonly ephemeralStorage?: Size;

  /**
   * Quality of service class Guaranteed: limits equal requests, and CPU is in whole cores. If the kubelet's CPU manager
   * has the policy `static`, the pod gets exclusive cores. If the topology manager has a policy too, these cores and
   * the GPUs are on one NUMA node. Without the `static` policy, the CPU limit only throttles the engine.
   *
   * This holds for each container: those of `podTemplateOverrides` need equal requests and limits too.
   *
   * @default false
   */
  readonly guaranteed?: boolean;

  /**
   * Extended resources besides the accelerator and `rdma`, each with a whole number of at least 1: what a device plugin of
   * the cluster offers, for example `{ 'github.com/fuse': 1 }`.
   *
   * @default - none
   */
  readonly extended?: { [name: string]: number };

  /**
   * Huge pages of 2 MiB, a multiple of it. They are not part of `memory`, and the nodes must have reserved them.
   *
   * @default - none
   */
  readonly hugePages2Mi?: Size;

  /**
   * Huge pages of 1 GiB, a multiple of it. They are not part of `memory`, and the nodes must have reserved them.
   *
   * @default - none
   */
  readonly hugePages1Gi?: Size;
}
