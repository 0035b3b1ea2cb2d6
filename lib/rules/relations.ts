import { above, filled, given, is, not, off, on } from './condition';
import { hasEngram, hasStateLayers, isMixture, isMultimodal, isQwen4Exp } from './model-kinds';
import type { Relation } from './relation-row';

/** Backends that make the whole replica run in Ray, or in a class of the user's. */
const RAY = [is('distributedExecutorBackend', 'ray'), is('dataParallelBackend', 'ray')];

/** vllm/config/structured_outputs.py. */
const STRUCTURED_OUTPUTS: readonly Relation[] = [
  {
    in: '0.11..',
    when: on('structuredOutputsConfig.disable_any_whitespace'),
    needs: [is('structuredOutputsConfig.backend', 'xgrammar', 'guidance')],
  },
  {
    in: '0.11..',
    when: on('structuredOutputsConfig.disable_additional_properties'),
    needs: [is('structuredOutputsConfig.backend', 'guidance')],
  },
];

const IS_TORCH = is('profilerConfig.profiler', 'torch');
const TORCH = [IS_TORCH];
const IS_PROTON = is('profilerConfig.profiler', 'proton');
const PROTON = [IS_PROTON];
const TREE = not('profilerConfig.proton_data', 'tree');

/** vllm/config/profiler.py, and _validate_profiler_config of vllm/config/vllm.py. */
const PROFILER: readonly Relation[] = [
  { in: '0.25..', when: IS_TORCH, needs: [given('profilerConfig.torch_profiler_dir')] },
  { in: '0.13..', when: given('profilerConfig.torch_profiler_dir'), needs: TORCH },
  { in: '0.26..', when: on('profilerConfig.capture_torch_profiler'), needs: TORCH },
  { in: '0.31..', when: given('profilerConfig.torch_profiler_activities'), needs: TORCH },
  { in: '0.28..', when: IS_PROTON, needs: [given('profilerConfig.proton_profiler_dir')] },
  { in: '0.28..', when: given('profilerConfig.proton_profiler_dir'), needs: PROTON },
  { in: '0.28..', when: not('profilerConfig.proton_context', 'shadow'), needs: PROTON },
  { in: '0.28..', when: TREE, needs: PROTON },
  { in: '0.28..', when: given('profilerConfig.proton_backend'), needs: PROTON },
  { in: '0.28..', when: given('profilerConfig.proton_mode'), needs: PROTON },
  { in: '0.28..', when: given('profilerConfig.proton_hook'), needs: PROTON },
  { in: '0.28..', when: given('profilerConfig.proton_output_format'), needs: PROTON },
  { in: '0.30..', when: on('profilerConfig.proton_graph_attribution'), needs: PROTON },
  { in: '0.30..', when: on('profilerConfig.proton_graph_attribution'), and: PROTON, without: [TREE] },
  {
    in: '0.28..',
    when: is('profilerConfig.proton_output_format', 'chrome_trace'),
    and: PROTON,
    needs: [is('profilerConfig.proton_data', 'trace')],
  },
  {
    in: '0.28..',
    when: is('profilerConfig.proton_output_format', 'hatchet', 'hatchet_msgpack'),
    and: PROTON,
    without: [TREE],
  },
  {
    in: '0.30..',
    when: IS_PROTON,
    and: [given('profilerConfig.proton_profiler_dir')],
    needs: [
      on('enforceEager'),
      on('profilerConfig.proton_graph_attribution'),
      is('compilationConfig.cudagraph_mode', 'NONE', 0),
      is('optimizationLevel', 0),
    ],
  },
];

/** vllm/config/model.py and _verify_sampling_replay_config of vllm/config/vllm.py. */
const SAMPLING: readonly Relation[] = [
  { in: '0.28..', when: on('returnSamplingMask'), needs: [is('logprobsMode', 'processed_logprobs')] },
  {
    in: '0.28..',
    when: on('returnSamplingMask'),
    without: [filled('logitsProcessors'), on('speculativeConfig.enable_adaptive_verification')],
  },
  {
    in: '0.29..',
    when: on('enableBatchShardedSampling'),
    needs: [above('tensorParallelSize', 1)],
  },
  {
    in: '0.29..',
    when: on('enableBatchShardedSampling'),
    without: [is('maxLogprobs', -1), on('returnSamplingMask'), on('speculativeConfig.enable_adaptive_verification')],
  },
  {
    in: '0.25..',
    when: given('poolerConfig.pooling_type'),
    without: [given('poolerConfig.seq_pooling_type'), given('poolerConfig.tok_pooling_type')],
  },
];

