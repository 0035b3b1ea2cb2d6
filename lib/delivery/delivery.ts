import { brand } from '../shapes/brand';

/**
 * How a new version of the pods replaces the old one.
 */
export class Delivery {
  /**
   * Adds one new pod, then removes one old pod: no capacity is lost. Needs one free accelerator in the cluster. Without
   * it, the new pod stays Pending and the rollout fails at its progress deadline.
   */
  public static rollingUpdate(): Delivery {
    return new Delivery('RollingUpdate', 1, 0);
  }

  /**
   * Removes one old pod, then adds one new pod: for clusters with no spare accelerator. Capacity drops by one replica
   * while a new pod loads; with one replica that is an outage.
   */
  public static inPlace(): Delivery {
    return new Delivery('RollingUpdate', 0, 1);
  }

  /** Removes all old pods before new ones start: for versions that must never run side by side. Always an outage. */
  public static recreate(): Delivery {
    return new Delivery('Recreate', 0, undefined);
  }

  private constructor(
    /** Strategy of the Deployment: `RollingUpdate` or `Recreate`. */
    public readonly strategy: string,
    /** Pods above the desired number during a rollout. */
    public readonly maxSurge: number,
    /** Pods below the desired number during a rollout; undefined means all of them. */
    public readonly maxUnavailable: number | undefined,
  ) {
    brand(this, 'Delivery');
  }
}
