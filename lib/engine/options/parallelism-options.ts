/**
 * Engine options about how one replica spreads over its GPUs.
 */
export interface ParallelismOptions {
  /**
   * GPUs that share each layer. The model's attention heads must divide by it.
   *
   * @default - all GPUs of the accelerator that the other kinds of parallelism leave
   */
  readonly tensorParallelSize?: number;

  /**
   * Stages of layers, one after another.
   *
   * @default 1
   */
  readonly pipelineParallelSize?: number;

  /**
   * Copies of the attention layers behind one endpoint, for mixtures of experts. A dense model scales with replicas.
   *
   * @default 1
   */
  readonly dataParallelSize?: number;

  /**
   * GPUs that share one long prompt. Excludes data parallelism.
   *
   * @default 1
   */
  readonly prefillContextParallelSize?: number;

  /**
   * Parts of the KV cache inside the tensor-parallel group. Adds no GPUs.
   *
   * @default 1
   */
  readonly decodeContextParallelSize?: number;

  /**
   * Place whole experts on GPUs instead of slices of each. Mixtures of experts only.
   *
   * @default false
   */
  readonly enableExpertParallel?: boolean;

  /**
   * Move busy experts to balance the load. Needs `enableExpertParallel` and more than one GPU.
   *
   * @default false
   */
  readonly enableEplb?: boolean;

  /**
   * Fields of vLLM's `EPLBConfig`.
   *
   * @default - vLLM's own
   */
  readonly eplbConfig?: { [key: string]: any };

  /**
   * How experts exchange tokens, for example `deepep_low_latency`.
   *
   * @default - vLLM's `allgather_reducescatter`
   */
  readonly all2allBackend?: string;

  /**
   * What starts the workers: `mp`, `ray`, `uni` or `external_launcher`. Ray is not in the CUDA image.
   *
   * @default - vLLM decides, never `ray`
   */
  readonly distributedExecutorBackend?: string;

  /**
   * HTTP server processes in front of the engine. With more than one, the engine cannot drain running streams:
   * the pod then waits for them before it stops.
   *
   * @default 1; with data parallelism vLLM starts one per rank
   */
  readonly apiServerCount?: number;
}
