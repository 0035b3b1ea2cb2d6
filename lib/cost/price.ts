import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { above, findingsOf } from '../shapes/shape';
import { structOf } from '../shapes/struct';

const SHAPE = structOf<{ dollars: number }>({ dollars: above(0) }, {});

/**
 * What an accelerator costs. Only used to record cost in Prometheus; nothing is fetched.
 */
export class Price {
  /**
   * The price of one whole GPU, or of one device of another vendor.
   *
   * A MIG slice costs its share of the GPU's compute slices: `2g.20gb` of an H100 is two sevenths, whatever memory it
   * has. A shared GPU costs its price divided by the pods that may share it. The unused part of a GPU is counted for no
   * stack.
   *
   * @param dollars US dollars per hour, above 0; for a node of 8 GPUs, an eighth of its price
   */
  public static perGpuHour(dollars: number): Price {
    throwOnErrors('Price.perGpuHour', findingsOf({ dollars }, '', SHAPE));
    return new Price(FACTORY, dollars);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Dollars per hour of one whole device. */
    public readonly dollarsPerGpuHour: number,
  ) {
    brandMade(this, 'Price', caller);
  }
}
