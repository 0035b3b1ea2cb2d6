/**
 * Metrics of vLLM's production stack, whose router names them like those of the engine
 * (vllm-project/production-stack: src/vllm_router/services/metrics_service). Without the prefix, and without those that an
 * engine had too.
 */
const OF_PRODUCTION_STACK: ReadonlySet<string> = new Set([
  'avg_decoding_length',
  'avg_itl',
  'avg_latency',
  'current_qps',
  'healthy_pods_total',
  'input_tokens_total',
  'num_decoding_requests',
  'num_incoming_requests_total',
  'num_prefill_requests',
  'output_tokens_total',
  'request_errors_total',
  'request_latency_seconds_bucket',
  'request_latency_seconds_count',
  'request_latency_seconds_sum',
  'routing_decisions_total',
]);

/** A name like that of a counter, of a gauge. */
const GAUGES: ReadonlySet<string> = new Set(['healthy_pods_total']);

/** A name without the prefix that engines and the production stack share. */
const withoutPrefix = (name: string): string => /^vllm:(.+)$/.exec(name)?.[1] ?? '';

/** Whether a router in front of the engines exposes a metric. Those of vllm-project/router begin with its own name. */
export const isOfRouter = (name: string): boolean =>
  /^vllm[_]router[:_]/.test(name) || OF_PRODUCTION_STACK.has(withoutPrefix(name));

/** Whether a name that ends in `_total` is that of a gauge. */
export const isGaugeOfRouter = (name: string): boolean => GAUGES.has(withoutPrefix(name));
