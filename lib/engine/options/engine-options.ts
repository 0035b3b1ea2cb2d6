import type { BatchingOptions } from './batching-options';
import type { DecodingOptions } from './decoding-options';
import type { LoadingOptions } from './loading-options';
import type { MemoryOptions } from './memory-options';
import type { ParallelismOptions } from './parallelism-options';
import type { ServerOptions } from './server-options';

/**
 * The vLLM server's options, under the names of its flags. Each is checked against the pinned version. For a flag
 * without a property here, use `extraArgs` of the stack: it is checked in the same way.
 */
export interface EngineOptions
  extends MemoryOptions, BatchingOptions, ParallelismOptions, LoadingOptions, DecodingOptions, ServerOptions {}
