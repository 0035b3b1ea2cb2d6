/** What clients are promised. */
export type ObjectiveKind =
  'time-to-first-token' | 'inter-token-latency' | 'end-to-end' | 'error-rate' | 'availability';

/** How fast the error budget may burn before somebody is told. Windows are in seconds. */
export interface BurnRate {
  readonly severity: 'page' | 'ticket';
  readonly long: number;
  readonly short: number;
  /** How many times faster than the budget allows. */
  readonly factor: number;
  /** Share of bad events: factor × (1 − target). Below 1, or the alert could never fire. */
  readonly threshold: number;
}

/** A promise as rules, alerts and dashboards see it: plain data. */
export interface PlannedObjective {
  /** Label `sloth_id`: unique in the cluster. */
  readonly id: string;
  /** Label `sloth_service`: namespace and name of the stack. */
  readonly service: string;
  /** Label `sloth_slo`: unique in the stack. */
  readonly slo: string;
  readonly kind: ObjectiveKind;
  /** In words: `95 % of first tokens within 60 ms`. */
  readonly title: string;
  /** Share of good events, for example 0.95. */
  readonly target: number;
  /** Days over which the promise holds: 28 or 30. */
  readonly window: number;
  /** For a promise about latency: the histogram, its bound in seconds, and the percentile from 1 to 99.9. */
  readonly latency?: { readonly histogram: string; readonly bound: number; readonly percentile: number };
  readonly burnRates: readonly BurnRate[];
}
