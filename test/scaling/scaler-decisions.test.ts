import type { KedaScalingOptions } from '../../lib';
import { Model, Scaling, Signal } from '../../lib';
import { scalerDecisions } from '../../lib/scaling/scaler-decisions';
import { h100 } from '../support/plan';
import { scalerOf } from '../support/scaling';
import { stackWith } from '../support/stack';

const linesOf = (options: Partial<KedaScalingOptions> = {}, props: object = {}) =>
  scalerDecisions(scalerOf(options, props)).map(({ what, value, reason }) => `${what}: ${value} (${reason})`);

describe('the decisions of a scaler', () => {
  it('list every decided number with its reason', () => {
    expect(linesOf()).toEqual([
      'minimum replicas: 1 (default)',
      'maximum replicas: 40 (set in scaling.maxReplicas)',
      'target of in-flight-requests: 30 (0.47 of a batch of 64 requests)',
      'target of kv-cache-use: 0.8 (default: 0.8 of the KV cache per replica)',
      'scaling up: 7 pods or 100 % per 600 s, window 0 s (a sixth of 40 replicas, at least 4; a step lasts 1.5 starts)',
      'scaling down: 1 pod or 10 % per 60 s, window 300 s (default: a replica takes minutes to start again)',
    ]);
  });

  it('show the values that the user set', () => {
    const speed = { scaleUpPods: 2, scaleDownPods: 3 };
    expect(
      linesOf({ speed, minReplicas: 2, warmPool: 1, signals: [Signal.inFlightRequests({ perReplica: 9 })] }),
    ).toEqual([
      'minimum replicas: 3 (2 plus a warm pool of 1)',
      'maximum replicas: 40 (set in scaling.maxReplicas)',
      'target of in-flight-requests: 9 (set in scaling.signals)',
      'scaling up: 2 pods per 600 s, window 0 s (set in scaling.speed.scaleUpPods; a step lasts 1.5 starts)',
      'scaling down: 3 pods per 60 s, window 300 s (set in scaling.speed.scaleDownPods)',
    ]);
  });

  it('explain a step that is limited by Kubernetes', () => {
    const huge = { model: Model.of('meta-llama/Llama-3.1-405B-Instruct'), accelerator: h100(16) };
    const up = linesOf({}, huge).find((line) => line.startsWith('scaling up'));
    expect(up).toContain('the longest step that Kubernetes accepts; 1.5 starts would be 11985 s');
  });

  it('have no target for a schedule', () => {
    const schedule = Signal.schedule({ timeZone: 'UTC', start: '0 8 * * *', end: '0 9 * * *', replicas: 4 });
    expect(linesOf({ signals: [schedule] }).some((line) => line.includes('schedule'))).toBe(false);
  });

  it('are among those of the stack, only with KEDA', () => {
    const whats = (scaling: Scaling) => stackWith({ scaling }).decisions.map(({ what }) => what);
    expect(whats(Scaling.keda({ maxReplicas: 4 }))).toContain('scaling up');
    expect(whats(Scaling.fixed(4))).not.toContain('scaling up');
  });
});
