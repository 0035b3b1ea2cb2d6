import type { Behavior, MetricType, RatePolicy, ScalingRules } from './policy';

/** One metric as the controller reads it, in thousandths; undefined for a failed query. */
export interface Metric {
  readonly type: MetricType;
  readonly value: number | undefined;
  readonly target: number;
}

/** Replicas from the scale subresource and the pods. */
export interface Replicas {
  /** scale.spec.replicas */
  readonly desired: number;
  /** scale.status.replicas */
  readonly existing: number;
  readonly ready: number;
}

const TOLERANCE = 100;
/** `--horizontal-pod-autoscaler-downscale-stabilization` */
const DOWNSCALE_STABILIZATION = 300;

/** Compares `value` with `target * count` in integers, so that 0.9 and 1.1 are exact. */
function within(value: number, target: number, behavior?: Behavior): boolean {
  const up = behavior?.scaleUp.tolerance ?? TOLERANCE;
  const down = behavior?.scaleDown.tolerance ?? TOLERANCE;
  return value * 1000 <= target * (1000 + up) && value * 1000 >= target * (1000 - down);
}

/** Replicas that one metric requests: kubernetes/pkg/controller/podautoscaler/replica_calculator.go. */
export function proposal({ type, target }: Metric, value: number, replicas: Replicas, behavior?: Behavior): number {
  const { desired, existing, ready } = replicas;
  if (type === 'AverageValue') {
    return within(value, target * existing, behavior) ? existing : Math.ceil(value / target);
  }
  if (desired === 0) return Math.ceil(value / target);
  return within(value, target, behavior) ? desired : Math.ceil((value * ready) / target);
}

/** The largest proposal. A failed metric cannot lower the number of replicas. */
export function propose(metrics: readonly Metric[], replicas: Replicas, behavior?: Behavior): number {
  const proposals = metrics.flatMap((metric) =>
    metric.value === undefined ? [] : [proposal(metric, metric.value, replicas, behavior)],
  );
  if (proposals.length === 0) return replicas.desired;
  const largest = Math.max(...proposals);
  return proposals.length < metrics.length ? Math.max(largest, replicas.desired) : largest;
}

interface Timed {
  readonly time: number;
  readonly count: number;
}

const after = (items: readonly Timed[], time: number): Timed[] => items.filter((item) => item.time > time);
const total = (items: readonly Timed[]): number => items.reduce((sum, { count }) => sum + count, 0);
const strongest = (results: number[], select: ScalingRules['select'], extreme: 'max' | 'min'): number =>
  (select === 'Max') === (extreme === 'max') ? Math.max(...results) : Math.min(...results);

/** A HorizontalPodAutoscaler: kubernetes/pkg/controller/podautoscaler/horizontal.go. Times are whole seconds. */
export class HorizontalPodAutoscaler {
  private recommended: Timed[] | undefined;
  private added: Timed[] = [];
  private removed: Timed[] = [];

  constructor(
    private readonly min: number,
    private readonly max: number,
    private readonly behavior?: Behavior,
  ) {}

  /** One sync: the replicas to set. */
  sync(now: number, metrics: readonly Metric[], replicas: Replicas): number {
    const { desired } = replicas;
    // 0 replicas turn the autoscaler off; only KEDA can end that.
    if (desired === 0) return 0;
    const next = this.decide(now, metrics, replicas);
    if (next > desired) this.added.push({ time: now, count: next - desired });
    if (next < desired) this.removed.push({ time: now, count: desired - next });
    return next;
  }

  private decide(now: number, metrics: readonly Metric[], replicas: Replicas): number {
    const { desired } = replicas;
    this.recommended ??= [{ time: now, count: desired }];
    if (desired > this.max) return this.max;
    if (desired < this.min) return this.min;
    const stable = this.stabilize(now, propose(metrics, replicas, this.behavior), desired);
    const limited = stable > desired ? this.limitUp(now, stable, desired) : this.limitDown(now, stable, desired);
    return Math.min(this.max, Math.max(this.min, limited));
  }

  /** Scales up to the lowest, and down to the highest recommendation of the window. */
  private stabilize(now: number, next: number, desired: number): number {
    const { scaleUp, scaleDown } = this.behavior ?? {};
    const upWindow = scaleUp?.stabilizationWindow ?? 0;
    const downWindow = scaleDown?.stabilizationWindow ?? DOWNSCALE_STABILIZATION;
    const past = after(this.recommended ?? [], now - Math.max(upWindow, downWindow));
    const counts = (window: number) => [next, ...after(past, now - window).map(({ count }) => count)];
    const lower = Math.min(...counts(upWindow));
    const upper = Math.max(...counts(downWindow));
    this.recommended = [...past, { time: now, count: next }];
    return Math.min(Math.max(desired, lower), upper);
  }

  private limitUp(now: number, next: number, desired: number): number {
    if (!this.behavior) return Math.min(next, Math.max(2 * desired, 4));
    const { policies, select } = this.behavior.scaleUp;
    if (select === 'Disabled') return desired;
    const results = policies.map(({ type, value, period }) => {
      const start = desired - this.changed(now, period);
      return type === 'Pods' ? start + value : Math.ceil((start * (100 + value)) / 100);
    });
    return Math.min(next, Math.max(desired, strongest(results, select, 'max')));
  }

  private limitDown(now: number, next: number, desired: number): number {
    if (!this.behavior) return next;
    const { policies, select } = this.behavior.scaleDown;
    if (select === 'Disabled') return desired;
    const results = policies.map(({ type, value, period }) => {
      const start = desired - this.changed(now, period);
      return type === 'Pods' ? start - value : Math.trunc((start * (100 - value)) / 100);
    });
    return Math.max(next, Math.min(desired, strongest(results, select, 'min')));
  }

  /** Replicas added minus replicas removed within the last `period`. */
  private changed(now: number, period: RatePolicy['period']): number {
    return total(after(this.added, now - period)) - total(after(this.removed, now - period));
  }
}
