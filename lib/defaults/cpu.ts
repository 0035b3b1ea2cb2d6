const GIB = 1024;

/** What a stack without a GPU gets where the user set nothing. Sizes in MiB. */
export const CPU = {
  /** KV cache of one rank: vLLM's own default on CPU in its releases until 0.11. */
  kvCacheSpace: 4 * GIB,
  /** Cores of one rank: enough for a first answer of a small model, and few enough for a laptop. */
  cores: 4,
  /**
   * API server, engine core and one worker had 0.95, 0.9 and 2 GB with vLLM 0.32 and a tiny model; the rest is for the C++
   * compiler, which the first start runs.
   */
  processes: 5 * GIB,
  /** Each further worker. */
  worker: 2 * GIB,
  /** The queues of a worker take 400 MiB; what options keep in it is counted apart. */
  sharedMemory: GIB,
  /**
   * Before it answers, the engine computes one whole batch, of 2048 tokens. A planning figure: two operations for each
   * parameter and token, at 75 GFLOPS, as four older cores have.
   */
  warmUpPerGib: 30,
  /** Batch of one rank (vllm/engine/arg_utils.py, get_batch_defaults; the same in 0.11 to 0.33). */
  batchedTokens: 2048,
  sequences: 128,
  /** Tokens of a block of the KV cache (vllm/platforms/cpu.py). */
  blockSize: 128,
  /** Block sizes that the kernels want to be a multiple of this (vllm/platforms/cpu.py). */
  blockStep: 32,
} as const;
