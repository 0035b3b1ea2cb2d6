import type { CanaryRouter } from './canary-router';
import type { RolloutOptions } from './rollout-options';

/** A comparison of the new version with the old one, under the load of the same time. */
export interface StableComparison {
  /**
   * Maximum of a latency percentile of the canary, divided by that of the old version, for each latency objective. At
   * least 1. Both need enough requests: the canary has fewer at small weights, so its batches are smaller.
   */
  readonly maxLatencyRatio: number;
}

/**
 * Options of a canary.
 */
export interface CanaryOptions extends RolloutOptions {
  /** What divides the requests between both versions. */
  readonly router: CanaryRouter;

  /**
   * Shares of the requests for the new version, in percent, rising, each from 1 to 100. Guards judge it after each of them.
   * After the last one it is promoted, so a 100 at the end is the promotion itself.
   *
   * @default [5, 25, 50, 100]
   */
  readonly weights?: number[];

  /**
   * Whether guards also judge the new version at 100 %, before it is promoted. With a router, the old one keeps its replicas
   * that long, unless `dynamicStableScale` is true.
   *
   * @default false
   */
  readonly analyzeFullWeight?: boolean;

  /**
   * Whether the old version loses replicas as its share of the requests falls. When false, it keeps all of them until the
   * new version has as many: an abort is instant, and the promotion needs twice the devices. When true, with the default
   * weights, the promotion needs half as many devices more; but an abort takes as long as the removed replicas need to
   * load, the new version keeps its share until then, and a few requests may fail at the promotion. It needs a router:
   * without one, old replicas always end as their share falls.
   *
   * @default false
   */
  readonly dynamicStableScale?: boolean;

  /**
   * Compares the latency of both versions.
   *
   * @default - objectives only
   */
  readonly compareWithStable?: StableComparison;
}

/**
 * Options of a blue-green rollout.
 */
export interface BlueGreenOptions extends RolloutOptions {
  /**
   * Replicas of the new version until a person promotes it. Needs `manualPromotion`; afterwards it gets all replicas, and
   * then all requests.
   *
   * @default - 1 with `manualPromotion`, else all replicas
   */
  readonly previewReplicas?: number;
}