/** vllm/config/parallel.py, and create_engine_config of vllm/engine/arg_utils.py. */
const PARALLEL: readonly Relation[] = [
  { in: '..', when: on('rayWorkersUseNsight'), needs: RAY },
  { in: '0.20..', when: given('numaBindNodes'), needs: [on('numaBind')] },
  { in: '0.20..', when: given('numaBindCpus'), needs: [on('numaBind')] },
  { in: '0.11..', when: not('eplbConfig.num_redundant_experts', 0), needs: [on('enableEplb')] },
  {
    in: '0.25..',
    when: is('eplbConfig.communicator', 'torch_nccl', 'pynccl'),
    needs: [off('eplbConfig.use_async')],
  },
  {
    in: '0.31..',
    when: is('all2allBackend', 'moonep'),
    without: [on('enableEplb'), not('expertPlacementStrategy', 'linear')],
  },
  {
    in: '0.27..',
    when: on('enableFaultTolerance'),
    needs: [on('dataParallelExternalLb'), given('dataParallelRank')],
  },
  { in: '0.27..', when: on('enableFaultTolerance'), without: [above('apiServerCount', 1)] },
  { in: '0.17..', when: on('enableElasticEp'), needs: [on('enableEplb')] },
  {
    in: '0.17..',
    when: on('enableElasticEp'),
    without: [above('pipelineParallelSize', 1), on('dataParallelExternalLb'), on('dataParallelHybridLb')],
  },
  {
    in: '0.32..',
    when: on('enableHcSp'),
    and: [above('tensorParallelSize', 1)],
    model: isQwen4Exp,
    without: [above('pipelineParallelSize', 1)],
  },
  {
    in: '0.15..',
    when: on('dataParallelHybridLb'),
    without: [on('dataParallelExternalLb'), on('dataParallelMultiPortExternalLb')],
  },
  {
    in: '0.22..',
    when: on('dataParallelMultiPortExternalLb'),
    without: [on('dataParallelExternalLb'), given('uds'), above('apiServerCount', 1)],
  },
  {
    in: '0.22..',
    when: on('dataParallelMultiPortExternalLb'),
    model: isMixture,
    needs: [above('dataParallelSize', 1)],
  },
  {
    in: '0.22..',
    when: on('dataParallelMultiPortExternalLb'),
    model: isMixture,
    and: [above('dataParallelSize', 1)],
    needs: [above('dataParallelSizeLocal', 1)],
  },
  { in: '0.25..', when: on('dataParallelHybridLb'), needs: [given('dataParallelSizeLocal')] },
  {
    in: '0.25..',
    when: on('dataParallelHybridLb'),
    and: [is('dataParallelSizeLocal', 1)],
    needs: [above('dataParallelSize', 1)],
  },
  {
    in: '0.25..',
    when: is('distributedExecutorBackend', 'uni'),
    without: [above('pipelineParallelSize', 1)],
  },
  {
    in: '0.25..',
    when: above('env.VLLM_DP_SIZE', 1),
    model: (shape) => !isMixture(shape),
    needs: [above('dataParallelSize', 1)],
  },
  {
    in: '0.32..',
    when: is('moeBackend', 'flashinfer_moe_ep_cutedsl', 'flashinfer_moe_ep_mega_deep_gemm'),
    without: [not('all2allBackend', 'allgather_reducescatter')],
  },
];

/** vllm/config/compilation.py, attention.py and kernel.py, and create_engine_config of vllm/engine/arg_utils.py. */
const KERNELS: readonly Relation[] = [
  { in: '0.13..', when: given('attentionBackend'), without: [given('attentionConfig.backend')] },
  {
    in: '0.16..',
    when: given('enableFlashinferAutotune'),
    without: [given('kernelConfig.enable_flashinfer_autotune')],
  },
  {
    in: '0.12..',
    when: given('compilationConfig.cudagraph_capture_sizes'),
    without: [given('cudagraphCaptureSizes')],
  },
  {
    in: '0.12..',
    when: given('compilationConfig.max_cudagraph_capture_size'),
    without: [given('maxCudagraphCaptureSize')],
  },
  {
    in: '0.25..',
    when: not('compilationConfig.backend', 'eager', 'inductor'),
    without: [is('compilationConfig.mode', 3, 'VLLM_COMPILE')],
  },
];

