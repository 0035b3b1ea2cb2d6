import type { Duration } from 'cdk8s';

/**
 * Target of one replica. More than that adds replicas.
 */
export interface PerReplicaOptions {
  /**
   * Target for one replica, at least 0.001.
   *
   * @default - see the factory method
   */
  readonly perReplica?: number;
}

/**
 * A rate per second that one replica should have.
 */
export interface RatePerReplicaOptions {
  /** Target for one replica, per second, at least 0.001. Measure it: it depends on model, GPU and prompts. */
  readonly perReplica: number;
}

/**
 * A latency that a percentile of the requests should not exceed.
 */
export interface LatencySignalOptions {
  /** Time that the percentile should not exceed. */
  readonly target: Duration;

  /**
   * Percentile, from 1 to 99.
   *
   * @default 95
   */
  readonly percentile?: number;
}

/**
 * Requests that a gateway counts.
 */
export interface GatewaySignalOptions {
  /**
   * Counter of requests, for example `vllm:num_incoming_requests_total` of production-stack's router. To wake a stack
   * from zero, it must also count requests that find no replica: Envoy's `envoy_cluster_upstream_rq_total` does not. A
   * counter that appears with its first request has no rate yet: the second request wakes the stack.
   *
   * @default - what the gateway in `gatewayTraffic` of the stack counts, requests without a replica included
   */
  readonly metric?: string;

  /**
   * Labels that select the requests for this stack, for example `{ model: 'llama' }`; a label must equal its value. With
   * `metric`, this or `patterns` is required.
   *
   * @default - those of `gatewayTraffic` or `routes`
   */
  readonly matchers?: { [label: string]: string };

  /**
   * Labels whose whole value must match a regular expression, for example `{ route: 'llama-.*' }`. Only with `metric`.
   *
   * @default - none
   */
  readonly patterns?: { [label: string]: string };

  /** Requests per second that one replica should have, at least 0.001. */
  readonly perReplica: number;

  /**
   * Series that exist while the gateway is scraped, for example `up{job="router"}`. With it, a counter that does not
   * exist yet reads as 0. Without it, KEDA treats the missing counter as a failure and keeps the stack awake. Only with
   * `metric`.
   *
   * @default - a missing counter is a failure; without `metric`, a series of the gateway in `gatewayTraffic`
   */
  readonly presence?: string;

  /**
   * Name of the trigger.
   *
   * @default gateway-requests
   */
  readonly name?: string;
}

/**
 * A time of day with a minimum number of replicas.
 */
export interface ScheduleSignalOptions {
  /** IANA time zone with its capital letters, for example `Europe/Berlin`. */
  readonly timeZone: string;

  /** When the minimum begins, as a cron expression of five fields: `0 8 * * 1-5`. Sunday is 0. */
  readonly start: string;

  /** When the minimum ends, in the same form; not the same time as `start`. */
  readonly end: string;

  /**
   * Minimum replicas between start and end: more than always run, and at most `maxReplicas`. With `scaleToZero`, the
   * number of `minReplicas` is allowed too: it keeps the stack awake.
   */
  readonly replicas: number;

  /**
   * Name of the trigger.
   *
   * @default schedule
   */
  readonly name?: string;
}

/**
 * Any PromQL.
 */
export interface CustomSignalOptions {
  /** Name of the trigger: lower-case letters, digits and `-`. */
  readonly name: string;

  /** PromQL that returns exactly one element: begin with `sum(…)` or `max(…)`. */
  readonly query: string;

  /** Target of the query's value, at least 0.001. */
  readonly target: number;

  /**
   * True when the query returns the total of all replicas: KEDA divides it by their number. False when it returns a
   * mean or a ratio: KEDA multiplies the number of replicas by it.
   *
   * @default true
   */
  readonly total?: boolean;

  /**
   * Whether the query is used as it is, without being read: for a server with more than PromQL, such as MetricsQL of
   * VictoriaMetrics. A mistake in it then shows in the cluster.
   *
   * @default false
   */
  readonly unchecked?: boolean;
}
