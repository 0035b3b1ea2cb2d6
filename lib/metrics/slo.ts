export const SECONDS_OF_DAY = 86_400;

/** What clients are promised. */
export type ObjectiveKind =
  'time-to-first-token' | 'inter-token-latency' | 'end-to-end' | 'error-rate' | 'gateway-error-rate' | 'availability';

/** How fast the error budget may burn before an alert fires. Windows are in seconds. */
export interface BurnRate {
  readonly severity: 'page' | 'ticket';
  readonly long: number;
  readonly short: number;
  /** How many times faster than the budget allows. */
  readonly factor: number;
  /** Share of bad events: factor × (1 − target). Far enough below 1 that the alert can fire. */
  readonly threshold: number;
}

/** A promise as rules, alerts and dashboards see it: plain data. */
export interface PlannedObjective {
  /**
   * Label `sloth_id`: `service` and `slo`. Namespace and name are joined by `-`, so two stacks may share it (`a-b` and `c`,
   * `a` and `b-c`): a query selects by `namespace` and `app` too.
   */
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
  /** For a promise about latency: the histogram, its bound in seconds, and the percentile from 50 to 99.99. */
  readonly latency?: { readonly histogram: string; readonly bound: number; readonly percentile: number };
  readonly burnRates: readonly BurnRate[];
  /** Minimum of events per second over the long window for an alert; any rate is enough when absent. */
  readonly minEventRate?: number;
}

/**
 * Series about a promise, under the names and labels of Sloth: `sloth_id`, `sloth_service`, `sloth_slo`, and
 * `sloth_window` where there is one. What reads Sloth's series reads these.
 */
export const SLO_RECORDS = {
  /** Share of bad events; a window is appended as `windowLabel` writes it. */
  errorRatio: 'slo:sli_error:ratio_rate',
  objective: 'slo:objective:ratio',
  errorBudget: 'slo:error_budget:ratio',
  periodDays: 'slo:time_period:days',
  currentBurnRate: 'slo:current_burn_rate:ratio',
  periodBurnRate: 'slo:period_burn_rate:ratio',
  budgetRemaining: 'slo:period_error_budget_remaining:ratio',
  info: 'sloth_slo_info',
  /** Events per second, which Sloth does not record: what longer windows are summed from. */
  events: 'slo:sli_events:rate5m',
  badEvents: 'slo:sli_bad_events:rate5m',
} as const;

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [604_800, 'w'],
  [SECONDS_OF_DAY, 'd'],
  [3600, 'h'],
  [60, 'm'],
];

/** A window as Sloth and Prometheus name it: `5m`, `6h`, `30d`, and `4w` for 28 days. */
export function windowLabel(seconds: number): string {
  const [factor, unit] = UNITS.find(([each]) => seconds % each === 0) ?? [1, 's'];
  return `${seconds / factor}${unit}`;
}
