import type { Size } from 'cdk8s';

/**
 * Architecture of a CPU, as Kubernetes names it in `kubernetes.io/arch`.
 */
export enum CpuArchitecture {
  /** Intel and AMD. vLLM is fast with AVX-512; with AVX2 alone it lacks some features. */
  AMD64 = 'amd64',
  /** Arm: AWS Graviton, Google Axion, Azure Cobalt, a kind cluster on an Apple computer. */
  ARM64 = 'arm64',
}

/**
 * Options of a stack without a GPU.
 */
export interface CpuOptions {
  /**
   * Architecture of the nodes: pods then run on these only.
   *
   * @default - any: the image has both
   */
  readonly architecture?: CpuArchitecture;

  /**
   * Memory of the KV cache for each NUMA node, in whole GiB, at least 1. It is added to the memory of the pod.
   *
   * @default - 4 GiB, or `engine.kvCacheMemory`
   */
  readonly kvCacheSpace?: Size;

  /**
   * NUMA nodes that one replica uses, from 1 to 8. Tensor parallelism has a rank on each, unless the engine options set
   * something else. With several, the pods need machines of their own with as many NUMA nodes, since vLLM binds its threads
   * to all of their cores.
   *
   * @default 1
   */
  readonly numaNodes?: number;
}
