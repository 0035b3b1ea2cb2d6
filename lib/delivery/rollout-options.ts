import type { Duration } from 'cdk8s';
import type { PrometheusServer } from '../metrics/prometheus-server';
import type { Guard } from './guard';
import type { Migration } from './migration';
import type { RolloutNotification } from './rollout-notification';

/**
 * How the new version is judged. Each guard is measured again and again after each weight, until it passes often enough
 * in a row, or fails too often, or all measurements are taken. In the last case there is not enough data, and the rollout
 * pauses.
 */
export interface AnalysisOptions {
  /**
   * Time over which a guard counts requests. At least four scrapes, and whole seconds.
   *
   * @default - 5 minutes, or four scrapes if those take longer
   */
  readonly window?: Duration;

  /**
   * Time after a change of the weight that is not measured: caches are cold, and gateways have just got the weight.
   *
   * @default - 1 minute
   */
  readonly warmUp?: Duration;

  /**
   * Time between two measurements, at least one scrape.
   *
   * @default - 1 minute, or one scrape if that takes longer
   */
  readonly interval?: Duration;

  /**
   * Measurements in a row that must pass.
   *
   * @default 3
   */
  readonly successes?: number;

  /**
   * Measurements that may fail. One more aborts the rollout.
   *
   * @default 1
   */
  readonly failures?: number;

  /**
   * Maximum measurements, at least `successes` plus `failures`. Without a verdict after them, the rollout pauses.
   *
   * @default 10
   */
  readonly measurements?: number;

  /**
   * Minimum requests of the new version in the window. With fewer, a guard does not pass. It fails only with so many bad
   * ones, at least ten, that more requests could not change the verdict.
   *
   * @default - derived for each guard: 3 divided by the allowed share of errors, so that a version with more errors shows
   *   one with 95 % confidence; ten slow requests' worth for a percentile, for example 200 for the 95th
   */
  readonly minRequests?: number;

  /**
   * Requests per second that the stack usually gets. If it is set, synth fails when a guard cannot get enough requests at
   * the first weight.
   *
   * @default - not checked; `decisions` has the rate that the guards need
   */
  readonly requestRate?: number;
}

/**
 * Options of canaries and of blue-green rollouts. Both need Argo Rollouts 1.8 or later in the cluster.
 */
export interface RolloutOptions {
  /**
   * How the new version is judged by the objectives of the stack, and by `guards`.
   *
   * @default - the defaults of each property
   */
  readonly analysis?: AnalysisOptions;

  /**
   * Guards besides those that derive from the objectives of the stack.
   *
   * @default - none
   */
  readonly guards?: Guard[];

  /**
   * Prometheus that the guards ask.
   *
   * @default - that of `scaling`, or else http://prometheus-operated.monitoring:9090
   */
  readonly prometheus?: PrometheusServer;

  /**
   * Devices that the stack may have at its peak, with all of its replicas and both versions, and during a migration both
   * workloads. Synth fails if it needs more.
   *
   * @default - no limit; `decisions` has the peak
   */
  readonly gpuBudget?: number;

  /**
   * Whether a person has to promote the new version after the guards have passed.
   *
   * @default false
   */
  readonly manualPromotion?: boolean;

  /**
   * How long the old version keeps its replicas after the new one serves all requests, to go back at once. They hold GPUs.
   * From 0 to 86,400 whole seconds. It cannot be set for a canary without a router, nor with `dynamicStableScale`.
   *
   * @default - 30 seconds
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the new version keeps its replicas after an abort. They hold GPUs. From 1 to 86,400 whole seconds. It cannot be
   * set for a canary without a router, nor with `dynamicStableScale`.
   *
   * @default - 1 second
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * Who is notified. Argo Rollouts needs a configuration of notifications in the cluster.
   *
   * @default - no one
   */
  readonly notifications?: RolloutNotification[];

  /**
   * A step between a Deployment and a Rollout, without downtime.
   *
   * @default - none: the Rollout alone runs the pods
   */
  readonly migration?: Migration;
}