/** vllm/config/mamba.py, and the validators of vllm/config/vllm.py. */
const MAMBA: readonly Relation[] = [
  { in: '0.25..', when: given('mambaBlockSize'), without: [off('enablePrefixCaching')] },
  { in: '0.27..', when: given('mambaSsuAlgorithm'), needs: [is('mambaBackend', 'flashinfer')] },
  {
    in: '0.20..',
    when: on('enableMambaCacheStochasticRounding'),
    needs: [is('mambaSsmCacheDtype', 'float16')],
  },
  {
    in: '0.27..',
    when: on('useReplayssm'),
    without: [given('kvTransferConfig.kv_connector'), given('kvOffloadingSize')],
  },
  { in: '0.25..', when: is('mambaCacheMode', 'align'), model: hasStateLayers, without: [on('disableChunkedMmInput')] },
  // Prefix caching is on by default, and aligns states with blocks (vllm/model_executor/models/config.py).
  { in: '0.32..', when: off('enableChunkedPrefill'), model: hasStateLayers, needs: [off('enablePrefixCaching')] },
];

/** vllm/config/multimodal.py and model.py: only models that read images, audio or video have this configuration. */
const MULTIMODAL: readonly Relation[] = [
  {
    in: '0.25..',
    when: not('mmShmCacheMaxObjectSizeMb', 128),
    model: isMultimodal,
    needs: [is('mmProcessorCacheType', 'shm')],
  },
  {
    in: '0.25..',
    when: given('mmEncoderFp8ScalePath'),
    model: isMultimodal,
    needs: [is('mmEncoderAttnDtype', 'fp8')],
  },
  {
    in: '0.25..',
    when: given('mmEncoderFp8ScaleSavePath'),
    model: isMultimodal,
    needs: [is('mmEncoderAttnDtype', 'fp8')],
  },
  {
    in: '0.25..',
    when: given('mmEncoderFp8ScaleSavePath'),
    model: isMultimodal,
    without: [given('mmEncoderFp8ScalePath')],
  },
  {
    in: '0.25..',
    when: is('mmTensorIpc', 'torch_shm'),
    model: isMultimodal,
    needs: [is('env.VLLM_WORKER_MULTIPROC_METHOD', 'spawn')],
  },
  {
    in: '0.25..',
    when: is('mmTensorIpc', 'torch_shm'),
    model: isMultimodal,
    without: [above('tensorParallelSize', 1), above('pipelineParallelSize', 1), above('dataParallelSize', 1)],
  },
  {
    in: '0.25..',
    when: on('languageModelOnly'),
    model: isMultimodal,
    without: [on('compilationConfig.cudagraph_mm_encoder')],
  },
];

/** vllm/config/ec_manager_config.py, engram.py and offload.py. */
const CACHES: readonly Relation[] = [
  {
    in: '0.28..',
    when: filled('ecManagerConfig.manager_config'),
    needs: [given('ecManagerConfig.encoder_cache_manager_cls')],
  },
  {
    in: '0.30..',
    when: on('engramConfig.dp_shared_memory'),
    model: hasEngram,
    without: [off('engramConfig.cpu_offload'), on('enableElasticEp')],
  },
  {
    in: '0.30..',
    when: on('engramConfig.dp_shared_memory'),
    model: hasEngram,
    needs: [above('dataParallelSize', 1)],
  },
  {
    in: '0.31..',
    when: on('engramConfig.use_thp'),
    model: hasEngram,
    without: [off('engramConfig.cpu_offload'), on('engramConfig.dp_shared_memory')],
  },
];

/** vllm/entrypoints/launchers/cli_args.py and vllm/logger.py. */
const SERVER: readonly Relation[] = [
  {
    in: '0.31..',
    when: given('loggingConfig.pylogging_config_file'),
    without: [off('loggingConfig.configure_logging')],
  },
  { in: '0.25..', when: on('enablePerRequestMetrics'), without: [on('disableLogStats')] },
  { in: '0.32..', when: given('grpcPort'), needs: [on('env.VLLM_USE_RUST_FRONTEND')] },
  { in: '0.32..', when: given('grpcPort'), without: [on('dataParallelMultiPortExternalLb')] },
];

/** Every relation between two options or keys that a table can hold; one that needs a calculation is a check of its own. */
export const RELATIONS: readonly Relation[] = [
  ...STRUCTURED_OUTPUTS,
  ...PROFILER,
  ...SAMPLING,
  ...PARALLEL,
  ...KERNELS,
  ...MAMBA,
  ...MULTIMODAL,
  ...CACHES,
  ...SERVER,
];
