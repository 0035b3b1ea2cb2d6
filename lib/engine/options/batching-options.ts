/**
 * Engine options about how requests share a step of the engine.
 */
export interface BatchingOptions {
  /**
   * Tokens that one step may process. A larger batch has more throughput, a smaller one shorter gaps between tokens.
   *
   * @default - vLLM's choice by GPU memory: 16384 from 160 GiB, 8192 from 70 GiB except A100, else 2048; always set on
   *   MIG, where vLLM looks at the whole GPU
   */
  readonly maxNumBatchedTokens?: number;

  /**
   * Sequences in one step, per data-parallel rank.
   *
   * @default - vLLM's choice by GPU memory: 1024 from 70 GiB except A100, else 256; always set on MIG
   */
  readonly maxNumSeqs?: number;

  /**
   * Requests in flight, waiting and running, above which the engine answers 503. Since vLLM 0.29.
   *
   * @default - no limit: requests wait
   */
  readonly maxNumQueuedReqs?: number;

  /**
   * Prompt tokens in prefill above which the engine answers 503: about the desired time to first token in seconds times
   * prefill tokens per second. Since vLLM 0.29.
   *
   * @default - no limit
   */
  readonly maxNumQueuedTokens?: number;

  /**
   * Prompts longer than this many tokens are prefilled in pieces; at most `maxModelLen`, 0 is off.
   *
   * @default 0
   */
  readonly longPrefillTokenThreshold?: number;

  /**
   * Prefill long prompts in pieces between the steps of others.
   *
   * @default - on wherever the model supports it
   */
  readonly enableChunkedPrefill?: boolean;

  /**
   * Order of the queue: `fcfs` (first come, first served) or `priority` (the request's `priority` field, lower first).
   *
   * @default - vLLM's `fcfs`
   */
  readonly schedulingPolicy?: string;

  /**
   * Prepare the next step while the GPU runs the current one.
   *
   * @default - vLLM decides at start
   */
  readonly asyncScheduling?: boolean;

  /**
   * Fraction of the KV cache that stays free when a request is admitted, from 0 to below 1. Fewer preemptions.
   *
   * @default 0
   */
  readonly watermark?: number;

  /**
   * Tokens per chunk of a streamed answer.
   *
   * @default 1
   */
  readonly streamInterval?: number;

  /**
   * What vLLM's own defaults aim at: `balanced`, `interactivity` or `throughput`.
   *
   * @default - vLLM's `balanced`
   */
  readonly performanceMode?: string;

  /**
   * How much vLLM compiles, from 0 (nothing, fastest start) to 3.
   *
   * @default 2
   */
  readonly optimizationLevel?: number;

  /**
   * Run without torch.compile and CUDA graphs: fastest start, slower answers.
   *
   * @default false
   */
  readonly enforceEager?: boolean;

  /**
   * Batch sizes for which CUDA graphs are captured. Fewer start faster.
   *
   * @default - vLLM's list
   */
  readonly cudagraphCaptureSizes?: number[];

  /**
   * Fields of vLLM's `CompilationConfig`.
   *
   * @default - by `optimizationLevel`
   */
  readonly compilationConfig?: { [key: string]: any };
}
