import type { SeriesUse } from './series-use';

/** What is known about a query that is PromQL, as plain data. */
export interface QueryReading {
  /** `scalar` for a number, which a query API returns without an element. */
  readonly result: 'scalar' | 'vector';
  /** At most one element, whatever series there are. False if that is unknown. */
  readonly single: boolean;
  /** May be NaN while nothing is counted: a division, a percentile. */
  readonly mayBeNan: boolean;
  /** Is a comparison without `bool`: without an element while it is false. */
  readonly filters: boolean;
  /** Metrics each of which must have a series: without one of them, the result is empty. */
  readonly required: readonly string[];
  /** Every selector with its use, in the order of the text. */
  readonly uses: readonly SeriesUse[];
}
