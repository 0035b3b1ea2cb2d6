import type { Catalogue } from './catalogue/catalogue';
import type { FlagName } from './catalogue/flag-name';

/** What a series of the engine means to scaling, alerts, objectives, cost and dashboards. */
interface MetricRoleRow {
  /** Newest name first; the first one that a release exposes is read. Histograms without `_bucket`, `_sum`, `_count`. */
  readonly names: readonly [newest: string, ...older: string[]];
  /** One of these flags must be set for the series to exist, or to have a meaning. Unset: it always exists. */
  readonly flags?: readonly FlagName[];
  /** Flags without which the series stays 0, where it is useful to show that 0. */
  readonly movedBy?: readonly FlagName[];
}

const SPECULATION: readonly FlagName[] = ['--speculative-config', '--spec-method', '--spec-model'];
const OFFLOAD: readonly FlagName[] = ['--kv-offloading-size'];
const CONNECTOR: readonly FlagName[] = ['--kv-transfer-config', ...OFFLOAD];
const ADMISSION: readonly FlagName[] = ['--max-num-queued-reqs', '--max-num-queued-tokens'];

/** The only names of the engine's metrics outside the catalogue. The catalogue decides which of them a release has. */
const ROLES = {
  running: { names: ['vllm:num_requests_running'] },
  waiting: { names: ['vllm:num_requests_waiting'] },
  waitingByReason: { names: ['vllm:num_requests_waiting_by_reason'] },
  /** All finished requests by reason, despite its name. */
  finished: { names: ['vllm:request_success_total'] },
  /** Requests that were rejected by the limits of the queue. */
  rejections: { names: ['vllm:admission_rejections_total'], movedBy: ADMISSION },
  /** Answered requests by path and status. */
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
  draftTokens: { names: ['vllm:spec_decode_num_draft_tokens_total'], flags: SPECULATION },
  acceptedTokens: { names: ['vllm:spec_decode_num_accepted_tokens_total'], flags: SPECULATION },
  kvCacheUse: { names: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'] },
  prefixHits: { names: ['vllm:prefix_cache_hits_total', 'vllm:gpu_prefix_cache_hits_total'] },
  prefixQueries: { names: ['vllm:prefix_cache_queries_total', 'vllm:gpu_prefix_cache_queries_total'] },
  externalHits: { names: ['vllm:external_prefix_cache_hits_total'], flags: CONNECTOR },
  externalQueries: { names: ['vllm:external_prefix_cache_queries_total'], flags: CONNECTOR },
  promptTokensBySource: { names: ['vllm:prompt_tokens_by_source_total'] },
  cachedTokensBySource: { names: ['vllm:prompt_tokens_cached_by_source_total'] },
  offloadLoaded: { names: ['vllm:kv_offload_load_bytes_total'], flags: OFFLOAD },
  offloadStored: { names: ['vllm:kv_offload_store_bytes_total'], flags: OFFLOAD },
  offloadUse: { names: ['vllm:kv_offload_cpu_cache_usage_perc'], flags: OFFLOAD },
} as const satisfies Readonly<Record<string, MetricRoleRow>>;

export type MetricRole = keyof typeof ROLES;

/** Every role with its names and flags. */
export const METRIC_ROLES: Readonly<Record<MetricRole, MetricRoleRow>> = ROLES;

/** The newest name of a role, whatever the release. */
export function newestName(role: MetricRole): string {
  return METRIC_ROLES[role].names[0];
}

/** Whether a release exposes a metric by default: hidden ones need a flag. */
export function isExposed(name: string, catalogue: Catalogue): boolean {
  return catalogue.metric(name)?.hidden === false;
}

function exposedName(role: MetricRole, catalogue: Catalogue): string | undefined {
  return METRIC_ROLES[role].names.find((name) => isExposed(name, catalogue));
}

/** The name of a role in a release; its newest name where the release exposes none, for use in messages. */
export function metricOf(role: MetricRole, catalogue: Catalogue): string {
  return exposedName(role, catalogue) ?? newestName(role);
}

/** Names by role of what a release exposes with these flags. */
export function exposedMetrics(
  catalogue: Catalogue,
  flags: readonly FlagName[],
): Readonly<Partial<Record<MetricRole, string>>> {
  const roles = Object.keys(METRIC_ROLES) as MetricRole[];
  const made = roles.filter((role) => METRIC_ROLES[role].flags?.some((flag) => flags.includes(flag)) ?? true);
  const named = made.map((role) => [role, exposedName(role, catalogue)] as const);
  return Object.fromEntries(named.filter(([, name]) => name !== undefined));
}

/** Flags without which a series stays 0. */
export function movedBy(role: MetricRole): readonly FlagName[] {
  return METRIC_ROLES[role].movedBy ?? [];
}

/** Whether a release counts the requests that failed in the engine: since 0.13. */
export function countsEngineErrors(catalogue: Catalogue): boolean {
  const finished = catalogue.metric(newestName('finished'));
  return finished?.labelValues['finished_reason']?.includes('error') === true;
}
