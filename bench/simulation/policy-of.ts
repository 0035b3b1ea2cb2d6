import type { ScalingPolicy, ScalingRules, Signal, Trigger } from './policy';

/** One direction of a scaler in its plan. */
interface PlannedPace {
  readonly window: number;
  readonly pods: { readonly value: number };
  /** 0 for policies by pods only. */
  readonly percent: number;
  readonly period: { readonly value: number };
}

/** The part of a scaler's plan that the simulator reads. */
export interface PlannedScaler {
  readonly min: { readonly value: number };
  readonly max: number;
  readonly triggers: readonly {
    readonly type: string;
    readonly name: string;
    readonly threshold?: number;
    readonly metricType?: 'AverageValue' | 'Value';
  }[];
  readonly up: PlannedPace;
  readonly down: PlannedPace;
}

/** Signals that the simulator can measure, by the names of their triggers; rates cover the default window. */
const SIGNALS: Readonly<Record<string, Signal>> = {
  'in-flight-requests': { of: 'inFlight' },
  'kv-cache-use': { of: 'kvCache' },
  'queued-requests': { of: 'waiting' },
  'request-rate': { of: 'completions', window: 60 },
  'generated-tokens': { of: 'outputTokens', window: 60 },
  'time-to-first-token': { of: 'timeToFirstToken', window: 60, quantile: 0.95 },
};

function rules({ window, pods, percent, period }: PlannedPace): ScalingRules {
  const some = percent > 0 ? [{ type: 'Percent', value: percent, period: period.value } as const] : [];
  return {
    stabilizationWindow: window,
    select: 'Max',
    policies: [{ type: 'Pods', value: pods.value, period: period.value }, ...some],
  };
}

/** The policy that a scaler's plan emits. Throws for a trigger that the simulator cannot measure. */
export function policyOf({ min, max, triggers, up, down }: PlannedScaler): ScalingPolicy {
  return {
    minReplicas: min.value,
    maxReplicas: max,
    triggers: triggers.map(({ name, threshold, metricType }): Trigger => {
      const signal = SIGNALS[name];
      if (signal === undefined || threshold === undefined) throw new Error(`the simulator cannot measure "${name}"`);
      return { signal, threshold, type: metricType, ignoreNullValues: false };
    }),
    behavior: { scaleUp: rules(up), scaleDown: rules(down) },
  };
}
