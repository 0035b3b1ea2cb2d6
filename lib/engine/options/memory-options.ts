import type { Size } from 'cdk8s';

/**
 * Engine options about GPU memory and the KV cache.
 */
export interface MemoryOptions {
  /**
   * Longest context, prompt and answer together, in tokens.
   *
   * @default - the model's own limit; vLLM fails to start when its KV cache does not fit
   */
  readonly maxModelLen?: number;

  /**
   * Share of the GPU's memory for this engine, above 0. The maximum is 0.99 on a large GPU and less on a small one: CUDA
   * and NCCL use memory before vLLM compares this share with what is free.
   *
   * @default 0.9, also where vLLM's own default changed to 0.92; on a shared GPU, 0.9 divided by the number of sharers
   */
  readonly gpuMemoryUtilization?: number;

  /**
   * Number format of the KV cache, for example `fp8`, which halves it.
   *
   * @default - vLLM's `auto`: that of the model
   */
  readonly kvCacheDtype?: string;

  /**
   * KV cache per GPU. Replaces `gpuMemoryUtilization`, except that a shared GPU must have that share free. vLLM then skips
   * its memory profiling, so the value fits only one kind of GPU.
   *
   * @default - what `gpuMemoryUtilization` leaves after the weights
   */
  readonly kvCacheMemory?: Size;

  /**
   * Tokens in one block of the KV cache.
   *
   * @default - vLLM's choice, 16 for most attention backends
   */
  readonly blockSize?: number;

  /**
   * Reuse the KV cache of prompts with the same beginning.
   *
   * @default - on wherever the model supports it
   */
  readonly enablePrefixCaching?: boolean;

  /**
   * Hash of the prefix cache: `sha256`, `sha256_cbor`, `xxhash` or `xxhash_cbor`. The `_cbor` ones give the same hash in
   * every process, which routers need.
   *
   * @default - vLLM's choice
   */
  readonly prefixCachingHashAlgo?: string;

  /**
   * Host memory for KV blocks of one data-parallel rank, over all its GPUs. The library adds it, times the ranks, to the
   * pod's memory.
   *
   * @default - none
   */
  readonly kvOffloadingSize?: Size;

  /**
   * What moves the KV blocks: `native` or `lmcache`. Read only with `kvOffloadingSize`.
   *
   * @default - vLLM's `native`
   */
  readonly kvOffloadingBackend?: string;

  /**
   * Weights per GPU that stay in host memory. The library adds it, times the GPUs, to the pod's memory.
   *
   * @default - none
   */
  readonly cpuOffload?: Size;
}
