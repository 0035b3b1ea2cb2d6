import type { CanaryOptions } from '../../lib';
import { CanaryRouter, Delivery } from '../../lib';
import { messageOf } from '../support/scaling';

const ALL = Array.from({ length: 99 }, (_, index) => index + 1);

describe('the options of a canary', () => {
  test.each<[what: string, options: Partial<CanaryOptions>, strategy: object]>([
    ['a router only', {}, { weights: [5, 25, 50, 100], analyzeFullWeight: false, manualPromotion: false }],
    ['one weight', { weights: [1] }, { weights: [1] }],
    ['99 weights', { weights: ALL }, { weights: ALL }],
    ['weights up to 99', { weights: [50, 99] }, { weights: [50, 99] }],
    ['guards at 100 %', { analyzeFullWeight: true }, { analyzeFullWeight: true }],
    ['an old version that keeps its replicas', { dynamicStableScale: false }, { dynamicStableScale: false }],
    ['a ratio of 1', { compareWithStable: { maxLatencyRatio: 1 } }, { maxLatencyRatio: 1 }],
  ])('accept %s', (_what, options, spec) => {
    expect(Delivery.canary({ router: CanaryRouter.none(), ...options })._rollout).toMatchObject(spec);
  });

  it('keep their own copy of a list', () => {
    const weights = [5, 50];
    const delivery = Delivery.canary({ router: CanaryRouter.none(), weights });
    weights.push(4);
    expect(delivery._rollout).toMatchObject({ weights: [5, 50] });
  });

  test.each<[what: string, make: () => unknown, ...problems: string[]]>([
    [
      'no options',
      () => Delivery.canary(undefined as never),
      'router: is required and was not given; give a CanaryRouter, for example CanaryRouter.gatewayApi() [missing-property]',
    ],
    [
      'no router',
      () => Delivery.canary({} as never),
      'router: is required and was not given; give a CanaryRouter, for example CanaryRouter.gatewayApi() [missing-property]',
    ],
    [
      'a router by its name',
      () => Delivery.canary({ router: 'istio' } as never),
      'router: is "istio"; give a CanaryRouter, for example CanaryRouter.gatewayApi() [wrong-value]',
    ],
    [
      'a property of blue-green',
      () => Delivery.canary({ router: CanaryRouter.none(), previewReplicas: 1 } as never),
      'previewReplicas: unknown property; correct the name or remove it [unknown-property]',
    ],
    [
      'a misspelt property',
      () => Delivery.canary({ router: CanaryRouter.none(), weight: [5, 50] } as never),
      'weight: unknown property (did you mean "weights"?); correct the name or remove it [unknown-property]',
    ],
    [
      'no weights',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [] } as never),
      'weights: is []; give a list of at least 1, each item a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'weights that are no list',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: 5 } as never),
      'weights: is 5; give a list of at least 1, each item a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'a weight of 0',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [0, 50] } as never),
      'weights[0]: is 0; give a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'a weight above 100',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [50, 101] } as never),
      'weights[1]: is 101; give a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'a part of a percent',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [0.5, 50] } as never),
      'weights[0]: is 0.5; give a whole number from 1 to 100 [wrong-value]',
    ],
    [
      'a weight as text',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: ['5', 50] } as never),
      'weights[0]: is "5"; give a whole number from 1 to 100, without quotes [wrong-value]',
    ],
    [
      'weights that fall',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [50, 25] } as never),
      'weights[1]: is 25, after 50: the share of the new version must rise with each step; use more than 50, or remove it [wrong-value]',
    ],
    [
      'a weight twice',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [5, 5, 100] } as never),
      'weights[1]: is 5, after 5: the share of the new version must rise with each step; use more than 5, or remove it [wrong-value]',
    ],
    [
      '100 % at once',
      () => Delivery.canary({ router: CanaryRouter.none(), weights: [100] } as never),
      'weights[0]: is 100: no guard would judge the new version first; begin with a smaller one, or use Delivery.blueGreen [wrong-value]',
    ],
    [
      'a full-weight analysis as text',
      () => Delivery.canary({ router: CanaryRouter.none(), analyzeFullWeight: 'yes' } as never),
      'analyzeFullWeight: is "yes"; give true or false [wrong-value]',
    ],
    [
      'a dynamic scale as a number',
      () => Delivery.canary({ router: CanaryRouter.none(), dynamicStableScale: 1 } as never),
      'dynamicStableScale: is 1; give true or false [wrong-value]',
    ],
    [
      'a comparison without a ratio',
      () => Delivery.canary({ router: CanaryRouter.none(), compareWithStable: {} } as never),
      'compareWithStable.maxLatencyRatio: is required and was not given; give a number of at least 1, for example 1.2 [missing-property]',
    ],
    [
      'a ratio below 1',
      () => Delivery.canary({ router: CanaryRouter.none(), compareWithStable: { maxLatencyRatio: 0.9 } } as never),
      'compareWithStable.maxLatencyRatio: is 0.9; give a number of at least 1, for example 1.2 [wrong-value]',
    ],
    [
      'a ratio that is no number',
      () => Delivery.canary({ router: CanaryRouter.none(), compareWithStable: { maxLatencyRatio: NaN } } as never),
      'compareWithStable.maxLatencyRatio: is NaN; give a number of at least 1, for example 1.2 [wrong-value]',
    ],
    [
      'a comparison with another property',
      () =>
        Delivery.canary({
          router: CanaryRouter.none(),
          compareWithStable: { maxLatencyRatio: 1.2, maxErrorRatio: 2 },
        } as never),
      'compareWithStable.maxErrorRatio: unknown property; correct the name or remove it [unknown-property]',
    ],
  ])('refuses %s', (...row) => {
    const [, make, ...problems] = row;
    expect(messageOf(make).split('\n  - ').slice(1)).toEqual(problems);
  });
});
