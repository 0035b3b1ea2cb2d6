import type { Behavior, MetricType, RatePolicy, ScalingRules } from './policy';

/** One metric as the controller reads it, in thousandths; an undefined value is a failed query. */
export interface Metric {
  readonly type: MetricType;
  readonly value: number | undefined;
  readonly target: number;
}

/** Replicas as the scale subresource and the pods tell. */
export interface Replicas {
  /** scale.spec.replicas */
  readonly wanted: number;
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

/** Replicas that one metric asks for: kubernetes/pkg/controller/podautoscaler/replica_calculator.go. */
export function proposal({ type, target }: Metric, value: number, replicas: Replicas, behavior?: Behavior): number {
  const { wanted, existing, ready } = replicas;
  if (type === 'AverageValue') {
    return within(value, target * existing, behavior) ? existing : Math.ceil(value / target);
  }
  if (wanted === 0) return Math.ceil(value / target);
  return within(value, target, behavior) ? wanted : Math.ceil((value * ready) / target);
}

/** The largest proposal; a failed metric cannot ask for less than there is. */
export function propose(metrics: readonly Metric[], replicas: Replicas, behavior?: Behavior): number {
  const proposals = metrics.flatMap((metric) =>
    metric.value === undefined ? [] : [proposal(metric, metric.value, replicas, behavior)],
  );
  if (proposals.length === 0) return replicas.wanted;
  const most = Math.max(...proposals);
  return proposals.length < metrics.length ? Math.max(most, replicas.wanted) : most;
}

interface Timed {
  readonly time: number;
  readonly count: number;
}

const after = (items: readonly Timed[], time: number): Timed[] => items.filter((item) => item.time > time);
const total = (items: readonly Timed[]): number => items.reduce((sum, { count }) => sum + count, 0);
const strongest = (results: number[], select: ScalingRules['select'], most: 'max' | 'min'): number =>
  (select === 'Max') === (most === 'max') ? Math.max(...results) : Math.min(...results);

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
    const { wanted } = replicas;
    // 0 replicas switch the autoscaler off; only KEDA ends that.
    if (wanted === 0) return 0;
    const next = this.decide(now, metrics, replicas);
    if (next > wanted) this.added.push({ time: now, count: next - wanted });
    if (next < wanted) this.removed.push({ time: now, count: wanted - next });
    return next;
  }

  private decide(now: number, metrics: readonly Metric[], replicas: Replicas): number {
    const { wanted } = replicas;
    this.recommended ??= [{ time: now, count: wanted }];
    if (wanted > this.max) return this.max;
    if (wanted < this.min) return this.min;
    const stable = this.stabilize(now, propose(metrics, replicas, this.behavior), wanted);
    const limited = stable > wanted ? this.limitUp(now, stable, wanted) : this.limitDown(now, stable, wanted);
    return Math.min(this.max, Math.max(this.min, limited));
  }

  /** Grows only as far as all recommendations of the window agree, and shrinks only as far. */
  private stabilize(now: number, desired: number, wanted: number): number {
    const { scaleUp, scaleDown } = this.behavior ?? {};
    const upWindow = scaleUp?.stabilizationWindow ?? 0;
    const downWindow = scaleDown?.stabilizationWindow ?? DOWNSCALE_STABILIZATION;
    const past = after(this.recommended ?? [], now - Math.max(upWindow, downWindow));
    const counts = (window: number) => [desired, ...after(past, now - window).map(({ count }) => count)];
    const lower = Math.min(...counts(upWindow));
    const upper = Math.max(...counts(downWindow));
    this.recommended = [...past, { time: now, count: desired }];
    return Math.min(Math.max(wanted, lower), upper);
  }

  private limitUp(now: number, desired: number, wanted: number): number {
    if (!this.behavior) return Math.min(desired, Math.max(2 * wanted, 4));
    const { policies, select } = this.behavior.scaleUp;
    if (select === 'Disabled') return wanted;
    const results = policies.map(({ type, value, period }) => {
      const start = wanted - this.changed(now, period);
      return type === 'Pods' ? start + value : Math.ceil((start * (100 + value)) / 100);
    });
    return Math.min(desired, Math.max(wanted, strongest(results, select, 'max')));
  }

  private limitDown(now: number, desired: number, wanted: number): number {
    if (!this.behavior) return desired;
    const { policies, select } = this.behavior.scaleDown;
    if (select === 'Disabled') return wanted;
    const results = policies.map(({ type, value, period }) => {
      const start = wanted - this.changed(now, period);
      return type === 'Pods' ? start - value : Math.trunc((start * (100 - value)) / 100);
    });
    return Math.max(desired, Math.min(wanted, strongest(results, select, 'min')));
  }

  /** Replicas added less replicas removed within the last `period`. */
  private changed(now: number, period: RatePolicy['period']): number {
    return total(after(this.added, now - period)) - total(after(this.removed, now - period));
  }
}
