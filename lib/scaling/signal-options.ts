import type { Duration } from 'cdk8s';

/**
 * How much of something one replica should have. More than that adds replicas.
 */
export interface PerReplicaOptions {
  /**
   * Target for one replica, above 0.
   *
   * @default - as the factory says
   */
  readonly perReplica?: number;
}

/**
 * A rate per second that one replica should have.
 */
export interface RatePerReplicaOptions {
  /** Target for one replica, per second. Measure it: it depends on model, GPU and prompts. */
  readonly perReplica: number;
}

/**
 * A latency that the slowest requests should keep.
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
 * Requests as a gateway counts them.
 */
export interface GatewaySignalOptions {
  /** Counter of requests, for example `envoy_cluster_upstream_rq_total`. */
  readonly metric: string;

  /** Labels that select the requests for this stack, for example `{ envoy_cluster_name: 'httproute/llm/vllm/rule/0' }`. */
  readonly matchers: { [label: string]: string };

  /** Requests per second that one replica should have. */
  readonly perReplica: number;

  /**
   * Name of the trigger.
   *
   * @default gateway-requests
   */
  readonly name?: string;
}

/**
 * A time of day with a floor of replicas.
 */
export interface ScheduleSignalOptions {
  /** IANA time zone, for example `Europe/Berlin`. */
  readonly timeZone: string;

  /** When the floor begins, as a cron expression of five fields: `0 8 * * 1-5`. */
  readonly start: string;

  /** When the floor ends. */
  readonly end: string;

  /** Replicas between start and end. */
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

  /** PromQL that yields exactly one element: begin with `sum(…)` or `max(…)`. */
  readonly query: string;

  /** Target of the query's value. */
  readonly target: number;

  /**
   * True when the query gives the total of all replicas, which KEDA divides by their number; false when it gives a mean
   * or a ratio, by which KEDA multiplies their number.
   *
   * @default true
   */
  readonly total?: boolean;
}
