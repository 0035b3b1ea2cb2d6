import type { StackName } from './guard-stacks';
import type { Series } from './series';

/** Guards by name, those that compare with the stable version last. */
export const COMPARISONS = [
  'time-to-first-token-p95-vs-stable',
  'inter-token-latency-p95-vs-stable',
  'end-to-end-p90-vs-stable',
];
export const GUARDS = [
  'time-to-first-token-p95',
  'inter-token-latency-p95',
  'end-to-end-p90',
  'error-rate',
  'gateway-error-rate',
  ...COMPARISONS,
];

/** The one element of each metric; undefined for no element. */
export type Reads = Readonly<Record<string, number | undefined>>;

/** What the metrics read of a good canary beside a good stable version. */
export const GOOD_READS: Reads = {
  ...Object.fromEntries(GUARDS.map((name) => [name, COMPARISONS.includes(name) ? 1 : 0])),
  'failed-requests': 0,
  restarts: 0,
};

/** No guard has an element; faults always have one. */
export const NONE: Reads = Object.fromEntries(GUARDS.map((name) => [name, undefined]));

/** Series of both versions, and what the metrics make of them. */
export interface Situation {
  readonly title: string;
  /** The stacks that it is about; all of them if unset. */
  readonly stacks?: readonly StackName[];
  readonly series: readonly Series[];
  /** What differs from a good canary beside a good stable version. */
  readonly reads?: Reads;
  /** Metrics that fail, and those that neither pass nor fail: all others pass. */
  readonly fails?: readonly string[];
  readonly undecided?: readonly string[];
}

/** Both kinds of error rate. */
export const errors = (share: number | undefined): Reads => ({ 'error-rate': share, 'gateway-error-rate': share });
export const ERROR_RATES = Object.keys(errors(0));

/** What a canary reads that is bad while the stable version is good. */
export const BAD_READS: Reads = {
  'time-to-first-token-p95': 0.2,
  'inter-token-latency-p95': 0.2,
  'end-to-end-p90': 0.2,
  'error-rate': 0.1,
  'gateway-error-rate': 0.1,
  'time-to-first-token-p95-vs-stable': 2.125 / 0.475,
  'inter-token-latency-p95-vs-stable': 0.0875 / 0.02375,
  'end-to-end-p90-vs-stable': 45 / 13.5,
  'failed-requests': 0.1,
};
