import { CanaryRouter } from '../../../lib';
import type { StepCounts } from '../../../lib/delivery/plan/replica-counts';
import { basicCounts, peakOf } from '../../../lib/delivery/plan/replica-counts';
import type { Step } from '../../support/argo/replicas';
import { basicAt, walkRouted } from '../../support/argo/replicas';
import { replicas, rolloutOf, withBlueGreen, withCanary } from '../../support/rollout';

const scaleOf = (...args: Parameters<typeof withCanary>): readonly StepCounts[] =>
  rolloutOf(withCanary(...args)).scale.max;

/** Steps of a Rollout that change numbers. */
const stepsOf = (...args: Parameters<typeof withCanary>): Step[] =>
  rolloutOf(withCanary(...args)).steps.filter((step) => !('judge' in step) && !('wait' in step)) as Step[];

const NONE = { router: CanaryRouter.none() };

describe('the replicas of a canary with a router', () => {
  // Facts about Argo Rollouts: replicas, new pods at 5/25/50/100 %, peak with and without the old version in full.
  test.each<[total: number, canary: number[], keeps: number, follows: number]>([
    [1, [1, 1, 1, 1], 2, 2],
    [2, [1, 1, 1, 2], 4, 3],
    [4, [1, 1, 2, 4], 8, 6],
    [8, [1, 2, 4, 8], 16, 12],
    [20, [1, 5, 10, 20], 40, 30],
  ])('of %i are %j, at most %i with an old version that keeps its own, else %i', (total, canary, keeps, follows) => {
    const full = scaleOf({ dynamicStableScale: false }, replicas(total));
    const dynamic = scaleOf({ dynamicStableScale: true }, replicas(total));
    expect([full, dynamic].map((counts) => counts.map((step) => step.canary))).toEqual([canary, canary]);
    expect([full, dynamic].map(peakOf)).toEqual([keeps, follows]);
    expect(full.map(({ stable }) => stable)).toEqual([total, total, total, total]);
  });

  it('lets old ones end as their share of the requests falls', () => {
    expect(scaleOf({ dynamicStableScale: true }, replicas(8)).map(({ stable }) => stable)).toEqual([8, 6, 4, 0]);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 19, 20, 21, 33, 40, 100])(
    'of %i are those that the controller counts, for each list of weights',
    (total) => {
      for (const weights of [
        [5, 25, 50, 100],
        [1],
        [1, 99],
        [10, 20, 30, 40, 50, 60, 70, 80, 90],
        [33, 66],
        [50],
        [99, 100],
      ]) {
        for (const dynamicStableScale of [true, false]) {
          for (const analyzeFullWeight of [true, false]) {
            const options = { weights, dynamicStableScale, analyzeFullWeight };
            const walked = walkRouted(total, stepsOf(options, replicas(total)), dynamicStableScale);
            // With a step of 100 % before the promotion, the model has it twice.
            const once = walked.filter(({ weight }, index) => walked[index - 1]?.weight !== weight);
            expect({ ...options, counts: scaleOf(options, replicas(total)) }).toEqual({ ...options, counts: once });
          }
        }
      }
    },
  );

  it('of no size start with fewer than one new pod', () => {
    for (let total = 1; total <= 60; total += 1) {
      expect(scaleOf({}, replicas(total)).every(({ canary }) => canary >= 1)).toBe(true);
    }
  });
});

describe('the replicas of a canary without a router', () => {
  // The real share that a weight of 5 % is, rounded.
  test.each([
    [1, 50],
    [2, 33],
    [4, 20],
    [8, 11],
    [20, 5],
  ])('of %i make 5 %% a share of %i %%', (total, share) => {
    const [first] = basicCounts(total, [5]);
    expect(Math.round((100 * (first?.canary ?? 0)) / ((first?.canary ?? 0) + (first?.stable ?? 0)))).toBe(share);
  });

  it('are those that the controller counts, for up to 120 replicas and each weight', () => {
    const weights = Array.from({ length: 99 }, (_, index) => index + 1);
    for (let total = 1; total <= 120; total += 1) {
      const planned = basicCounts(total, weights)
        .slice(0, -1)
        .map(({ canary, stable }) => ({ canary, stable }));
      expect({ total, planned }).toEqual({ total, planned: weights.map((weight) => basicAt(total, weight, 1)) });
    }
  });

  it.each([1, 2, 4, 8, 20])('of %i have one more at the peak', (total) => {
    expect(peakOf(scaleOf({ ...NONE, weights: [50] }, replicas(total)))).toBe(total + 1);
  });

  it('end with all new and no old ones', () => {
    expect(scaleOf({ ...NONE, weights: [25, 50] }, replicas(4)).at(-1)).toMatchObject({
      weight: 100,
      canary: 4,
      stable: 0,
    });
  });
});

describe('the replicas of a blue-green rollout', () => {
  it.each([1, 2, 4, 8, 20])('of %i double', (total) => {
    const { scale, peakDevices } = rolloutOf(withBlueGreen({}, replicas(total)));
    expect([peakOf(scale.max), peakDevices]).toEqual([2 * total, 2 * total]);
  });

  it('begin with one new pod for a person to look at', () => {
    const { scale } = rolloutOf(withBlueGreen({ manualPromotion: true }, replicas(8)));
    expect(scale.max.map(({ canary, stable }) => [canary, stable])).toEqual([
      [1, 8],
      [8, 8],
    ]);
  });

  it('begin with as many as are set', () => {
    const { scale } = rolloutOf(withBlueGreen({ manualPromotion: true, previewReplicas: 3 }, replicas(8)));
    expect(scale.max[0]).toMatchObject({ canary: 3, stable: 8, peak: 11 });
  });
});
