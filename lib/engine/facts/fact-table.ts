import type { FlagName } from '../catalogue/flag-name';
import { readNumber } from '../command-line/read-number';
import type { Fact } from './fact';
import type { SetFlag } from './set-flags';

/** How one fact is read. */
export interface FactRow<Value> {
  readonly flag: FlagName;
  readonly read: (set: SetFlag) => Value | undefined;
}

/** A number, its suffix resolved: `8k` is 8000. */
const number = (flag: FlagName): FactRow<number> => ({ flag, read: (set) => readNumber(set.text) });
const text = (flag: FlagName): FactRow<string> => ({ flag, read: (set) => set.text });
const words = (flag: FlagName): FactRow<readonly string[]> => ({ flag, read: (set) => set.values });
/** A switch: an unset one is neither on nor off. */
const onOff = (flag: FlagName): FactRow<boolean> => ({ flag, read: (set) => !set.opposite });
const json = (flag: FlagName): FactRow<Readonly<Record<string, unknown>>> => ({ flag, read: (set) => set.object });

/** Every fact that a decision reads, by topic. A row that is added here is in `EngineFacts`. */
export const FACTS = {
  tensorParallelSize: number('--tensor-parallel-size'),
  pipelineParallelSize: number('--pipeline-parallel-size'),
  dataParallelSize: number('--data-parallel-size'),
  dataParallelSizeLocal: number('--data-parallel-size-local'),
  dataParallelRank: number('--data-parallel-rank'),
  dataParallelExternalLb: onOff('--data-parallel-external-lb'),
  dataParallelMultiPortExternalLb: onOff('--data-parallel-multi-port-external-lb'),
  dataParallelHybridLb: onOff('--data-parallel-hybrid-lb'),
  prefillContextParallelSize: number('--prefill-context-parallel-size'),
  decodeContextParallelSize: number('--decode-context-parallel-size'),
  enableExpertParallel: onOff('--enable-expert-parallel'),
  enableEplb: onOff('--enable-eplb'),
  eplbConfig: json('--eplb-config'),
  numRedundantExperts: number('--num-redundant-experts'),
  mmEncoderTpMode: text('--mm-encoder-tp-mode'),
  enableMultimodalEncoderDataParallel: onOff('--enable-multimodal-encoder-data-parallel'),
  apiServerCount: number('--api-server-count'),

  maxModelLen: number('--max-model-len'),
  maxNumSeqs: number('--max-num-seqs'),
  maxNumBatchedTokens: number('--max-num-batched-tokens'),
  maxNumActiveSeqs: number('--max-num-active-seqs'),
  maxNumPartialPrefills: number('--max-num-partial-prefills'),
  maxLongPartialPrefills: number('--max-long-partial-prefills'),
  longPrefillTokenThreshold: number('--long-prefill-token-threshold'),
  enableChunkedPrefill: onOff('--enable-chunked-prefill'),
  performanceMode: text('--performance-mode'),
  optimizationLevel: number('--optimization-level'),
  asyncScheduling: onOff('--async-scheduling'),
  enforceEager: onOff('--enforce-eager'),

  gpuMemoryUtilization: number('--gpu-memory-utilization'),
  kvCacheDtype: text('--kv-cache-dtype'),
  kvCacheDtypeSkipLayers: words('--kv-cache-dtype-skip-layers'),
  blockSize: number('--block-size'),
  cpKvCacheInterleaveSize: number('--cp-kv-cache-interleave-size'),
  kvCacheMemoryBytes: number('--kv-cache-memory-bytes'),
  enablePrefixCaching: onOff('--enable-prefix-caching'),
  disableSlidingWindow: onOff('--disable-sliding-window'),
  disableHybridKvCacheManager: onOff('--disable-hybrid-kv-cache-manager'),
  mambaCacheDtype: text('--mamba-cache-dtype'),
  mambaSsmCacheDtype: text('--mamba-ssm-cache-dtype'),
  numGpuBlocksOverride: number('--num-gpu-blocks-override'),
  cpuOffloadGb: number('--cpu-offload-gb'),
  kvOffloadingSize: number('--kv-offloading-size'),
  kvOffloadingBackend: text('--kv-offloading-backend'),
  offloadBackend: text('--offload-backend'),
  offloadGroupSize: number('--offload-group-size'),
  offloadNumInGroup: number('--offload-num-in-group'),
  enableSleepMode: onOff('--enable-sleep-mode'),
  kvTransferConfig: json('--kv-transfer-config'),

  attentionBackend: text('--attention-backend'),
  attentionConfig: json('--attention-config'),

  task: text('--task'),
  runner: text('--runner'),
  convert: text('--convert'),

  loadFormat: text('--load-format'),
  modelLoaderExtraConfig: json('--model-loader-extra-config'),
  hfConfigPath: text('--hf-config-path'),
  generationConfig: text('--generation-config'),

  languageModelOnly: onOff('--language-model-only'),
  limitMmPerPrompt: json('--limit-mm-per-prompt'),
  mmProcessorCacheGb: number('--mm-processor-cache-gb'),
  mmProcessorCacheType: text('--mm-processor-cache-type'),
  disableMmPreprocessorCache: onOff('--disable-mm-preprocessor-cache'),

  dtype: text('--dtype'),
  quantization: text('--quantization'),
  quantizationConfig: json('--quantization-config'),
  allowDeprecatedQuantization: onOff('--allow-deprecated-quantization'),
  tokenizer: text('--tokenizer'),
  tokenizerMode: text('--tokenizer-mode'),
  revision: text('--revision'),
  codeRevision: text('--code-revision'),
  trustRemoteCode: onOff('--trust-remote-code'),
  hfOverrides: json('--hf-overrides'),
  ropeScaling: json('--rope-scaling'),

  enableLora: onOff('--enable-lora'),
  loraModules: words('--lora-modules'),
  maxLoras: number('--max-loras'),
  maxCpuLoras: number('--max-cpu-loras'),
  maxLoraRank: number('--max-lora-rank'),

  speculativeConfig: json('--speculative-config'),
  specMethod: text('--spec-method'),
  specModel: text('--spec-model'),
  specTokens: number('--spec-tokens'),

  sslCertfile: text('--ssl-certfile'),
  sslKeyfile: text('--ssl-keyfile'),
  sslCertReqs: number('--ssl-cert-reqs'),
  sslCaCerts: text('--ssl-ca-certs'),
  middleware: words('--middleware'),
  chatTemplate: text('--chat-template'),
  allowedLocalMediaPath: text('--allowed-local-media-path'),
  enableAutoToolChoice: onOff('--enable-auto-tool-choice'),
  toolCallParser: text('--tool-call-parser'),
  toolParserPlugin: text('--tool-parser-plugin'),
  reasoningParser: text('--reasoning-parser'),
  reasoningParserPlugin: text('--reasoning-parser-plugin'),
  enableLogRequests: onOff('--enable-log-requests'),
  enableLogOutputs: onOff('--enable-log-outputs'),

  disableLogStats: onOff('--disable-log-stats'),
  customHistogramBuckets: json('--custom-histogram-buckets'),
  otlpTracesEndpoint: text('--otlp-traces-endpoint'),
  collectDetailedTraces: text('--collect-detailed-traces'),
  enablePerRequestMetrics: onOff('--enable-per-request-metrics'),
  perRequestSpecDecodeMetrics: text('--per-request-spec-decode-metrics'),
  profilerConfig: json('--profiler-config'),

  structuredOutputsConfig: json('--structured-outputs-config'),
  returnSamplingMask: onOff('--return-sampling-mask'),
  enableTraceReplay: onOff('--enable-trace-replay'),
  logprobsMode: text('--logprobs-mode'),
  maxLogprobs: number('--max-logprobs'),
  logitsProcessors: words('--logits-processors'),
  watermarkConfig: json('--watermark-config'),
  poolerConfig: json('--pooler-config'),
  loggingConfig: json('--logging-config'),
  logConfigFile: text('--log-config-file'),
  watchdogConfig: json('--watchdog-config'),

  schedulerReserveFullIsl: onOff('--scheduler-reserve-full-isl'),
  disableChunkedMmInput: onOff('--disable-chunked-mm-input'),
  rendererNumWorkers: number('--renderer-num-workers'),
  compilationConfig: json('--compilation-config'),
  cudagraphCaptureSizes: words('--cudagraph-capture-sizes'),
  maxCudagraphCaptureSize: number('--max-cudagraph-capture-size'),

  kernelConfig: json('--kernel-config'),
  irOpPriority: json('--ir-op-priority'),
  enableFlashinferAutotune: onOff('--enable-flashinfer-autotune'),
  kdaPrefillBackend: text('--kda-prefill-backend'),
  engramConfig: json('--engram-config'),

  mambaBackend: text('--mamba-backend'),
  mambaSsuAlgorithm: text('--mamba-ssu-algorithm'),
  mambaBlockSize: number('--mamba-block-size'),
  mambaCacheMode: text('--mamba-cache-mode'),
  enableMambaCacheStochasticRounding: onOff('--enable-mamba-cache-stochastic-rounding'),
  useReplayssm: onOff('--use-replayssm'),
  enableCumemAllocator: onOff('--enable-cumem-allocator'),

  kvSharingFastPrefill: onOff('--kv-sharing-fast-prefill'),
  ecTransferConfig: json('--ec-transfer-config'),
  ecManagerConfig: json('--ec-manager-config'),
  auxOutputConfig: json('--aux-output-config'),
  enableReturnRoutedExperts: onOff('--enable-return-routed-experts'),
  offloadPrefetchStep: number('--offload-prefetch-step'),

  schedulerCls: text('--scheduler-cls'),
  workerCls: text('--worker-cls'),
  workerExtensionCls: text('--worker-extension-cls'),
  distributedExecutorBackend: text('--distributed-executor-backend'),
  dataParallelBackend: text('--data-parallel-backend'),
  rayWorkersUseNsight: onOff('--ray-workers-use-nsight'),
  numaBind: onOff('--numa-bind'),
  numaBindNodes: words('--numa-bind-nodes'),
  numaBindCpus: words('--numa-bind-cpus'),
  all2allBackend: text('--all2all-backend'),
  moeBackend: text('--moe-backend'),
  modelImpl: text('--model-impl'),
  expertPlacementStrategy: text('--expert-placement-strategy'),
  enableDbo: onOff('--enable-dbo'),
  ubatchSize: number('--ubatch-size'),
  dboDecodeTokenThreshold: number('--dbo-decode-token-threshold'),
  dboPrefillTokenThreshold: number('--dbo-prefill-token-threshold'),
  enableFaultTolerance: onOff('--enable-fault-tolerance'),
  enableElasticEp: onOff('--enable-elastic-ep'),
  elasticEpMaxDpSize: number('--elastic-ep-max-dp-size'),
  enableBatchShardedSampling: onOff('--enable-batch-sharded-sampling'),
  enableHcSp: onOff('--enable-hc-sp'),

  defaultMmLoras: json('--default-mm-loras'),
  mmTensorIpc: text('--mm-tensor-ipc'),
  mmShmCacheMaxObjectSizeMb: number('--mm-shm-cache-max-object-size-mb'),
  mmEncoderAttnDtype: text('--mm-encoder-attn-dtype'),
  mmEncoderFp8ScalePath: text('--mm-encoder-fp8-scale-path'),
  mmEncoderFp8ScaleSavePath: text('--mm-encoder-fp8-scale-save-path'),

  grpcPort: number('--grpc-port'),
  uds: text('--uds'),
};

/** The name of a fact: a misspelt one does not compile. */
export type FactName = keyof typeof FACTS;

/** A fact for each row. */
export type SetFacts = {
  readonly [Name in FactName]: (typeof FACTS)[Name] extends FactRow<infer Value> ? Fact<Value> : never;
};
