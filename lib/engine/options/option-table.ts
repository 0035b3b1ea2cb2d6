import { jsonObject } from '../../shapes/json-shape';
import type { Shape } from '../../shapes/shape';
import { flag, integer, listOf, shape as shapeOf, size, text, wholeSeconds } from '../../shapes/shape';
import type { OptionalShapes } from '../../shapes/struct';
import { structOf } from '../../shapes/struct';
import type { FlagName } from '../catalogue/flag-name';
import type { EngineOptions } from './engine-options';
import { engineWhatToDo } from './other-names';

/** How the value of an option is written after its flag. */
export type Rendering = 'value' | 'switch' | 'json' | 'list' | 'gib' | 'bytes' | 'seconds';

/** A flag without its dashes. */
type BareName = FlagName extends `--${infer Name}` ? Name : never;

interface Row<T> {
  readonly flag: FlagName;
  readonly shape: Shape<T>;
  readonly rendering: Rendering;
}

const row =
  <T>(shape: Shape<T>, rendering: Rendering) =>
  (name: BareName): Row<T> => ({ flag: `--${name}`, shape, rendering });

const memory = size('Size.gibibytes(8)');
const count = row(integer(0), 'value');
/** The catalogue has the bounds; the words are those of a reader who wrote another type. */
const fraction = row(
  shapeOf<number>('a number from 0 to 1, for example 0.9', (value) => Number.isFinite(value) && (value as number) >= 0),
  'value',
);
const word = row(text, 'value');
const onOff = row(flag, 'switch');
const json = row(jsonObject, 'json');
const words = row(listOf(text), 'list');

/**
 * Every typed engine option with its flag, in the order in which flags are emitted. The shape here is what no release
 * changes; choices and bounds come from the catalogue of the pinned release.
 */
export const OPTIONS: { readonly [Option in keyof EngineOptions]-?: Row<Required<EngineOptions>[Option]> } = {
  maxModelLen: row(integer(1), 'value')('max-model-len'),
  gpuMemoryUtilization: fraction('gpu-memory-utilization'),
  kvCacheDtype: word('kv-cache-dtype'),
  kvCacheMemory: row(memory, 'bytes')('kv-cache-memory-bytes'),
  blockSize: count('block-size'),
  enablePrefixCaching: onOff('enable-prefix-caching'),
  prefixCachingHashAlgo: word('prefix-caching-hash-algo'),
  kvOffloadingSize: row(memory, 'gib')('kv-offloading-size'),
  kvOffloadingBackend: word('kv-offloading-backend'),
  cpuOffload: row(memory, 'gib')('cpu-offload-gb'),

  maxNumBatchedTokens: count('max-num-batched-tokens'),
  maxNumSeqs: count('max-num-seqs'),
  maxNumQueuedReqs: count('max-num-queued-reqs'),
  maxNumQueuedTokens: count('max-num-queued-tokens'),
  longPrefillTokenThreshold: count('long-prefill-token-threshold'),
  enableChunkedPrefill: onOff('enable-chunked-prefill'),
  schedulingPolicy: word('scheduling-policy'),
  asyncScheduling: onOff('async-scheduling'),
  watermark: fraction('watermark'),
  streamInterval: count('stream-interval'),
  performanceMode: word('performance-mode'),
  optimizationLevel: row(integer(0, 3), 'value')('optimization-level'),
  enforceEager: onOff('enforce-eager'),
  cudagraphCaptureSizes: row(listOf(integer(1)), 'list')('cudagraph-capture-sizes'),
  compilationConfig: json('compilation-config'),

  tensorParallelSize: count('tensor-parallel-size'),
  pipelineParallelSize: count('pipeline-parallel-size'),
  dataParallelSize: count('data-parallel-size'),
  prefillContextParallelSize: count('prefill-context-parallel-size'),
  decodeContextParallelSize: count('decode-context-parallel-size'),
  enableExpertParallel: onOff('enable-expert-parallel'),
  enableEplb: onOff('enable-eplb'),
  eplbConfig: json('eplb-config'),
  all2allBackend: word('all2all-backend'),
  distributedExecutorBackend: word('distributed-executor-backend'),
  apiServerCount: count('api-server-count'),

  loadFormat: word('load-format'),
  safetensorsLoadStrategy: word('safetensors-load-strategy'),
  modelLoaderExtraConfig: json('model-loader-extra-config'),
  ignorePatterns: words('ignore-patterns'),
  hfOverrides: json('hf-overrides'),
  tokenizerMode: word('tokenizer-mode'),
  generationConfig: word('generation-config'),
  overrideGenerationConfig: json('override-generation-config'),
  enableLora: onOff('enable-lora'),
  loraModules: words('lora-modules'),
  maxLoras: count('max-loras'),
  maxCpuLoras: count('max-cpu-loras'),
  maxLoraRank: count('max-lora-rank'),

  speculativeConfig: json('speculative-config'),
  kvTransferConfig: json('kv-transfer-config'),
  kvEventsConfig: json('kv-events-config'),
  structuredOutputsConfig: json('structured-outputs-config'),
  enableAutoToolChoice: onOff('enable-auto-tool-choice'),
  toolCallParser: word('tool-call-parser'),
  toolParserPlugin: word('tool-parser-plugin'),
  reasoningParser: word('reasoning-parser'),
  reasoningParserPlugin: word('reasoning-parser-plugin'),
  limitMmPerPrompt: json('limit-mm-per-prompt'),
  allowedMediaDomains: words('allowed-media-domains'),
  trustRequestMmKwargs: onOff('trust-request-mm-kwargs'),

  allowedOrigins: row(listOf(text), 'json')('allowed-origins'),
  sseKeepAliveInterval: row(wholeSeconds('Duration.seconds(15)'), 'seconds')('sse-keep-alive-interval'),
  rootPath: word('root-path'),
  sslCertfile: word('ssl-certfile'),
  sslKeyfile: word('ssl-keyfile'),
  enableSslRefresh: onOff('enable-ssl-refresh'),
  enableRequestIdHeaders: onOff('enable-request-id-headers'),
  enableLogRequests: onOff('enable-log-requests'),
  enableLogOutputs: onOff('enable-log-outputs'),
  loggingConfig: json('logging-config'),
  enableServerLoadTracking: onOff('enable-server-load-tracking'),
  disableFastapiDocs: onOff('disable-fastapi-docs'),
  enableScaleOut: onOff('enable-scale-out'),
  disableLogStats: onOff('disable-log-stats'),
  customHistogramBuckets: json('custom-histogram-buckets'),
  kvCacheMetrics: onOff('kv-cache-metrics'),
  enableMfuMetrics: onOff('enable-mfu-metrics'),
  otlpTracesEndpoint: word('otlp-traces-endpoint'),
  collectDetailedTraces: words('collect-detailed-traces'),
};

const SHAPES = Object.fromEntries(Object.entries(OPTIONS).map(([option, { shape }]) => [option, shape]));

/** Shape of the whole `engine` property; the type of `OPTIONS` holds each shape to its option. */
export const ENGINE_SHAPE = structOf<EngineOptions>({}, SHAPES as OptionalShapes<EngineOptions>, engineWhatToDo);
