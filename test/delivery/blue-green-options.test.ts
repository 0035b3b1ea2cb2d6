import type { BlueGreenOptions } from '../../lib';
import { CanaryRouter, Delivery } from '../../lib';
import { messageOf } from '../support/scaling';

describe('the options of a blue-green rollout', () => {
  test.each<[what: string, options: BlueGreenOptions, spec: object]>([
    ['nothing', {}, { strategy: 'blueGreen', manualPromotion: false }],
    ['a person who promotes', { manualPromotion: true }, { manualPromotion: true }],
    ['a preview', { manualPromotion: true, previewReplicas: 2 }, { previewReplicas: 2 }],
  ])('accept %s', (_what, options, spec) => {
    expect(Delivery.blueGreen(options)._rollout).toMatchObject(spec);
  });

  test.each<[what: string, make: () => unknown, ...problems: string[]]>([
    [
      'options that are no object',
      () => Delivery.blueGreen('now' as never),
      'options: is "now"; give an object with analysis, guards, prometheus, gpuBudget, manualPromotion, scaleDownDelay, abortScaleDownDelay, notifications … [wrong-value]',
    ],
    [
      'a property of a canary',
      () => Delivery.blueGreen({ weights: [5] } as never),
      'weights: unknown property; correct the name or remove it [unknown-property]',
    ],
    [
      'a router',
      () => Delivery.blueGreen({ router: CanaryRouter.none() } as never),
      'router: unknown property; correct the name or remove it [unknown-property]',
    ],
    [
      'a preview of 0',
      () => Delivery.blueGreen({ manualPromotion: true, previewReplicas: 0 } as never),
      'previewReplicas: is 0; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a part of a replica',
      () => Delivery.blueGreen({ manualPromotion: true, previewReplicas: 1.5 } as never),
      'previewReplicas: is 1.5; give a whole number of at least 1 [wrong-value]',
    ],
    [
      'a preview that nobody waits for',
      () => Delivery.blueGreen({ previewReplicas: 1 } as never),
      'previewReplicas: is 1, and manualPromotion is not true: nothing would wait for the preview; set manualPromotion: true, or remove it [wrong-value]',
    ],
  ])('refuses %s', (...row) => {
    const [, make, ...problems] = row;
    expect(messageOf(make).split('\n  - ').slice(1)).toEqual(problems);
  });
});
