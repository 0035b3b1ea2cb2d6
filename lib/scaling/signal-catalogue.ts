import { SCALING } from '../defaults';
import type { Catalogue } from '../engine/catalogue/catalogue';
import type { MetricScope } from '../metrics/promql';
import { series, window } from '../metrics/promql';
import { WORK_HANDLERS } from '../metrics/work-handlers';
import type { WarningId } from '../preflight/register';
import type { EngineSignalName } from './signal-spec';

/** What a query is made with. */
export interface QueryScope extends MetricScope {
  /** Seconds that rates and percentiles cover. */
  readonly rateWindow: number;
  /** From 1 to 99. */
  readonly percentile: number;
}

/** The finding of a stack that scales on a poor signal. */
interface SignalWarning {
  readonly id: WarningId;
  readonly reason: string;
}

/** What the library knows about a signal of vLLM's own metrics. */
export interface EngineSignal {
  /** Metrics that it reads, by their names in /metrics. */
  readonly metrics: (catalogue: Catalogue) => readonly string[];
  /** One expression that yields one element while replicas are scraped, and none otherwise. */
  readonly query: (scope: QueryScope, metrics: readonly string[]) => string;
  /** `AverageValue` for a total, `Value` for a mean or a percentile. */
  readonly metricType: 'AverageValue' | 'Value';
  /** Default target, where there is a sane one. */
  readonly target?: number;
  readonly unit: string;
  /** Why the signal is a poor one to scale on. */
  readonly warning?: SignalWarning;
}

const RUNNING = 'vllm:num_requests_running';

const always =
  (...names: readonly string[]) =>
  () =>
    names;

const rate = (metric: string, scope: QueryScope): string =>
  `sum(rate(${series(metric, scope)}[${window(scope.rateWindow)}]))`;

/** 0 while replicas are scraped, nothing otherwise: what a counter reads before its first request. */
const zero = (scope: QueryScope): string => `0 * sum(${series(RUNNING, scope)})`;

const percentile = (metric: string, scope: QueryScope): string => {
  const buckets = `sum by (le) (rate(${series(`${metric}_bucket`, scope)}[${window(scope.rateWindow)}]))`;
  // NaN without traffic; a comparison drops it, and 0 takes its place.
  return `histogram_quantile(${scope.percentile / 100}, ${buckets}) >= 0 or ${zero(scope)}`;
};

const LATE = 'a latency rises only when it is too late, then without limit: replicas swing between the limits';

/** Every signal that vLLM's own metrics give. */
export const ENGINE_SIGNALS: Readonly<Record<EngineSignalName, EngineSignal>> = {
  'in-flight-requests': {
    metrics: always(RUNNING, 'vllm:num_requests_waiting'),
    query: (scope, metrics) => metrics.map((metric) => `sum(${series(metric, scope)})`).join(' + '),
    metricType: 'AverageValue',
    unit: 'requests in flight',
  },
  'kv-cache-use': {
    // Renamed in 0.9.2; a pod has one series for each data-parallel engine.
    metrics: (catalogue) =>
      catalogue.metric('vllm:kv_cache_usage_perc') ? ['vllm:kv_cache_usage_perc'] : ['vllm:gpu_cache_usage_perc'],
    query: (scope, [metric = '']) => `sum(avg by (pod) (${series(metric, scope)}))`,
    metricType: 'AverageValue',
    target: SCALING.kvCacheUse,
    unit: 'of the KV cache',
  },
  'queued-requests': {
    metrics: always('vllm:num_requests_waiting'),
    query: (scope, [metric = '']) => `sum(${series(metric, scope)})`,
    metricType: 'AverageValue',
    target: SCALING.queued,
    unit: 'waiting requests',
    warning: {
      id: 'signal-queued-requests',
      reason: 'a queue reads 0 whenever capacity is right: replicas swing between the limits',
    },
  },
  'request-rate': {
    metrics: always('http_requests_total', RUNNING),
    query: (scope, [metric = '']) => {
      const selector = series(metric, scope, { handler: { matches: WORK_HANDLERS } });
      return `sum(rate(${selector}[${window(scope.rateWindow)}])) or ${zero(scope)}`;
    },
    metricType: 'AverageValue',
    unit: 'requests per second',
    warning: {
      id: 'signal-request-rate',
      reason: 'vLLM counts a request when it has answered it: a full replica reports a flat rate and asks for no help',
    },
  },
  'generated-tokens': {
    metrics: always('vllm:generation_tokens_total'),
    query: (scope, [metric = '']) => rate(metric, scope),
    metricType: 'AverageValue',
    unit: 'generated tokens per second',
  },
  'prompt-tokens': {
    metrics: always('vllm:prompt_tokens_total'),
    query: (scope, [metric = '']) => rate(metric, scope),
    metricType: 'AverageValue',
    unit: 'prompt tokens per second',
  },
  'queue-time': {
    metrics: always('vllm:request_queue_time_seconds', RUNNING),
    query: (scope, [metric = '']) => percentile(metric, scope),
    metricType: 'Value',
    unit: 's in the queue',
    warning: { id: 'signal-queue-time', reason: LATE },
  },
  'time-to-first-token': {
    metrics: always('vllm:time_to_first_token_seconds', RUNNING),
    query: (scope, [metric = '']) => percentile(metric, scope),
    metricType: 'Value',
    unit: 's to the first token',
    warning: { id: 'signal-time-to-first-token', reason: LATE },
  },
};
