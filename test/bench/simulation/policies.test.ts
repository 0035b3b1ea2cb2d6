import { article, articleAsWritten, recommended, recommendedToZero, single } from '../../../bench/simulation/policies';
import { simulate } from '../../../bench/simulation/simulate';
import { flat, nightToZero, ramp, sinus, step } from '../../../bench/simulation/traces';
import { EIGHT_B as workload } from '../../../bench/simulation/workload';

const known = { minReplicas: 1, maxReplicas: 40, batch: 64, startup: 185 };
const policy = recommended(known);

const day = sinus(8, 40, 3600);
const onSinus = simulate({ workload, policy, trace: day });
const shortSinus = sinus(8, 24, 2400);

describe('the recommended policy', () => {
  it('is derived from the batch, the start and the maximum', () => {
    expect(policy.triggers.map(({ threshold }) => threshold)).toEqual([30, 0.8]);
    expect(policy.behavior?.scaleUp.policies).toEqual([
      { type: 'Pods', value: 7, period: 285 },
      { type: 'Percent', value: 100, period: 285 },
    ]);
    const slow = recommended({ ...known, startup: 3600, maxReplicas: 4, batch: 1 });
    expect(slow.triggers[0]?.threshold).toBe(1);
    expect(slow.behavior?.scaleUp.policies[0]).toEqual({ type: 'Pods', value: 4, period: 1800 });
  });

  it('meets the objective on a day of load, and the article’s policy does not', () => {
    expect(onSinus.withinObjective).toBeGreaterThanOrEqual(0.995);
    const theirs = simulate({ workload, policy: article(), trace: day });
    expect(theirs.withinObjective).toBeLessThan(0.97);
    // It is cheaper, since clients wait.
    expect(theirs.gpuHours).toBeLessThan(onSinus.gpuHours);
  });

  it('also meets it with irregular arrivals and responses', () => {
    expect(simulate({ workload, policy, trace: shortSinus, seed: 1 }).withinObjective).toBeGreaterThanOrEqual(0.995);
  });

  it('needs a warm pool for a jump that is faster than the start of a pod', () => {
    expect(simulate({ workload, policy, trace: step(8, 24, 1800) }).withinObjective).toBeLessThan(0.95);
    const warm = recommended({ ...known, minReplicas: 3 });
    expect(simulate({ workload, policy: warm, trace: step(8, 24, 1800) }).withinObjective).toBe(1);
  });

  it('starts a fraction of the pods that Kubernetes’ defaults start, and still meets the objective', () => {
    const free = single({ signal: { of: 'inFlight' }, threshold: 30 }, 1, 40);
    const trace = ramp(25, 300, 2100);
    const [ours, theirs] = [policy, free].map((each) => simulate({ workload, policy: each, trace }));
    expect([ours?.peakReplicas, theirs?.peakReplicas]).toEqual([9, 40]);
    expect((theirs?.gpuHours ?? 0) / (ours?.gpuHours ?? 1)).toBeGreaterThan(1.5);
    expect(Math.abs((ours?.withinObjective ?? 0) - (theirs?.withinObjective ?? 0))).toBeLessThan(0.001);
  });

  it('keeps its replicas when Prometheus loses the engines, unlike KEDA’s default', () => {
    const outage = { from: 300, to: 900 };
    const trace = flat(12, 900);
    const atWork = { workload, trace, outage, replicas: 2 };
    expect(simulate({ ...atWork, policy }).changes).toEqual([]);
    const trusting = { ...policy, triggers: policy.triggers.map((each) => ({ ...each, ignoreNullValues: true })) };
    expect(Math.min(...simulate({ ...atWork, policy: trusting }).changes.map(([, count]) => count))).toBe(1);
  });
});

describe('the article’s policy', () => {
  it('stays at one replica as printed', () => {
    expect(simulate({ workload, policy: articleAsWritten(), trace: ramp(25, 300, 600) })).toMatchObject({
      events: 0,
      peakReplicas: 1,
    });
  });

  it('never scales a model that serves less than its 8 requests per second', () => {
    const talkative = { ...workload, outputTokens: 300 };
    const result = simulate({ workload: talkative, policy: article(), trace: sinus(4, 12, 2700) });
    expect(result.events).toBe(0);
    expect(result.withinObjective).toBeLessThan(0.2);
    expect(simulate({ workload: talkative, policy, trace: sinus(4, 12, 2700) }).withinObjective).toBeGreaterThanOrEqual(
      0.995,
    );
  });
});

describe('scale to zero', () => {
  const zero = recommendedToZero(known, 600);
  const result = simulate({ workload, policy: zero, trace: nightToZero(6) });

  it('stops the last pod after the cooldown, and starts one on the first request at the gateway', () => {
    const [sleep, wake] = result.changes;
    expect(sleep).toEqual([630, 0]);
    expect(wake?.[1]).toBe(1);
    expect(wake?.[0]).toBeGreaterThan(1800);
    expect(wake?.[0]).toBeLessThanOrEqual(1860);
    expect(result.changes.at(-1)?.[1]).toBe(0);
  });

  it('keeps the requests that arrive during the start', () => {
    const waking = result.minutes.find(({ offered }) => offered > 0);
    expect(waking?.worst).toBeGreaterThan(workload.startup);
    expect(waking?.worst).toBeLessThan(300);
  });

  it('does not wake by metrics of stopped engines', () => {
    const blind = { ...zero, triggers: zero.triggers.filter(({ signal }) => signal.of !== 'gateway') };
    const { changes } = simulate({ workload, policy: blind, trace: nightToZero(6) });
    expect(changes).toEqual([[630, 0]]);
  });

  it('wakes only above the activation threshold', () => {
    const trigger = { signal: { of: 'gateway' }, threshold: 30, activationThreshold: 1 } as const;
    const trace = { name: 'one request', duration: 900, rate: (time: number) => (time < 1 ? 1 : 0) };
    const start = { ...zero, triggers: [trigger], cooldownPeriod: 0 };
    const lone = simulate({ workload: { ...workload, outputTokens: 100_000 }, policy: start, trace });
    expect(lone.changes[0]).toEqual([30, 0]);
  });
});
