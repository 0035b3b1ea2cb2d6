import type { Metric } from '../../../bench/simulation/hpa';
import { HorizontalPodAutoscaler, proposal, propose } from '../../../bench/simulation/hpa';
import type { RatePolicy, ScalingRules } from '../../../bench/simulation/policy';
import { DEFAULT_BEHAVIOR } from '../../../bench/simulation/policy';

const replicas = (count: number) => ({ desired: count, existing: count, ready: count });
const metric = (type: Metric['type'], value: number | undefined, target: number): Metric => ({
  type,
  value: value === undefined ? undefined : Math.round(value * 1000),
  target: Math.round(target * 1000),
});
const proposed = ({ type, target, value = 0 }: Metric, count: number) =>
  proposal({ type, target, value }, value, replicas(count));

/** Follows a demand for `seconds`; returns the replicas after each sync. */
function follow(scaler: HorizontalPodAutoscaler, demand: (now: number) => number, from: number, seconds = 600) {
  const counts = [from];
  for (let now = 0; now < seconds; now += 15) {
    counts.push(scaler.sync(now, [metric('AverageValue', demand(now), 1)], replicas(counts.at(-1) ?? from)));
  }
  return counts;
}

const rules = (policies: readonly RatePolicy[], more: Partial<ScalingRules> = {}): ScalingRules => ({
  stabilizationWindow: 0,
  select: 'Max',
  policies,
  ...more,
});

describe('one metric', () => {
  it('keeps the replicas for a total within a tenth of the target', () => {
    expect(proposed(metric('AverageValue', 10, 1), 11)).toBe(11);
    expect([12, 13, 14, 15].map((count) => proposed(metric('AverageValue', 10, 1), count))).toEqual([10, 10, 10, 10]);
    expect(proposed(metric('AverageValue', 11, 1), 10)).toBe(10);
    expect(proposed(metric('AverageValue', 11.001, 1), 10)).toBe(12);
  });

  it('divides a total by the threshold, and multiplies the ready pods by a ratio', () => {
    expect(proposed(metric('AverageValue', 0.9, 0.7), 4)).toBe(2);
    expect(proposed(metric('Value', 0.9, 0.7), 4)).toBe(6);
    expect(proposed(metric('AverageValue', 3.6, 0.8), 4)).toBe(5);
  });

  it('counts ready pods for Value, and no pods for a total', () => {
    const loading = { desired: 4, existing: 4, ready: 1 };
    const value = metric('Value', 1.4, 0.7);
    expect(proposal(value, 1400, loading)).toBe(2);
    expect(proposal(metric('AverageValue', 140, 30), 140_000, loading)).toBe(5);
  });
});

describe('several metrics', () => {
  it('result in the largest proposal', () => {
    expect(propose([metric('AverageValue', 3, 1), metric('AverageValue', 7, 1)], replicas(5))).toBe(7);
  });

  it('block scaling down, not up, when one of them fails', () => {
    const failed = metric('AverageValue', undefined, 1);
    expect(propose([failed, metric('AverageValue', 2, 1)], replicas(5))).toBe(5);
    expect(propose([failed, metric('AverageValue', 7, 1)], replicas(5))).toBe(7);
    expect(propose([failed], replicas(5))).toBe(5);
  });
});

describe('the autoscaler', () => {
  it('scales up 1, 5, 10, 20, 40 with the default policies', () => {
    const scaler = new HorizontalPodAutoscaler(1, 40, DEFAULT_BEHAVIOR);
    expect(follow(scaler, () => 1000, 1, 75)).toEqual([1, 5, 10, 20, 40, 40]);
  });

  it('scales up 1, 4, 8, 16, 32, 40 without a behavior, on the controller’s legacy path', () => {
    const scaler = new HorizontalPodAutoscaler(1, 40);
    expect(follow(scaler, () => 1000, 1, 75)).toEqual([1, 4, 8, 16, 32, 40]);
  });

  it.each([1, 2, 3])('never adds more than %i pods within the period of the policy', (value) => {
    const period = 120;
    const scaleUp = rules([{ type: 'Pods', value, period }]);
    const scaler = new HorizontalPodAutoscaler(1, 100, { ...DEFAULT_BEHAVIOR, scaleUp });
    const counts = follow(scaler, () => 1000, 1, 1200);
    const syncs = period / 15;
    const added = counts.slice(syncs).map((count, at) => count - (counts[at] ?? 0));
    expect(Math.max(...added)).toBe(value);
    expect(counts.at(-1)).toBe(1 + value * (1200 / period));
  });

  it('waits for the window before it scales down, and includes its initial replicas', () => {
    const scaler = new HorizontalPodAutoscaler(1, 40, DEFAULT_BEHAVIOR);
    const counts = follow(scaler, () => 2, 10, 330);
    expect(counts.indexOf(2)).toBe(1 + 300 / 15);
    expect(new Set(counts)).toEqual(new Set([10, 2]));
  });

  it('scales down by the maximum or the minimum of its policies', () => {
    const policies: RatePolicy[] = [
      { type: 'Pods', value: 1, period: 15 },
      { type: 'Percent', value: 50, period: 15 },
    ];
    const shrink = (select: ScalingRules['select']) => {
      const scaleDown = rules(policies, { select });
      return follow(new HorizontalPodAutoscaler(1, 40, { ...DEFAULT_BEHAVIOR, scaleDown }), () => 1, 9, 60);
    };
    // The first sync still sees the initial number of replicas.
    expect(shrink('Max')).toEqual([9, 4, 2, 1, 1]);
    expect(shrink('Min')).toEqual([9, 8, 7, 6, 5]);
    expect(shrink('Disabled')).toEqual([9, 9, 9, 9, 9]);
  });

  it('scales up to the lowest recommendation of its window', () => {
    const scaleUp = rules(DEFAULT_BEHAVIOR.scaleUp.policies, { stabilizationWindow: 60 });
    const scaler = new HorizontalPodAutoscaler(1, 40, { ...DEFAULT_BEHAVIOR, scaleUp });
    const counts = follow(scaler, (now) => (now === 30 ? 2 : 5), 2, 120);
    expect(counts.slice(0, 7)).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(counts.at(-1)).toBe(5);
  });

  it('does nothing at 0 replicas, and returns to its bounds at once', () => {
    expect(new HorizontalPodAutoscaler(1, 5).sync(0, [metric('AverageValue', 9, 1)], replicas(0))).toBe(0);
    expect(new HorizontalPodAutoscaler(1, 5).sync(0, [metric('AverageValue', 9, 1)], replicas(9))).toBe(5);
    expect(new HorizontalPodAutoscaler(3, 5).sync(0, [metric('AverageValue', 1, 1)], replicas(1))).toBe(3);
  });
});
