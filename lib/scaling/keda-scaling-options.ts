import type { Duration } from 'cdk8s';
import type { PrometheusServer } from '../metrics/prometheus-server';
import type { Signal } from './signal';

/**
 * How KEDA scales a stack.
 */
export interface KedaScalingOptions {
  /** Maximum replicas, at least 1: what the GPU budget allows. */
  readonly maxReplicas: number;

  /**
   * Minimum replicas while the stack is awake, at least 1. A new replica takes minutes to start, so these replicas must
   * also absorb a burst: requests wait only when the load exceeds what they serve.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * Replicas on top of `minReplicas` that always run, as a reserve for bursts.
   *
   * @default 0
   */
  readonly warmPool?: number;

  /**
   * Signals that the scaler follows; the signal that needs the most replicas wins.
   *
   * @default - requests in flight, and use of the KV cache
   */
  readonly signals?: Signal[];

  /**
   * Prometheus that scrapes the stack.
   *
   * @default - http://prometheus-operated.monitoring:9090, the Service that the Prometheus Operator creates
   */
  readonly prometheus?: PrometheusServer;

  /**
   * Window of rates and percentiles, at least four scrapes: one minute when the pods are scraped every 15 s.
   *
   * @default - 1 minute, or four scrapes if those take longer
   */
  readonly rateWindow?: Duration;

  /**
   * How fast replicas are added and removed.
   *
   * @default - derived from the time that a replica needs to start
   */
  readonly speed?: ScalingSpeed;

  /**
   * Replicas while Prometheus does not answer.
   *
   * @default - after more than 3 failed queries in a row, the current number, and at least `minReplicas` plus the warm
   * pool
   */
  readonly fallback?: ScalingFallback;

  /**
   * Remove the last replica when there are no requests. Needs `Signal.gatewayRequests`: vLLM's own metrics end with the
   * last replica, so they cannot wake the stack. Needs kube-state-metrics in the same Prometheus.
   *
   * @default - no scale to zero: `minReplicas` keep running
   */
  readonly scaleToZero?: ScaleToZero;
}

/**
 * How fast replicas are added and removed.
 */
export interface ScalingSpeed {
  /**
   * Pods that one step up may add. A step lasts 1.5 times the start of a replica, so that a queue can drain before the
   * next step.
   *
   * @default - a sixth of `maxReplicas`, at least 4; the current number, if that is larger
   */
  readonly scaleUpPods?: number;

  /**
   * How long demand must be lower before replicas are removed, from 5 to 60 minutes and not below the rate window.
   *
   * @default - 5 minutes; the rate window, if that is longer
   */
  readonly scaleDownWindow?: Duration;

  /**
   * Pods that may be removed each minute.
   *
   * @default - 1; a tenth of the replicas, if that is more
   */
  readonly scaleDownPods?: number;
}

/**
 * Replicas while Prometheus does not answer. Never fewer than the current number.
 */
export interface ScalingFallback {
  /** Replicas to scale up to. */
  readonly replicas: number;

  /**
   * Failed queries in a row that are tolerated; one more starts the fallback.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/**
 * When the last replica is removed.
 */
export interface ScaleToZero {
  /**
   * Time without requests before the last replica is removed. A start costs minutes of GPU time, and clients wait for
   * it.
   *
   * @default - 30 minutes
   */
  readonly cooldown?: Duration;

  /**
   * How often KEDA checks for a request that wakes the stack.
   *
   * @default - 15 seconds
   */
  readonly pollingInterval?: Duration;
}
