import { DELIVERY, SCALING } from '../../defaults';
import type { Decided } from '../../defaults/decision';
import { decide } from '../../defaults/decision';
import type { AnalysisSpec } from '../rollout-spec';

/** When and how often a guard is measured. Times are in seconds. */
export interface AnalysisPlan {
  readonly scrapeInterval: number;
  readonly window: Decided;
  readonly warmUp: number;
  readonly interval: Decided;
  /** From a new weight to the first measurement, whose window then holds requests at this weight only. */
  readonly initialDelay: Decided;
  readonly successes: number;
  readonly failures: number;
  readonly measurements: number;
  readonly faults: { readonly window: number; readonly interval: number };
}

/** Four scrapes: with fewer, one missed scrape leaves no rate. */
const leastWindow = (scrapeInterval: number): number => SCALING.scrapesPerRate * scrapeInterval;

/** Decides when guards are measured. */
export function planAnalysis(spec: AnalysisSpec, scrapeInterval: number): AnalysisPlan {
  const window = decide(spec.window, 'delivery.analysis.window', () => ({
    value: Math.max(DELIVERY.window, leastWindow(scrapeInterval)),
    reason: `default, at least four scrapes of ${scrapeInterval} s`,
  }));
  const interval = decide(spec.interval, 'delivery.analysis.interval', () => ({
    value: Math.max(DELIVERY.interval, scrapeInterval),
    reason: 'default, at least one scrape',
  }));
  const warmUp = spec.warmUp ?? DELIVERY.warmUp;
  return {
    scrapeInterval,
    window,
    warmUp,
    interval,
    initialDelay: {
      value: warmUp + window.value + scrapeInterval,
      reason: `${warmUp} s to warm up, a window of ${window.value} s, one scrape of ${scrapeInterval} s`,
    },
    successes: spec.successes ?? DELIVERY.successes,
    failures: spec.failures ?? DELIVERY.failures,
    measurements: spec.measurements ?? DELIVERY.measurements,
    faults: {
      window: Math.max(DELIVERY.faultWindow, leastWindow(scrapeInterval)),
      interval: Math.max(DELIVERY.faultInterval, scrapeInterval),
    },
  };
}

/** Time that the guards take after each weight: if all pass at once, and at most. */
export function stepTime({ initialDelay, interval, successes, measurements }: AnalysisPlan): [number, number] {
  const after = (count: number): number => initialDelay.value + (count - 1) * interval.value;
  return [after(successes), after(measurements)];
}
