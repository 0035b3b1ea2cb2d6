import type { Duration } from 'cdk8s';
import { DELIVERY } from '../defaults';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf } from '../shapes/shape';
import type { BlueGreenOptions, CanaryOptions } from './canary-options';
import { RolloutEvent } from './rollout-notification';
import type { RolloutOptions } from './rollout-options';
import { BLUE_GREEN_OPTIONS, CANARY_OPTIONS } from './rollout-shapes';
import type { RolloutSpec } from './rollout-spec';

const seconds = (duration: Duration | undefined): number | undefined => duration?.toSeconds();

/** What canaries and blue-green rollouts have, as data. */
function commonSpec(options: RolloutOptions) {
  const { analysis = {}, prometheus, notifications = [] } = options;
  const { window, warmUp, interval, ...counts } = analysis;
  return {
    analysis: { ...counts, window: seconds(window), warmUp: seconds(warmUp), interval: seconds(interval) },
    guards: (options.guards ?? []).map(({ _spec }) => _spec),
    prometheus: prometheus && { address: prometheus.address, authentication: prometheus._authentication },
    gpuBudget: options.gpuBudget,
    manualPromotion: options.manualPromotion ?? false,
    scaleDownDelay: seconds(options.scaleDownDelay),
    abortScaleDownDelay: seconds(options.abortScaleDownDelay),
    notifications: notifications.map(({ service, recipients, events }) => ({
      service,
      recipients: [...recipients],
      events: events ? [...events] : [RolloutEvent.PAUSED, RolloutEvent.ABORTED, RolloutEvent.COMPLETED],
    })),
    migration: options.migration,
  };
}

/**
 * How a new version of the pods replaces the old one.
 */
export class Delivery {
  /**
   * Adds one new pod, then removes one old pod: no capacity is lost. Needs one free accelerator in the cluster. Without
   * it, the new pod stays Pending and the rollout fails at its progress deadline.
   */
  public static rollingUpdate(): Delivery {
    return new Delivery(FACTORY, 'RollingUpdate', 1, 0);
  }

  /**
   * Removes one old pod, then adds one new pod: for clusters with no spare accelerator. Capacity drops by one replica
   * while a new pod loads; with one replica that is an outage.
   */
  public static inPlace(): Delivery {
    return new Delivery(FACTORY, 'RollingUpdate', 0, 1);
  }

  /** Removes all old pods before new ones start: for versions that must never run side by side. Always an outage. */
  public static recreate(): Delivery {
    return new Delivery(FACTORY, 'Recreate', 0, undefined);
  }

  /**
   * Sends a rising share of the requests to the new version, and goes back to the old one if it breaks an objective of the
   * stack. The pods are run by a Rollout of Argo Rollouts instead of a Deployment.
   */
  public static canary(options: CanaryOptions): Delivery {
    throwOnErrors('Delivery.canary', findingsOf(options, '', CANARY_OPTIONS));
    const { router, weights = DELIVERY.weights, analyzeFullWeight = false } = options;
    const { dynamicStableScale, compareWithStable } = options;
    return new Delivery(FACTORY, 'Canary', 1, 0, {
      strategy: 'canary',
      ...commonSpec(options),
      router: router._spec,
      weights: [...weights],
      analyzeFullWeight,
      dynamicStableScale,
      maxLatencyRatio: compareWithStable?.maxLatencyRatio,
    });
  }

  /**
   * Starts all replicas of the new version beside the old one, sends all requests to them at once, and goes back if they
   * break an objective of the stack. Needs twice the accelerators. The pods are run by a Rollout of Argo Rollouts instead of
   * a Deployment.
   */
  public static blueGreen(options: BlueGreenOptions = {}): Delivery {
    throwOnErrors('Delivery.blueGreen', findingsOf(options, '', BLUE_GREEN_OPTIONS));
    const { previewReplicas, manualPromotion } = options;
    if (previewReplicas !== undefined && !manualPromotion) {
      const problem = `is ${previewReplicas}, and manualPromotion is not true: nothing would wait for the preview`;
      const fix = 'set manualPromotion: true, or remove it';
      throwOnErrors('Delivery.blueGreen', [error('wrong-value', 'previewReplicas', problem, fix)]);
    }
    return new Delivery(FACTORY, 'BlueGreen', 1, 0, { strategy: 'blueGreen', ...commonSpec(options), previewReplicas });
  }

  /**
   * Undefined for a Deployment.
   *
   * @internal
   */
  public readonly _rollout?: RolloutSpec;

  private constructor(
    caller: typeof FACTORY,
    /** Strategy of the workload: `RollingUpdate` or `Recreate` of a Deployment, `Canary` or `BlueGreen` of a Rollout. */
    public readonly strategy: string,
    /** Pods above the desired number during a rollout; with a Rollout, as far as no router divides the requests. */
    public readonly maxSurge: number,
    /** Pods below the desired number during a rollout; undefined means all of them. */
    public readonly maxUnavailable: number | undefined,
    rollout?: RolloutSpec,
  ) {
    brandMade(this, 'Delivery', caller);
    if (rollout) this._rollout = rollout;
  }
}
