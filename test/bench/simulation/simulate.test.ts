import type { ScalingPolicy, Trigger } from '../../../bench/simulation/policy';
import { DEFAULT_BEHAVIOR } from '../../../bench/simulation/policy';
import { single } from '../../../bench/simulation/policies';
import type { Result } from '../../../bench/simulation/result';
import { simulate } from '../../../bench/simulation/simulate';
import type { Trace } from '../../../bench/simulation/traces';
import { ramp, sinus, step } from '../../../bench/simulation/traces';
import { EIGHT_B } from '../../../bench/simulation/workload';

/** The reference model counts no probe period. */
const workload = { ...EIGHT_B, probePeriod: 0 };
const inFlight: Trigger = { signal: { of: 'inFlight' }, threshold: 30 };
const arrivals = (threshold: number): Trigger => ({ signal: { of: 'arrivals', window: 60 }, threshold });
const run = (trace: Trace, trigger: Trigger, more: Partial<ScalingPolicy> = {}): Result =>
  simulate({ workload, trace, policy: { ...single(trigger, 2, 20), ...more } });

/** Within 1.5 points, within 4 % of the GPU-hours, and one replica at the peak. */
function expectNear(result: Result, percent: number, gpuHours: number, peak: number): void {
  expect(Math.abs(result.withinObjective * 100 - percent)).toBeLessThan(1.5);
  expect(Math.abs(result.gpuHours / gpuHours - 1)).toBeLessThan(0.04);
  expect(Math.abs(result.peakReplicas - peak)).toBeLessThanOrEqual(1);
}

const onSinus = run(sinus(), inFlight);
const onRamp = run(ramp(), inFlight);
const onStep = run(step(), inFlight);

describe('the reference results', () => {
  it('hold for requests in flight', () => {
    expectNear(onSinus, 100, 6.83, 7);
    expectNear(onRamp, 96.7, 7.84, 20);
    expectNear(onStep, 92.9, 5.91, 20);
  });

  it('hold for requests in flight with a warm pool', () => {
    const result = run(step(), inFlight, { minReplicas: 4 });
    expect(result).toMatchObject({ withinObjective: 1, peakReplicas: 4, events: 0 });
    expect(result.gpuHours).toBeCloseTo(5, 9);
  });

  it('hold for requests in flight with 2 pods per 120 s', () => {
    const scaleUp = { ...DEFAULT_BEHAVIOR.scaleUp, policies: [{ type: 'Pods', value: 2, period: 120 } as const] };
    expectNear(run(step(), inFlight, { behavior: { ...DEFAULT_BEHAVIOR, scaleUp } }), 89.7, 4.11, 8);
  });

  it('hold for arrivals', () => {
    expectNear(run(step(), arrivals(6)), 88.7, 3.66, 4);
  });

  it('hold for waiting requests: a limit cycle between the minimum and the maximum, at three times the cost', () => {
    const result = run(ramp(), { signal: { of: 'waiting' }, threshold: 5 });
    expectNear(result, 67.8, 27.12, 20);
    const counts = result.changes.map(([, replicas]) => replicas);
    expect(counts.filter((count) => count === 20).length).toBeGreaterThan(5);
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(5);
    expect(result.gpuHours / onRamp.gpuHours).toBeGreaterThan(3);
  });

  it('are the same in each run', () => {
    const trace = step(8, 24, 1200);
    expect(run(trace, inFlight)).toEqual(run(trace, inFlight));
  });
});

describe('a result', () => {
  const result = onStep;

  it('counts GPUs of pods that load', () => {
    expect(result.gpuHours).toBeGreaterThanOrEqual((result.meanReplicas * 4500) / 3600);
    const trace = step(8, 24, 1200);
    const two = simulate({ workload: { ...workload, gpusPerReplica: 2 }, trace, policy: single(inFlight, 2, 20) });
    expect(two.gpuHours).toBeCloseTo(2 * run(trace, inFlight).gpuHours, 9);
  });

  it('has load, pods and latency of each minute', () => {
    expect(result.minutes).toHaveLength(75);
    expect(result.minutes[0]).toMatchObject({ time: 0, ready: 2, desired: 2 });
    expect(result.minutes[20]?.offered).toBeCloseTo(24, 1);
    const late = result.minutes.filter(({ p95 }) => p95 > 2);
    expect(late.length).toBeGreaterThan(2);
    expect(late.every(({ time }) => time >= 900)).toBe(true);
    expect(result.minutes.every(({ p95, worst }) => p95 <= worst)).toBe(true);
  });
});
