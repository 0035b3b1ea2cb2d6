import type { Metric } from './hpa';
import type { ScalingPolicy } from './policy';

/** KEDA's own part: between 0 and 1. Everything above is the autoscaler's (keda: pkg/scaling/executor). */
export class Activation {
  private lastActive = 0;

  constructor(private readonly policy: ScalingPolicy) {}

  polls(now: number): boolean {
    return now % (this.policy.pollingInterval ?? 30) === 0;
  }

  /** The replicas to set: 1 out of 0 on activity, 0 at once when there was none for the cooldown period. */
  poll(now: number, metrics: readonly Metric[], wanted: number): number {
    const { minReplicas, triggers, cooldownPeriod = 300 } = this.policy;
    const active = metrics.some(({ value }, at) => {
      const limit = (triggers[at]?.activationThreshold ?? 0) * 1000;
      return value !== undefined && value > limit;
    });
    if (active) {
      this.lastActive = now;
      return wanted === 0 ? Math.max(1, minReplicas) : wanted;
    }
    const failed = metrics.some(({ value }) => value === undefined);
    const idle = minReplicas === 0 && !failed && now - this.lastActive > cooldownPeriod;
    return idle ? 0 : wanted;
  }
}
