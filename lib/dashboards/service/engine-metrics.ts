import { Catalogue } from '../../engine/catalogue/catalogue';
import type { FlagName } from '../../engine/catalogue/flag-name';
import type { Release } from '../../engine/release';

/** A metric of vLLM's own that the dashboard reads. */
interface EngineMetricRow {
  /** Newest name first; the first one that a release has is read. */
  readonly names: readonly string[];
  /** Flags of which one makes the series; without any they are always there. */
  readonly flags?: readonly FlagName[];
}

const SPECULATIVE: readonly FlagName[] = ['--speculative-config', '--spec-method', '--spec-model'];
const OFFLOAD: readonly FlagName[] = ['--kv-offloading-size'];
const CONNECTOR: readonly FlagName[] = ['--kv-transfer-config', ...OFFLOAD];

const METRICS = {
  running: { names: ['vllm:num_requests_running'] },
  waiting: { names: ['vllm:num_requests_waiting'] },
  waitingByReason: { names: ['vllm:num_requests_waiting_by_reason'] },
  finished: { names: ['vllm:request_success_total'] },
  rejections: { names: ['vllm:admission_rejections_total'] },
  http: { names: ['http_requests_total'] },
  timeToFirstToken: { names: ['vllm:time_to_first_token_seconds'] },
  interTokenLatency: { names: ['vllm:inter_token_latency_seconds', 'vllm:time_per_output_token_seconds'] },
  timePerOutputToken: { names: ['vllm:request_time_per_output_token_seconds'] },
  endToEnd: { names: ['vllm:e2e_request_latency_seconds'] },
  queueTime: { names: ['vllm:request_queue_time_seconds'] },
  prefillTime: { names: ['vllm:request_prefill_time_seconds'] },
  decodeTime: { names: ['vllm:request_decode_time_seconds'] },
  promptTokens: { names: ['vllm:prompt_tokens_total'] },
  generationTokens: { names: ['vllm:generation_tokens_total'] },
  tokensPerStep: { names: ['vllm:iteration_tokens_total'] },
  preemptions: { names: ['vllm:num_preemptions_total'] },
  draftTokens: { names: ['vllm:spec_decode_num_draft_tokens_total'], flags: SPECULATIVE },
  acceptedTokens: { names: ['vllm:spec_decode_num_accepted_tokens_total'], flags: SPECULATIVE },
  kvUse: { names: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'] },
  prefixHits: { names: ['vllm:prefix_cache_hits_total', 'vllm:gpu_prefix_cache_hits_total'] },
  prefixQueries: { names: ['vllm:prefix_cache_queries_total', 'vllm:gpu_prefix_cache_queries_total'] },
  externalHits: { names: ['vllm:external_prefix_cache_hits_total'], flags: CONNECTOR },
  externalQueries: { names: ['vllm:external_prefix_cache_queries_total'], flags: CONNECTOR },
  promptTokensBySource: { names: ['vllm:prompt_tokens_by_source_total'] },
  cachedTokensBySource: { names: ['vllm:prompt_tokens_cached_by_source_total'] },
  offloadLoaded: { names: ['vllm:kv_offload_load_bytes_total'], flags: OFFLOAD },
  offloadStored: { names: ['vllm:kv_offload_store_bytes_total'], flags: OFFLOAD },
  offloadUse: { names: ['vllm:kv_offload_cpu_cache_usage_perc'], flags: OFFLOAD },
} as const satisfies Record<string, EngineMetricRow>;

export type EngineMetric = keyof typeof METRICS;

/** The metrics that a release has with these flags, by what they are to the dashboard. */
export type EngineMetrics = Readonly<Partial<Record<EngineMetric, string>>>;

/** Chooses the names that a release has. What is hidden there, or needs a flag that is not given, is left out. */
export function engineMetrics(release: Release, flags: readonly FlagName[]): EngineMetrics {
  const catalogue = Catalogue.of(release);
  const chosen = Object.entries<EngineMetricRow>(METRICS).map(([key, row]) => {
    const given = row.flags === undefined || row.flags.some((flag) => flags.includes(flag));
    return [key, given ? row.names.find((name) => catalogue.metric(name)?.hidden === false) : undefined] as const;
  });
  return Object.fromEntries(chosen.filter(([, name]) => name !== undefined)) as EngineMetrics;
}
