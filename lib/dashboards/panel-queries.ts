import { WORK_HANDLERS } from '../engine/work-paths';

/** Range of rates: Grafana makes it at least four scrapes, and at least the distance of two points. */
const RANGE = '$__rate_interval';

/** Requests that are work for the engine. */
export const WORK = { matches: WORK_HANDLERS } as const;

/** Growth of a counter per second. */
export const rate = (selector: string): string => `rate(${selector}[${RANGE}])`;

/** An aggregate, over everything or by labels. */
export function aggregate(
  operator: 'sum' | 'max' | 'min' | 'avg' | 'count',
  expr: string,
  by: readonly string[] = [],
): string {
  return by.length === 0 ? `${operator}(${expr})` : `${operator} by (${by.join(', ')}) (${expr})`;
}

export const sum = (expr: string, ...by: readonly string[]): string => aggregate('sum', expr, by);
export const max = (expr: string, ...by: readonly string[]): string => aggregate('max', expr, by);
export const sumRate = (selector: string, ...by: readonly string[]): string => sum(rate(selector), ...by);

/** A ratio that has no element where its denominator is 0: nothing happened, so there is no ratio. */
export const ratio = (part: string, whole: string): string => `${part} / (${whole} > 0)`;

/** 0 where a counter has no series yet: an error that never happened has none. */
export const orZero = (expr: string): string => `(${expr} or vector(0))`;

/** What an expression makes of a histogram's parts: `_bucket`, `_sum` and `_count`. */
export type HistogramOf = (suffix: string) => string;

/** A quantile of a histogram; the comparison drops the NaN of an idle time. */
export function quantile(share: number, of: HistogramOf, ...by: readonly string[]): string {
  return `histogram_quantile(${share}, ${sumRate(of('_bucket'), ...by, 'le')}) >= 0`;
}

/** The mean of a histogram. */
export function mean(of: HistogramOf, ...by: readonly string[]): string {
  return ratio(sumRate(of('_sum'), ...by), sumRate(of('_count'), ...by));
}

/** How many observations fell into each bucket. */
export const buckets = (of: HistogramOf): string => `sum by (le) (increase(${of('_bucket')}[${RANGE}]))`;
