import type { Phase } from './condition';

/** The limits of one metric of an analysis template. */
export interface Limits {
  readonly count?: number;
  readonly interval?: string;
  readonly consecutiveSuccessLimit?: number;
  readonly failureLimit?: number;
  readonly inconclusiveLimit?: number;
  readonly consecutiveErrorLimit?: number;
}

/** The verdict about a metric after some measurements, and how many of them were taken. */
export interface Verdict {
  readonly phase: Phase | 'Running';
  readonly taken: number;
}

/** pkg/apis/rollouts/v1alpha1/analysis_types.go, EffectiveCount: without an interval there is one measurement. */
const effectiveCount = ({ count, interval }: Limits): number | undefined =>
  count ?? (interval === undefined ? 1 : undefined);

/**
 * The phase of a metric as Argo Rollouts assesses it after each measurement (argo-rollouts analysis/analysis.go:
 * runMeasurements counts, assessMetricStatus decides). Errors do not count as measurements. It stops at the first verdict.
 */
export function assess(limits: Limits, measurements: readonly Phase[]): Verdict {
  const counts = { Successful: 0, Failed: 0, Inconclusive: 0, Error: 0 };
  let [count, consecutiveSuccess, consecutiveError] = [0, 0, 0];
  for (const [index, phase] of measurements.entries()) {
    counts[phase] += 1;
    consecutiveSuccess = phase === 'Successful' ? consecutiveSuccess + 1 : 0;
    consecutiveError = phase === 'Error' ? consecutiveError + 1 : 0;
    if (phase !== 'Error') count += 1;
    const verdict = statusOf(limits, { counts, count, consecutiveSuccess, consecutiveError });
    if (verdict !== undefined) return { phase: verdict, taken: index + 1 };
  }
  return { phase: 'Running', taken: measurements.length };
}

interface Counters {
  readonly counts: Readonly<Record<Phase, number>>;
  readonly count: number;
  readonly consecutiveSuccess: number;
  readonly consecutiveError: number;
}

function statusOf(
  limits: Limits,
  { counts, count, consecutiveSuccess, consecutiveError }: Counters,
): Phase | undefined {
  const { failureLimit = 0, inconclusiveLimit = 0, consecutiveErrorLimit = 4, consecutiveSuccessLimit = 0 } = limits;
  // The last of these that applies wins.
  if (consecutiveError > consecutiveErrorLimit) return 'Error';
  if (counts.Inconclusive > inconclusiveLimit) return 'Inconclusive';
  if (failureLimit >= 0 && counts.Failed > failureLimit) return 'Failed';
  if (consecutiveSuccessLimit > 0 && consecutiveSuccess >= consecutiveSuccessLimit) return 'Successful';
  const most = effectiveCount(limits);
  if (most === undefined || count < most) return undefined;
  if (consecutiveSuccessLimit === 0) return 'Successful';
  return failureLimit >= 0 ? 'Inconclusive' : 'Failed';
}

/**
 * Why the controller refuses a metric; undefined for a valid one (argo-rollouts utils/analysis/factory.go, ValidateMetric).
 */
export function invalidMetric(limits: Limits): string | undefined {
  const { count = 0, interval, consecutiveSuccessLimit: passes = 0, failureLimit = 0, inconclusiveLimit = 0 } = limits;
  if (count > 0 && failureLimit >= 0 && count < failureLimit + passes) {
    return `count (${count}) must be >= failureLimit + consecutiveSuccessLimit (${failureLimit} + ${passes})`;
  }
  if (count > 0 && count < inconclusiveLimit) return 'count must be >= inconclusiveLimit';
  return count > 1 && interval === undefined ? 'interval must be specified when count > 1' : undefined;
}

/** utils/analysis/helpers.go, analysisStatusOrder: from the best to the worst. */
const ORDER: readonly Verdict['phase'][] = ['Running', 'Successful', 'Inconclusive', 'Error', 'Failed'];

/**
 * The phase of a run with several metrics, which are measured at the same times (assessRunStatus): the worst one, once all
 * are complete. The first that does not succeed ends the run, and those that still measure count as successful.
 */
export function assessRun(metrics: readonly { limits: Limits; measurements: readonly Phase[] }[]): Verdict {
  const most = Math.max(...metrics.map(({ measurements }) => measurements.length));
  for (let taken = 1; taken <= most; taken += 1) {
    const phases = metrics.map(({ limits, measurements }) => assess(limits, measurements.slice(0, taken)).phase);
    const ends = phases.some((phase) => phase !== 'Running' && phase !== 'Successful');
    if (!ends && phases.includes('Running')) continue;
    const complete = phases.map((phase) => (phase === 'Running' ? 'Successful' : phase));
    const worst = Math.max(...complete.map((phase) => ORDER.indexOf(phase)));
    return { phase: ORDER[worst] ?? 'Running', taken };
  }
  return { phase: 'Running', taken: most };
}
