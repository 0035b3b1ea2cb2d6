import { SCALING } from '../../lib/defaults';
import type { Behavior, ScalingPolicy, Trigger } from './policy';
import { DEFAULT_BEHAVIOR } from './policy';

/** The input of a plan for its decision about a scaler. */
export interface Known {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Requests that one engine runs concurrently. */
  readonly batch: number;
  /** Expected seconds from the creation of a pod until it is ready; not the budget, which is longer. */
  readonly startup: number;
}

/**
 * Kubernetes' default steps, at most double or `pods`, but one step per pod start instead of one per 15 s. The period
 * is 1.5 starts, since new pods do not take requests from the queues of the old ones, and the signal stays high until
 * those are served.
 */
export function recommendedBehavior({ startup, maxReplicas }: Known): Behavior {
  const { scrapeInterval, startsPerStep, maxPolicyPeriod, minStep, stepsToMax } = SCALING;
  const period = Math.min(maxPolicyPeriod, Math.ceil((startup * startsPerStep) / scrapeInterval) * scrapeInterval);
  const pods = Math.max(minStep, Math.ceil(maxReplicas / stepsToMax));
  return {
    scaleUp: {
      stabilizationWindow: 0,
      select: 'Max',
      policies: [
        { type: 'Pods', value: pods, period },
        { type: 'Percent', value: 100, period },
      ],
    },
    scaleDown: {
      stabilizationWindow: SCALING.scaleDownWindow,
      select: 'Max',
      policies: [
        { type: 'Pods', value: SCALING.scaleDownPods, period: SCALING.scaleDownPeriod },
        { type: 'Percent', value: SCALING.scaleDownPercent, period: SCALING.scaleDownPeriod },
      ],
    },
  };
}

/** Target of requests in flight per replica: a share of its batch that leaves room for half as many requests again. */
export const inFlightTarget = (batch: number): number => Math.max(1, Math.round(batch * SCALING.inFlightShare));

/** Requests in flight first, a full KV cache second. */
export function recommended(known: Known, more: readonly Trigger[] = []): ScalingPolicy {
  const { minReplicas, maxReplicas, batch } = known;
  const threshold = inFlightTarget(batch);
  return {
    minReplicas,
    maxReplicas,
    triggers: [
      { signal: { of: 'inFlight' }, threshold, ignoreNullValues: false },
      { signal: { of: 'kvCache' }, threshold: SCALING.kvCacheUse, ignoreNullValues: false },
      ...more,
    ],
    behavior: recommendedBehavior(known),
  };
}

/**
 * The same, with scale to zero: the gateway counts waiting requests while no engine runs. Both engine queries end in
 * `or vector(0)`, so that they do not fail without an engine.
 */
export function recommendedToZero(known: Known, cooldownPeriod = 900): ScalingPolicy {
  const { triggers, ...policy } = recommended({ ...known, minReplicas: 0 });
  const engines = triggers.map((trigger) => ({ ...trigger, ignoreNullValues: true }));
  const gateway: Trigger = { signal: { of: 'gateway' }, threshold: inFlightTarget(known.batch) };
  return { ...policy, triggers: [...engines, gateway], cooldownPeriod };
}

/** One trigger with Kubernetes' defaults, as in most examples. */
export const single = (trigger: Trigger, minReplicas: number, maxReplicas: number): ScalingPolicy => ({
  minReplicas,
  maxReplicas,
  triggers: [trigger],
  behavior: DEFAULT_BEHAVIOR,
});

/**
 * The ScaledObject of the article, with the sum that its query lacks: finished requests, 8 per second and replica. It
 * has no behavior, and its polling interval and cooldown have no effect with a minimum of one replica.
 */
export const article = (minReplicas = 1, maxReplicas = 40): ScalingPolicy => ({
  minReplicas,
  maxReplicas,
  triggers: [{ signal: { of: 'completions', window: 60 }, threshold: 8 }],
  pollingInterval: 5,
  cooldownPeriod: 60,
});

/** Exactly as printed: the query returns several elements, which KEDA refuses (measured with KEDA 2.20.2). */
export const articleAsWritten = (): ScalingPolicy => ({
  ...article(),
  triggers: [{ signal: { of: 'error' }, threshold: 8, ignoreNullValues: false }],
});
