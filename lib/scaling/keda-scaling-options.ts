import type { Duration } from 'cdk8s';
import type { PrometheusServer } from '../metrics/prometheus-server';
import type { Signal } from './signal';

/**
 * How KEDA scales a stack.
 */
export interface KedaScalingOptions {
  /** Most replicas: what the GPU budget allows, at least 1. */
  readonly maxReplicas: number;

  /**
   * Fewest replicas while the stack is awake, at least 1. A new replica takes minutes, so this is also what holds a burst:
   * the load may rise to what these replicas serve before anybody waits.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * Replicas on top of `minReplicas` that are always there, as a reserve for bursts.
   *
   * @default 0
   */
  readonly warmPool?: number;

  /**
   * Demands that the scaler follows; the one that asks for most replicas wins.
   *
   * @default - requests in flight, and use of the KV cache
   */
  readonly signals?: Signal[];

  /**
   * The Prometheus that scrapes the stack.
   *
   * @default - http://prometheus-operated.monitoring:9090, the Service that the Prometheus Operator makes
   */
  readonly prometheus?: PrometheusServer;

  /**
   * Window of rates and percentiles, at least four scrapes: a minute when the pods are scraped each 15 s.
   *
   * @default - 1 minute, or four scrapes if those take longer
   */
  readonly rateWindow?: Duration;

  /**
   * How fast replicas come and go.
   *
   * @default - derived from the time that a replica takes to start
   */
  readonly speed?: ScalingSpeed;

  /**
   * How many replicas there should be while Prometheus does not answer.
   *
   * @default - when more than 3 queries in a row have failed, as many as there are, and at least `minReplicas` and the warm pool
   */
  readonly fallback?: ScalingFallback;

  /**
   * Let the last replica go when nothing happens. Needs `Signal.gatewayRequests`, since vLLM's own metrics end with the
   * last replica and could not wake it, and kube-state-metrics in the same Prometheus.
   *
   * @default - `minReplicas` stay
   */
  readonly scaleToZero?: ScaleToZero;
}

/**
 * How fast replicas come and go.
 */
export interface ScalingSpeed {
  /**
   * Pods that one step up may add. A step lasts one and a half times the start of a replica, so that a queue can drain
   * before the next one.
   *
   * @default - a sixth of `maxReplicas`, at least 4; as many as there are, if that is more
   */
  readonly scaleUpPods?: number;

  /**
   * How long demand must be lower before replicas go, from 5 to 60 minutes and not below the rate window.
   *
   * @default - 5 minutes; the rate window, if that is longer
   */
  readonly scaleDownWindow?: Duration;

  /**
   * Pods that may go each minute.
   *
   * @default - 1; a tenth of the replicas, if that is more
   */
  readonly scaleDownPods?: number;
}

/**
 * Replicas while Prometheus does not answer. Never fewer than there are.
 */
export interface ScalingFallback {
  /** Replicas to go up to. */
  readonly replicas: number;

  /**
   * Failed queries in a row that are borne; one more brings the fallback.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/**
 * When the last replica goes.
 */
export interface ScaleToZero {
  /**
   * Time without requests before the last replica goes. A start costs minutes of GPU time and of waiting.
   *
   * @default - 30 minutes
   */
  readonly cooldown?: Duration;

  /**
   * How often KEDA looks for a request that wakes the stack.
   *
   * @default - 15 seconds
   */
  readonly pollingInterval?: Duration;
}
