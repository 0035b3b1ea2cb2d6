import { CanaryRouter } from '../../../lib';
import { firstShare, neediest } from '../../../lib/delivery/plan/sample-size';
import type { Props } from '../../support/rollout';
import { errorsOf, replicas, rolloutOf, withBlueGreen, withCanary } from '../../support/rollout';

const NONE = CanaryRouter.none();

describe('the share at which guards first judge', () => {
  test.each<[what: string, props: Props, share: number]>([
    ['the first weight with a router', withCanary({ weights: [7, 50] }), 7],
    ['all requests with blue-green', withBlueGreen(), 100],
    ['the first weight, if pods divide the requests so', withCanary({ router: NONE, weights: [50] }, replicas(1)), 50],
    ['that of the pods, if it is smaller', withCanary({ router: NONE, weights: [40] }, replicas(2)), 33.3],
    ['the first weight, if that of the pods is larger', withCanary({ router: NONE }, replicas(19)), 5],
  ])('is %s', (_what, props, share) => {
    expect(firstShare(rolloutOf(props))).toBe(share);
  });

  it('is what a rate of requests is checked with', () => {
    const stack = (requestRate: number) =>
      errorsOf(withCanary({ router: NONE, weights: [99], analysis: { requestRate } }, replicas(1)));
    expect(stack(2)).toEqual([]);
    expect(stack(1.9)).toEqual([expect.stringContaining('at 50 %, the new version gets 285 requests in 300 s')]);
  });
});

it('the neediest guard of none is none', () => {
  expect(neediest([])).toBeUndefined();
});
