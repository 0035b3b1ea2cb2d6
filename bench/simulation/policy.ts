/** Settings of a scaler: of KEDA, and of the HorizontalPodAutoscaler that KEDA creates. Times are in seconds. */
export interface ScalingPolicy {
  /** 0 lets KEDA stop the last pod; the autoscaler itself never goes below 1. */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The autoscaler follows the trigger that requests the most replicas. */
  readonly triggers: readonly Trigger[];
  /** If unset, the controller uses its legacy path, at most double or 4, not the defaults of `behavior`. */
  readonly behavior?: Behavior;
  /** Interval at which KEDA checks activity; it matters for 0 ↔ 1 only. */
  readonly pollingInterval?: number;
  /** Time without activity after which KEDA scales to 0. */
  readonly cooldownPeriod?: number;
}

/** A metric that the autoscaler follows. */
export interface Trigger {
  readonly signal: Signal;
  readonly threshold: number;
  /** AverageValue divides a fleet total by the threshold; Value multiplies the ready pods by a ratio. */
  readonly type?: MetricType;
  /** Active above it, not at it. */
  readonly activationThreshold?: number;
  /** Spare replicas: a constant in the query, `… + spare * threshold`. */
  readonly spare?: number;
  /** KEDA's default: a query without a result is 0. `false` makes it an error, which blocks scaling down. */
  readonly ignoreNullValues?: boolean;
}

export type MetricType = 'AverageValue' | 'Value';

/** What a query measures. Rates and percentiles cover the last `window` seconds. */
export type Signal =
  /** A query without a single result, such as one without an aggregation. */
  | { readonly of: 'error' }
  /** Requests running and waiting in all engines. */
  | { readonly of: 'inFlight' }
  /** Requests waiting in all engines. */
  | { readonly of: 'waiting' }
  /** Sum over pods of the used share of the KV cache. */
  | { readonly of: 'kvCache' }
  /** Requests without a response, counted by the gateway, which also runs at 0 replicas. */
  | { readonly of: 'gateway' }
  /** Requests per second that arrive at the gateway. */
  | { readonly of: 'arrivals'; readonly window: number }
  /** Requests per second that engines finished, as in `http_requests_total`. */
  | { readonly of: 'completions'; readonly window: number }
  /** Generated tokens per second. */
  | { readonly of: 'outputTokens'; readonly window: number }
  /** `histogram_quantile` of the time to first token. */
  | { readonly of: 'timeToFirstToken'; readonly window: number; readonly quantile: number };

/** `spec.behavior` of an autoscaler, with every field set. */
export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

export interface ScalingRules {
  readonly stabilizationWindow: number;
  readonly select: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly RatePolicy[];
  /** Thousandths; default 100. */
  readonly tolerance?: number;
}

/** At most `value` pods, or `value` percent, in each `period` seconds. */
export interface RatePolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly period: number;
}

/**
 * kubernetes/pkg/apis/autoscaling/v2/defaults.go, for a `behavior` that is set; the window is the controller's flag.
 */
export const DEFAULT_BEHAVIOR: Behavior = {
  scaleUp: {
    stabilizationWindow: 0,
    select: 'Max',
    policies: [
      { type: 'Pods', value: 4, period: 15 },
      { type: 'Percent', value: 100, period: 15 },
    ],
  },
  scaleDown: { stabilizationWindow: 300, select: 'Max', policies: [{ type: 'Percent', value: 100, period: 15 }] },
};
