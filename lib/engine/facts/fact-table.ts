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
  apiServerCount: number('--api-server-count'),

  maxModelLen: number('--max-model-len'),
  maxNumSeqs: number('--max-num-seqs'),
  maxNumBatchedTokens: number('--max-num-batched-tokens'),
  longPrefillTokenThreshold: number('--long-prefill-token-threshold'),
  enableChunkedPrefill: onOff('--enable-chunked-prefill'),
  performanceMode: text('--performance-mode'),
  optimizationLevel: number('--optimization-level'),
  enforceEager: onOff('--enforce-eager'),

  gpuMemoryUtilization: number('--gpu-memory-utilization'),
  kvCacheDtype: text('--kv-cache-dtype'),
  kvCacheMemoryBytes: number('--kv-cache-memory-bytes'),
  loadFormat: text('--load-format'),
  numGpuBlocksOverride: number('--num-gpu-blocks-override'),
  cpuOffloadGb: number('--cpu-offload-gb'),
  kvOffloadingSize: number('--kv-offloading-size'),
  kvTransferConfig: json('--kv-transfer-config'),

  task: text('--task'),
  runner: text('--runner'),
  convert: text('--convert'),

  dtype: text('--dtype'),
  quantization: text('--quantization'),
  tokenizer: text('--tokenizer'),
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
  enableAutoToolChoice: onOff('--enable-auto-tool-choice'),
  toolCallParser: text('--tool-call-parser'),
  enableLogRequests: onOff('--enable-log-requests'),
  enableLogOutputs: onOff('--enable-log-outputs'),

  disableLogStats: onOff('--disable-log-stats'),
  customHistogramBuckets: json('--custom-histogram-buckets'),
  otlpTracesEndpoint: text('--otlp-traces-endpoint'),
  collectDetailedTraces: text('--collect-detailed-traces'),
};

/** The name of a fact: a misspelt one does not compile. */
export type FactName = keyof typeof FACTS;

/** A fact for each row. */
export type SetFacts = {
  readonly [Name in FactName]: (typeof FACTS)[Name] extends FactRow<infer Value> ? Fact<Value> : never;
};
