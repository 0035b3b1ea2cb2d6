import { brand } from '../shapes/brand';

/**
 * How a new version of the pods replaces the old one.
 */
export class Delivery {
  /**
   * One new pod first, then one old pod less: no capacity is lost. Needs one free accelerator in the cluster, or the new
   * pod stays Pending and the rollout ends at its progress deadline.
   */
  public static rollingUpdate(): Delivery {
    return new Delivery('RollingUpdate', 1, 0);
  }

  /**
   * One old pod less first, then one new pod: for clusters with no spare accelerator. Capacity drops by one replica
   * while a new pod loads; with one replica that is an outage.
   */
  public static inPlace(): Delivery {
    return new Delivery('RollingUpdate', 0, 1);
  }

  /** All old pods go before new ones come: when two versions must never run side by side. Always an outage. */
  public static recreate(): Delivery {
    return new Delivery('Recreate', 0, undefined);
  }

  private constructor(
    /** Strategy of the Deployment: `RollingUpdate` or `Recreate`. */
    public readonly strategy: string,
    /** Pods above the wanted number during a rollout. */
    public readonly maxSurge: number,
    /** Pods below the wanted number during a rollout; undefined means all of them. */
    public readonly maxUnavailable: number | undefined,
  ) {
    brand(this, 'Delivery');
  }
}
