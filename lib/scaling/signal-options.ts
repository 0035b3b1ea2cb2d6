import type { Duration } from 'cdk8s';

/**
 * How much of something one replica should have. More than that adds replicas.
 */
export interface PerReplicaOptions {
  /**
   * Target for one replica, at least 0.001.
   *
   * @default - as the factory says
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
  /**
   * Counter of requests, for example `vllm:num_incoming_requests_total` of production-stack's router.
   * To wake a stack from zero it must count requests that find no replica: Envoy's `envoy_cluster_upstream_rq_total`
   * does not. A counter that appears with its first request has no rate yet and wakes with the next one.
   */
  readonly metric: string;

  /** Labels that select the requests for this stack, for example `{ model: 'llama' }`. */
  readonly matchers: { [label: string]: string };

  /** Requests per second that one replica should have, at least 0.001. */
  readonly perReplica: number;

  /**
   * Series that exist while the gateway is scraped, for example `up{job="router"}`. A counter that has not begun then
   * reads 0; without it KEDA takes that for a failure and keeps a stack awake that could sleep.
   *
   * @default - a counter that does not exist is a failure
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
 * A time of day with a floor of replicas.
 */
export interface ScheduleSignalOptions {
  /** IANA time zone with its capitals, for example `Europe/Berlin`. */
  readonly timeZone: string;

  /** When the floor begins, as a cron expression of five fields: `0 8 * * 1-5`. Sunday is 0. */
  readonly start: string;

  /** When the floor ends, in the same form; another time than `start`. */
  readonly end: string;

  /**
   * Replicas between start and end: more than are always there, and at most `maxReplicas`. With `scaleToZero` as many as
   * `minReplicas` are enough: they are awake then.
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

  /** PromQL that yields exactly one element: begin with `sum(…)` or `max(…)`. */
  readonly query: string;

  /** Target of the query's value, at least 0.001. */
  readonly target: number;

  /**
   * True when the query gives the total of all replicas, which KEDA divides by their number; false when it gives a mean
   * or a ratio, by which KEDA multiplies their number.
   *
   * @default true
   */
  readonly total?: boolean;
}
