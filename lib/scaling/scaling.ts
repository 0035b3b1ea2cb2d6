import { throwOnErrors } from '../preflight/finding';
import { findingsOf, integer, struct } from '../private/shape';

/**
 * How many replicas a stack has.
 */
export class Scaling {
  /**
   * Always the same number of replicas.
   *
   * @param replicas whole number of at least 1
   */
  public static fixed(replicas: number): Scaling {
    throwOnErrors('Scaling.fixed', findingsOf({ replicas }, '', struct({ replicas: integer(1) }, {})));
    return new Scaling(replicas);
  }

  private constructor(
    /** Number of replicas. */
    public readonly replicas: number,
  ) {}
}
