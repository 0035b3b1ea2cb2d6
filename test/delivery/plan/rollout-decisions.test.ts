import { Duration } from 'cdk8s';
import { Accelerator, CanaryRouter, GpuModel, Guard, Objective, Scaling } from '../../../lib';
import type { Props } from '../../support/rollout';
import { partsOf, replicas, withBlueGreen, withCanary } from '../../support/rollout';

const WHAT = ['replicas of a', 'peak devices', 'time of a step', 'time until', 'requests that the guards'];

/** The decisions about a delivery, as a user reads them. */
const decisionsOf = (props: Props): string[] =>
  partsOf(props)
    .decisions.filter(({ what }) => WHAT.some((each) => what.startsWith(each)))
    .map(({ what, value, reason }) => `${what}: ${value} (${reason})`);

describe('the decisions about a delivery', () => {
  it('of a canary are its replicas, devices, time and requests', () => {
    expect(decisionsOf(withCanary({}, replicas(4)))).toEqual([
      'replicas of a canary: 5 %: 1 new, 4 old; 25 %: 1 new, 4 old; 50 %: 2 new, 4 old; 100 %: 4 new, 4 old (at 4 replicas; the old version keeps its replicas until the end, so an abort is instant)',
      'peak devices of both versions: 8 (8 replicas with 1 device each; 6 with dynamicStableScale: true)',
      'time of a step: 8.3 to 15.3 min (60 s to warm up, a window of 300 s, one scrape of 15 s; then 3 to 10 measurements every 60 s)',
      'requests that the guards need: 300 in 300 s (for error-rate: at 5 %, the stack needs 20 per second; with fewer, the rollout pauses)',
    ]);
  });

  it('of a canary whose old version loses replicas have no other peak', () => {
    const [shares, peak] = decisionsOf(withCanary({ dynamicStableScale: true }, replicas(4)));
    expect([shares, peak]).toEqual([
      'replicas of a canary: 5 %: 1 new, 4 old; 25 %: 1 new, 3 old; 50 %: 2 new, 2 old; 100 %: 4 new, 0 old (at 4 replicas; the old version loses replicas as its share falls, so an abort takes as long as they need to load)',
      'peak devices of both versions: 6 (6 replicas with 1 device each)',
    ]);
  });

  it('of a canary without a router are those of its pods', () => {
    const [shares, peak] = decisionsOf(withCanary({ router: CanaryRouter.none(), weights: [50] }, replicas(4)));
    expect([shares, peak]).toEqual([
      'replicas of a canary: 50 %: 2 new, 2 old; 100 %: 4 new, 0 old (at 4 replicas; the number of pods divides the requests)',
      'peak devices of both versions: 5 (5 replicas with 1 device each)',
    ]);
  });

  it('of blue-green are its switch', () => {
    expect(decisionsOf(withBlueGreen({}, replicas(2)))).toEqual([
      'replicas of a blue-green rollout: 0 %: 2 new, 2 old; 100 %: 2 new, 2 old (at 2 replicas; all requests change to the new version at once)',
      'peak devices of both versions: 4 (4 replicas with 1 device each)',
      'time until the verdict: 8.3 to 15.3 min (60 s to warm up, a window of 300 s, one scrape of 15 s; then 3 to 10 measurements every 60 s)',
      'requests that the guards need: 300 in 300 s (for error-rate: at 100 %, the stack needs 1 per second; with fewer, the rollout pauses)',
    ]);
  });

  it('have the minimum and the maximum of a scaler', () => {
    const [, peak] = decisionsOf(withCanary({}, { scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8 }) }));
    expect(peak).toContain('16 (16 replicas with 1 device each; 4 at minReplicas (2); 12 with');
  });

  it('have no peak with dynamicStableScale where it is the same', () => {
    const [shares, peak] = decisionsOf(withCanary());
    expect(shares).toContain('(at 1 replica; the old version');
    expect(peak).toBe('peak devices of both versions: 2 (2 replicas with 1 device each)');
  });

  it('have the devices of each replica', () => {
    const [, peak] = decisionsOf(withBlueGreen({}, { accelerator: Accelerator.gpu(GpuModel.L40S, 2) }));
    expect(peak).toBe('peak devices of both versions: 4 (2 replicas with 2 devices each)');
  });

  it('have the guard that needs the most requests', () => {
    const objectives = [
      Objective.errorRate({ below: 0.01 }),
      Objective.timeToFirstToken({ percentile: 99, within: Duration.seconds(1) }),
    ];
    expect(decisionsOf(withCanary({}, { objectives })).at(-1)).toContain('1000 in 300 s (for time-to-first-token-p99');
  });

  it('have no requests where only the user knows how many a guard needs', () => {
    const guards = [
      Guard.custom({ name: 'a', query: 'sum(b{rollouts_pod_template_hash="{{args.canary}}"})', maximum: 1 }),
    ];
    expect(decisionsOf(withCanary({ guards }, { objectives: [] })).at(-1)).toContain('time of a step');
  });

  it('are none for a Deployment', () => {
    expect(decisionsOf({})).toEqual([]);
  });
});
