import type { Metric } from './hpa';
import type { ScalingPolicy } from './policy';

/** KEDA's part: scaling between 0 and 1. The autoscaler does the rest (keda: pkg/scaling/executor). */
export class Activation {
  private lastActive = 0;

  constructor(private readonly policy: ScalingPolicy) {}

  polls(now: number): boolean {
    return now % (this.policy.pollingInterval ?? 30) === 0;
  }

  /** The replicas to set: 1 on activity, and 0 after the cooldown period without activity. */
  poll(now: number, metrics: readonly Metric[], desired: number): number {
    const { minReplicas, triggers, cooldownPeriod = 300 } = this.policy;
    const active = metrics.some(({ value }, at) => {
      const limit = (triggers[at]?.activationThreshold ?? 0) * 1000;
      return value !== undefined && value > limit;
    });
    if (active) {
      this.lastActive = now;
      return desired === 0 ? Math.max(1, minReplicas) : desired;
    }
    const failed = metrics.some(({ value }) => value === undefined);
    const idle = minReplicas === 0 && !failed && now - this.lastActive > cooldownPeriod;
    return idle ? 0 : desired;
  }
}
