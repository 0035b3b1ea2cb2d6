import type { BatchingOptions } from './batching-options';
import type { DecodingOptions } from './decoding-options';
import type { LoadingOptions } from './loading-options';
import type { MemoryOptions } from './memory-options';
import type { ParallelismOptions } from './parallelism-options';
import type { ServerOptions } from './server-options';

/**
 * The vLLM server's options, under the names of its flags. Each is checked against the pinned version; what has no
 * property here goes into `extraArgs` of the stack and is checked just the same.
 */
export interface EngineOptions
  extends MemoryOptions, BatchingOptions, ParallelismOptions, LoadingOptions, DecodingOptions, ServerOptions {}
