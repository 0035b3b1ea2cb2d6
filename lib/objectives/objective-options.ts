import type { Duration } from 'cdk8s';

/**
 * A promise about a latency.
 */
export interface LatencyObjectiveOptions {
  /** Percentage of events that are fast enough, from 50 to 99.99: 95 for a P95. */
  readonly percentile: number;

  /**
   * Latency that is fast enough, at most a day. It must be the upper bound of a bucket of vLLM's histogram. From vLLM
   * 0.32 on, the library adds the bucket; for an older version, an error names the nearest bounds.
   */
  readonly within: Duration;

  /**
   * Time over which the promise holds: 28 or 30 days.
   *
   * @default Duration.days(30)
   */
  readonly window?: Duration;

  /**
   * Minimum of events per second for an alert, on average over the long window: requests, or gaps between tokens. With
   * little traffic, a few bad events are a large share. At any rate, an alert also needs about five bad events.
   *
   * @default - any traffic is enough
   */
  readonly minEventRate?: number;
}

/**
 * A promise about failed requests.
 */
export interface ErrorRateObjectiveOptions {
  /** Share of requests that may fail, from 0.0001 to 0.5: 0.005 for half a percent. */
  readonly below: number;

  /**
   * Whether the gateway counts the requests instead of vLLM: then those that never reached a pod fail too. It needs
   * `gatewayTraffic` or `routes` of the stack and, at Envoy Gateway without `exclusive`, kube-state-metrics. A stack can have one objective of each kind: a stream that
   * breaks after its first byte is a success for the gateway.
   *
   * @default false
   */
  readonly atGateway?: boolean;

  /**
   * Time over which the promise holds: 28 or 30 days.
   *
   * @default Duration.days(30)
   */
  readonly window?: Duration;

  /**
   * Minimum of requests per second for an alert, on average over the long window. With little traffic, a few bad
   * requests are a large share. At any rate, an alert also needs about five bad requests.
   *
   * @default - any traffic is enough
   */
  readonly minEventRate?: number;
}

/**
 * A promise about the time in which a replica is available.
 */
export interface AvailabilityObjectiveOptions {
  /** Share of the time, from 0.5 to 0.9999: 0.999 for 43 minutes without a replica in 30 days. */
  readonly atLeast: number;

  /**
   * Time over which the promise holds: 28 or 30 days.
   *
   * @default Duration.days(30)
   */
  readonly window?: Duration;
}
