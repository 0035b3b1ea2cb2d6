import { SECONDS_OF_DAY } from '../metrics/slo';
import { SLO } from '../defaults';
import type { BurnRate } from '../metrics/slo';
import { decimal } from '../units/decimal';

/** A row of the table that a loose promise changed. */
export interface ChangedBurnRate extends BurnRate {
  /** The threshold by the table. */
  readonly byTable: number;
  /** Whether a shorter window with a threshold as low makes it redundant. */
  readonly dropped: boolean;
}

export interface BurnRates {
  /** What alerts are made of: thresholds fall as windows grow. */
  readonly rates: readonly BurnRate[];
  readonly changed: readonly ChangedBurnRate[];
}

/** A number to six digits: 28 days turn the table into endless fractions, which would end up in queries. */
const readable = (value: number): number => Number(value.toPrecision(6));

/**
 * How fast the budget of a promise may burn: its share of the budget × the period / the long window, as in Sloth.
 *
 * A loose promise has a large budget, and a multiple of it can exceed the share of all events: an alert that never fires.
 * There the threshold is capped, and the factor follows.
 */
export function burnRates(target: number, days: number): BurnRates {
  const budget = decimal(1 - target);
  const rates: BurnRate[] = [];
  const changed: ChangedBurnRate[] = [];
  for (const { severity, share, long, short } of SLO.burnRates) {
    const byTable = readable(((share * days * SECONDS_OF_DAY) / long) * budget);
    const threshold = Math.min(byTable, SLO.highestThreshold);
    const rate: BurnRate = { severity, long, short, factor: readable(threshold / budget), threshold };
    const dropped = rates.some((each) => each.threshold <= threshold);
    if (!dropped) rates.push(rate);
    if (dropped || threshold < byTable) changed.push({ ...rate, byTable, dropped });
  }
  return { rates, changed };
}
