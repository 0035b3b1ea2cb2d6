import type { ObjectiveKind } from '../metrics/slo';

/** Promises about a histogram of vLLM. */
export type LatencyKind = Exclude<ObjectiveKind, 'error-rate' | 'gateway-error-rate' | 'availability'>;

/** What an `Objective` holds: plain data. */
export type ObjectiveSpec =
  | {
      readonly kind: LatencyKind;
      readonly percentile: number;
      /** Seconds. */
      readonly within: number;
      /** Days. */
      readonly window: number;
      /** Events per second. */
      readonly minEventRate?: number;
    }
  | {
      readonly kind: Exclude<ObjectiveKind, LatencyKind>;
      /** Share of good events. */
      readonly target: number;
      /** Days. */
      readonly window: number;
      /** Events per second. */
      readonly minEventRate?: number;
    };
