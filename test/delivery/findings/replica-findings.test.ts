import { Duration } from 'cdk8s';
import { Accelerator, CanaryRouter, GpuModel, Migration, Scaling } from '../../../lib';
import type { Props } from '../../support/rollout';
import { deliveryLines, errorsOf, replicas, withBlueGreen, withCanary } from '../../support/rollout';

const NONE = CanaryRouter.none();

describe('findings about shares and replicas', () => {
  test.each<[what: string, props: Props]>([
    ['5 % of 19 replicas without a router', withCanary({ router: NONE }, replicas(19))],
    ['50 % of one replica without a router', withCanary({ router: NONE, weights: [50] })],
    ['1 % of one replica with a router', withCanary({ weights: [1] })],
    ['a budget of the peak', withCanary({ gpuBudget: 8 }, replicas(4))],
    [
      'a budget of the peak, where the old version loses replicas',
      withCanary({ gpuBudget: 6, dynamicStableScale: true }, replicas(4)),
    ],
    [
      'a budget of the peak in devices',
      withCanary({ gpuBudget: 4 }, { accelerator: Accelerator.gpu(GpuModel.L40S, 2) }),
    ],
    [
      'a budget of the maximum of the scaler',
      withCanary({ gpuBudget: 8 }, { scaling: Scaling.keda({ maxReplicas: 4 }) }),
    ],
    ['a budget of blue-green', withBlueGreen({ gpuBudget: 8 }, replicas(4))],
    [
      'delays of an old version that keeps its replicas',
      withCanary({ scaleDownDelay: Duration.minutes(1), abortScaleDownDelay: Duration.minutes(1) }),
    ],
    [
      'delays of blue-green',
      withBlueGreen({ scaleDownDelay: Duration.minutes(1), abortScaleDownDelay: Duration.minutes(1) }),
    ],
    ['a verdict at 100 % without a router', withCanary({ router: NONE, weights: [50], analyzeFullWeight: true })],
    ['a preview of all replicas', withBlueGreen({ manualPromotion: true, previewReplicas: 4 }, replicas(4))],
  ])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      '5 % of one replica without a router',
      withCanary({ router: NONE }),
      'delivery.weights[0]: is 5, and there is no router: with 1 replica one new pod is 1 of 2 pods, so it gets 50 % of the requests; use a router, begin with 50 or more, or run at least 19 replicas [canary-share-too-small]',
    ],
    ...[true, false].map((dynamicStableScale): [string, Props, string] => [
      `dynamicStableScale: ${dynamicStableScale} without a router`,
      withCanary({ router: NONE, weights: [50], dynamicStableScale }),
      `delivery.dynamicStableScale: is ${dynamicStableScale}, and there is no router: the number of pods divides the requests, so old replicas always end one by one; remove it, or use a router [canary-needs-router]`,
    ]),
    [
      '5 % of four replicas without a router',
      withCanary({ router: NONE }, replicas(4)),
      'delivery.weights[0]: is 5, and there is no router: with 4 replicas one new pod is 1 of 5 pods, so it gets 20 % of the requests; use a router, begin with 20 or more, or run at least 19 replicas [canary-share-too-small]',
    ],
    [
      '1 % of 48 replicas without a router',
      withCanary({ router: NONE, weights: [1, 50] }, replicas(48)),
      'delivery.weights[0]: is 1, and there is no router: with 48 replicas one new pod is 1 of 49 pods, so it gets 2 % of the requests; use a router, begin with 3 or more, or run at least 99 replicas [canary-share-too-small]',
    ],
    [
      'a share that the minimum of the scaler is too small for',
      withCanary({ router: NONE }, { scaling: Scaling.keda({ minReplicas: 10, maxReplicas: 40 }) }),
      'delivery.weights[0]: is 5, and there is no router: with 10 replicas one new pod is 1 of 11 pods, so it gets 9.1 % of the requests; use a router, begin with 10 or more, or run at least 19 replicas [canary-share-too-small]',
    ],
    [
      'a budget that another weight meets',
      withCanary({ gpuBudget: 5, dynamicStableScale: true }, replicas(4)),
      'delivery.gpuBudget: is 5, but a canary needs 6: 4 replicas and 2 of the other version, with one device for each; set it to 6, or add 75 to weights (needs 5), or use Delivery.rollingUpdate() (needs 5), or use Delivery.inPlace() (needs 4) [rollout-gpu-budget]',
    ],
    [
      'a budget that an old version that loses replicas meets',
      withCanary({ gpuBudget: 6 }, replicas(4)),
      'delivery.gpuBudget: is 6, but a canary needs 8: 4 replicas and 4 of the other version, with one device for each; set it to 8, or set dynamicStableScale: true (needs 6), or use Delivery.rollingUpdate() (needs 5), or use Delivery.inPlace() (needs 4) [rollout-gpu-budget]',
    ],
    [
      'a budget below the replicas alone',
      withCanary({ gpuBudget: 3 }, replicas(4)),
      'delivery.gpuBudget: is 3, but a canary needs 8: 4 replicas and 4 of the other version, with one device for each; set it to 8, or run fewer replicas [rollout-gpu-budget]',
    ],
    [
      'a budget without a router',
      withCanary({ router: NONE, weights: [50], gpuBudget: 4 }, replicas(4)),
      'delivery.gpuBudget: is 4, but a canary needs 5: 4 replicas and 1 of the other version, with one device for each; set it to 5, or use Delivery.inPlace() (needs 4) [rollout-gpu-budget]',
    ],
    [
      'a budget for replicas of two GPUs',
      withCanary({ gpuBudget: 9 }, { ...replicas(4), accelerator: Accelerator.gpu(GpuModel.L40S, 2) }),
      'delivery.gpuBudget: is 9, but a canary needs 16: 4 replicas and 4 of the other version, with 2 devices for each; set it to 16, or use Delivery.inPlace() (needs 8) [rollout-gpu-budget]',
    ],
    [
      'a budget below the peak of the maximum of the scaler',
      withCanary({ gpuBudget: 10 }, { scaling: Scaling.keda({ maxReplicas: 10 }) }),
      'delivery.gpuBudget: is 10, but a canary needs 20: 10 replicas and 10 of the other version, with one device for each; set it to 20, or use Delivery.inPlace() (needs 10) [rollout-gpu-budget]',
      "scaling.maxReplicas: allows 10 replicas: before Kubernetes 1.35, the autoscaler ignores its tolerance of 0, takes the canary's pod for a desired one, and may creep from 9 replicas or more by a tenth, up to 10, until the share grows; nothing to do from Kubernetes 1.35 on [canary-scaler-creep]",
    ],
    [
      'a budget below both workloads of a migration',
      withCanary({ router: NONE, weights: [50], gpuBudget: 7, migration: Migration.TO_DEPLOYMENT }, replicas(4)),
      'delivery.gpuBudget: is 7, but a migration needs 8: 4 replicas of the Deployment and 4 of the Rollout, with one device for each; set it to 8, or run fewer replicas until the migration is finished [rollout-gpu-budget]',
      'delivery.migration: is ToDeployment: the Deployment "vllm" and the Rollout "vllm" both run replicas; use Delivery.rollingUpdate() when the Deployment is available, and delete the Rollout [rollout-migration]',
    ],
    [
      'a budget of blue-green',
      withBlueGreen({ gpuBudget: 7 }, replicas(4)),
      'delivery.gpuBudget: is 7, but a blue-green rollout needs 8: 4 replicas and 4 of the other version, with one device for each; set it to 8, or use Delivery.rollingUpdate() (needs 5), or use Delivery.inPlace() (needs 4) [rollout-gpu-budget]',
    ],
    [
      'delays without a router',
      withCanary({
        router: NONE,
        weights: [50],
        scaleDownDelay: Duration.minutes(1),
        abortScaleDownDelay: Duration.minutes(1),
      }),
      'delivery.scaleDownDelay: is 60 s, and there is no router: the number of pods divides the requests, so old replicas end one by one; remove it [rollout-delay]',
      'delivery.abortScaleDownDelay: is 60 s, and there is no router: the number of pods divides the requests, so old replicas end one by one; remove it [rollout-delay]',
    ],
    [
      'delays of an old version that loses replicas',
      withCanary({ dynamicStableScale: true, scaleDownDelay: Duration.minutes(1) }),
      'delivery.scaleDownDelay: is 60 s, and dynamicStableScale is true: replicas follow the share of each version; remove it [rollout-delay]',
    ],
    [
      'a preview of more replicas than the stack has',
      withBlueGreen({ manualPromotion: true, previewReplicas: 2 }),
      'delivery.previewReplicas: is 2, and the stack has at most 1 replica; use 1 or fewer [preview-replicas]',
    ],
    [
      'a preview of more replicas than the scaler may have',
      withBlueGreen({ manualPromotion: true, previewReplicas: 9 }, { scaling: Scaling.keda({ maxReplicas: 8 }) }),
      'delivery.previewReplicas: is 9, and the stack has at most 8 replicas; use 8 or fewer [preview-replicas]',
    ],
  ])('refuses %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  it('lead to a first weight that is accepted, and no smaller one is', () => {
    for (let count = 1; count <= 60; count += 1) {
      const [error = ''] = errorsOf(withCanary({ router: NONE, weights: [1] }, replicas(count)));
      const weight = Number(/begin with (\d+) or more/.exec(error)?.[1]);
      const accepts = (first: number) =>
        errorsOf(withCanary({ router: NONE, weights: [first] }, replicas(count))).length === 0;
      expect({ count, weight, accepted: [accepts(weight), accepts(weight - 1)] }).toEqual({
        count,
        weight,
        accepted: [true, false],
      });
    }
  });

  it('lead to a number of replicas that is accepted, and no smaller one is', () => {
    for (const weight of [1, 2, 3, 5, 7, 10, 15, 20, 25, 33, 40, 49]) {
      const [error = ''] = errorsOf(withCanary({ router: NONE, weights: [weight] }));
      const count = Number(/at least (\d+) replicas/.exec(error)?.[1]);
      const accepts = (total: number) =>
        errorsOf(withCanary({ router: NONE, weights: [weight] }, replicas(total))).length === 0;
      expect({ weight, count, accepted: [accepts(count), accepts(count - 1)] }).toEqual({
        weight,
        count,
        accepted: [true, false],
      });
    }
  });

  it.each([1, 2, 4, 8, 20])('of %i replicas suggest only what fits into the budget', (count) => {
    for (let budget = 1; budget < 2 * count; budget += 1) {
      for (const dynamicStableScale of [true, false]) {
        for (const error of errorsOf(withCanary({ gpuBudget: budget, dynamicStableScale }, replicas(count)))) {
          const needs = [...error.matchAll(/\(needs (\d+)\)/g)].map(([, devices]) => Number(devices));
          expect({ budget, needs: needs.filter((each) => each > budget) }).toEqual({ budget, needs: [] });
        }
      }
    }
  });
});
