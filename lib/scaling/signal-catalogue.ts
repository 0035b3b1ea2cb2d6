import { SCALING } from '../defaults';
import type { MetricRole } from '../engine/metric-roles';
import { WORK_HANDLERS } from '../engine/work-paths';
import { window } from '../metrics/promql';
import type { EngineScope } from '../plan/engine-series';
import { engineSeries } from '../plan/engine-series';
import type { WarningId } from '../preflight/register';

/** What a query is made with. */
export interface QueryScope extends EngineScope {
  /** Seconds that rates and percentiles cover. */
  readonly rateWindow: number;
  /** From 1 to 99. */
  readonly percentile: number;
}

/** The finding for a stack that scales on a poor signal. */
interface SignalWarning {
  readonly id: WarningId;
  readonly reason: string;
}

/** What the library knows about a signal of vLLM's own metrics. */
export interface EngineSignal {
  /** Metrics that its query reads. */
  readonly reads: readonly MetricRole[];
  /** An expression with one element while replicas are scraped, and none otherwise. */
  readonly query: (scope: QueryScope) => string;
  /** `AverageValue` for a total, `Value` for a mean or a percentile. */
  readonly metricType: 'AverageValue' | 'Value';
  /** Default target, where one value fits most services. */
  readonly target?: number;
  readonly unit: string;
  /** True where it follows generated tokens: without them, it never changes, or measures the whole answer. */
  readonly ofTokens?: true;
  /** Why the signal is poor for scaling. */
  readonly warning?: SignalWarning;
}

const rate = (role: MetricRole, scope: QueryScope): string =>
  `sum(rate(${engineSeries(role, scope)}[${window(scope.rateWindow)}]))`;

/** 0 while replicas are scraped, nothing otherwise: the value of a counter before its first request. */
const zero = (scope: QueryScope): string => `0 * sum(${engineSeries('running', scope)})`;

const percentile = (role: MetricRole, scope: QueryScope): string => {
  const buckets = `sum by (le) (rate(${engineSeries(role, scope, '_bucket')}[${window(scope.rateWindow)}]))`;
  // NaN without traffic: the comparison drops it, and `or` adds a 0 instead.
  return `histogram_quantile(${scope.percentile / 100}, ${buckets}) >= 0 or ${zero(scope)}`;
};

const LATE =
  'latency rises only after replicas are overloaded, and then without limit: replicas swing between minimum and maximum';

const SIGNALS = {
  'in-flight-requests': {
    reads: ['running', 'waiting'],
    query: (scope) => `sum(${engineSeries('running', scope)}) + sum(${engineSeries('waiting', scope)})`,
    metricType: 'AverageValue',
    unit: 'requests in flight',
  },
  'kv-cache-use': {
    reads: ['kvCacheUse'],
    // A pod has one series for each data-parallel engine.
    query: (scope) => `sum(avg by (pod) (${engineSeries('kvCacheUse', scope)}))`,
    metricType: 'AverageValue',
    target: SCALING.kvCacheUse,
    unit: 'of the KV cache',
  },
  'queued-requests': {
    reads: ['waiting'],
    query: (scope) => `sum(${engineSeries('waiting', scope)})`,
    metricType: 'AverageValue',
    target: SCALING.queued,
    unit: 'waiting requests',
    warning: {
      id: 'signal-queued-requests',
      reason: 'the queue is 0 while capacity is sufficient: replicas swing between minimum and maximum',
    },
  },
  'request-rate': {
    reads: ['http', 'running'],
    query: (scope) => {
      const work = engineSeries('http', scope, '', { handler: { matches: WORK_HANDLERS } });
      return `sum(rate(${work}[${window(scope.rateWindow)}])) or ${zero(scope)}`;
    },
    metricType: 'AverageValue',
    unit: 'requests per second',
    warning: {
      id: 'signal-request-rate',
      reason:
        'vLLM counts a request after it has answered it: a full replica reports a constant rate, so no replica is added',
    },
  },
  'generated-tokens': {
    reads: ['generationTokens'],
    query: (scope) => rate('generationTokens', scope),
    metricType: 'AverageValue',
    unit: 'generated tokens per second',
    ofTokens: true,
  },
  'prompt-tokens': {
    reads: ['promptTokens'],
    query: (scope) => rate('promptTokens', scope),
    metricType: 'AverageValue',
    unit: 'prompt tokens per second',
  },
  'queue-time': {
    reads: ['queueTime', 'running'],
    query: (scope) => percentile('queueTime', scope),
    metricType: 'Value',
    unit: 's in the queue',
    warning: { id: 'signal-queue-time', reason: LATE },
  },
  'time-to-first-token': {
    reads: ['timeToFirstToken', 'running'],
    query: (scope) => percentile('timeToFirstToken', scope),
    metricType: 'Value',
    unit: 's to the first token',
    ofTokens: true,
    warning: { id: 'signal-time-to-first-token', reason: LATE },
  },
} as const satisfies Readonly<Record<string, EngineSignal>>;

/** Names of the signals from vLLM's own metrics, as triggers and messages use them. */
export type EngineSignalName = keyof typeof SIGNALS;

/** Every signal from vLLM's own metrics. */
export const ENGINE_SIGNALS: Readonly<Record<EngineSignalName, EngineSignal>> = SIGNALS;
