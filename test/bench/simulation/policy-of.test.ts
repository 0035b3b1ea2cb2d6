import { Signal } from '../../../lib';
import { recommended } from '../../../bench/simulation/policies';
import { policyOf } from '../../../bench/simulation/policy-of';
import { simulate } from '../../../bench/simulation/simulate';
import { sinus } from '../../../bench/simulation/traces';
import { EIGHT_B } from '../../../bench/simulation/workload';
import { scalerOf } from '../../support/scaling';

describe('the policy of a scaler', () => {
  // Llama 3.1 8B from the Hub starts in 394 s, according to its plan.
  const known = { minReplicas: 1, maxReplicas: 40, batch: 64, startup: 394 };

  it('is the policy that the bench measures as the default', () => {
    const policy = policyOf(scalerOf({ maxReplicas: 40 }));
    const plain = JSON.parse(JSON.stringify(recommended(known))) as ReturnType<typeof recommended>;
    expect(policy).toMatchObject(plain);
  });

  it('has latency and cost for a trace', () => {
    const workload = { ...EIGHT_B, startup: 394 };
    const { withinObjective, gpuHours, peakReplicas } = simulate({
      workload,
      policy: policyOf(scalerOf({ maxReplicas: 40 })),
      trace: sinus(),
    });
    expect(withinObjective).toBeGreaterThan(0.99);
    expect(gpuHours).toBeLessThan(10);
    expect(peakReplicas).toBeLessThan(15);
  });

  it('refuses a trigger that it cannot measure', () => {
    const signals = [Signal.custom({ name: 'own', query: 'sum(a)', target: 1 })];
    expect(() => policyOf(scalerOf({ signals }))).toThrow('the simulator cannot measure "own"');
  });
});
