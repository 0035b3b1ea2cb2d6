import { Accelerator, CanaryRouter, GpuModel, Scaling } from '../../../lib';
import { rolloutDecisions } from '../../../lib/delivery/plan/rollout-decisions';
import type { Props } from '../../support/rollout';
import { replicas, rolloutOf, withBlueGreen, withCanary } from '../../support/rollout';

/** The decisions as lines of text. */
const linesOf = (props: Props): string[] =>
  rolloutDecisions(rolloutOf(props)).map(({ what, value, reason }) => `${what}: ${value}; ${reason}`);

const PEAK = 'peak devices of both versions';

describe('decisions about a rollout', () => {
  test('are those of a canary with a router', () => {
    expect(linesOf(withCanary({}, replicas(4)))).toEqual([
      'replicas of a canary: 5 %: 1 new, 4 old; 25 %: 1 new, 4 old; 50 %: 2 new, 4 old; 100 %: 4 new, 4 old; at 4 replicas; the old version keeps its replicas until the end, so an abort is instant',
      `${PEAK}: 8; 8 replicas with 1 device each; 6 with dynamicStableScale: true`,
      'time of a step: 8.3 to 15.3 min; 60 s to warm up, a window of 300 s, one scrape of 15 s; then 3 to 10 measurements every 60 s',
      'requests that the guards need: 300 in 300 s; for error-rate: at 5 %, the stack needs 20 per second; with fewer, the rollout pauses',
    ]);
  });

  test('are those of a blue-green rollout', () => {
    expect(linesOf(withBlueGreen({}, replicas(2)))).toEqual([
      'replicas of a blue-green rollout: 0 %: 2 new, 2 old; 100 %: 2 new, 2 old; at 2 replicas; all requests change to the new version at once',
      `${PEAK}: 4; 4 replicas with 1 device each`,
      'time until the verdict: 8.3 to 15.3 min; 60 s to warm up, a window of 300 s, one scrape of 15 s; then 3 to 10 measurements every 60 s',
      'requests that the guards need: 300 in 300 s; for error-rate: at 100 %, the stack needs 1 per second; with fewer, the rollout pauses',
    ]);
  });

  test.each<[what: string, props: Props, line: string]>([
    [
      'one replica, which dynamicStableScale does not change',
      withCanary(),
      `${PEAK}: 2; 2 replicas with 1 device each`,
    ],
    [
      'replicas of two devices',
      withCanary({ dynamicStableScale: true }, { ...replicas(2), accelerator: Accelerator.gpu(GpuModel.L40S, 2) }),
      `${PEAK}: 6; 3 replicas with 2 devices each`,
    ],
    [
      'a scaler, also at its minimum',
      withCanary({}, { scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8 }) }),
      `${PEAK}: 16; 16 replicas with 1 device each; 4 at minReplicas (2); 12 with dynamicStableScale: true`,
    ],
    [
      'no router',
      withCanary({ router: CanaryRouter.none(), weights: [20, 50] }, replicas(4)),
      `${PEAK}: 5; 5 replicas with 1 device each`,
    ],
  ])('have the peak of %s', (_what, props, line) => {
    expect(linesOf(props)).toContain(line);
  });
});
