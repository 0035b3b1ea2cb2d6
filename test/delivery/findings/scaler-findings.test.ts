import { Duration } from 'cdk8s';
import { Scaling, Signal } from '../../../lib';
import type { Props } from '../../support/rollout';
import { deliveryLines, replicas, withBlueGreen, withCanary } from '../../support/rollout';

describe('findings about the scaler', () => {
  test.each<[what: string, props: Props]>([
    ['the default signals', withCanary({}, { scaling: Scaling.keda({ maxReplicas: 4 }) })],
    [
      'totals of all replicas',
      withCanary(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            signals: [Signal.inFlightRequests(), Signal.kvCacheUse(), Signal.requestRate({ perReplica: 5 })],
          }),
        },
      ),
    ],
    [
      'a query of the user for a total',
      withCanary(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            signals: [Signal.custom({ name: 'load', query: 'sum(a)', target: 5 })],
          }),
        },
      ),
    ],
    [
      'a mean of all pods with blue-green, which has no two shares',
      withBlueGreen(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            signals: [Signal.custom({ name: 'load', query: 'avg(a)', target: 0.5, total: false })],
          }),
        },
      ),
    ],
    ['9 replicas', withCanary({}, { scaling: Scaling.keda({ maxReplicas: 9 }) })],
    ['many replicas with blue-green', withBlueGreen({}, { scaling: Scaling.keda({ maxReplicas: 40 }) })],
    ['many replicas without a scaler', withCanary({}, replicas(40))],
  ])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'scale to zero',
      withCanary({}, { scaling: Scaling.keda({ maxReplicas: 4, scaleToZero: {} }) }),
      'scaling.scaleToZero: is set, and the delivery is a Rollout: without replicas there is nothing to compare, so a new version would wait at its first step, or get all requests unjudged; remove it, or use Delivery.rollingUpdate() [rollout-scale-to-zero]',
    ],
    [
      'scale to zero with blue-green',
      withBlueGreen({}, { scaling: Scaling.keda({ maxReplicas: 4, scaleToZero: {} }) }),
      'scaling.scaleToZero: is set, and the delivery is a Rollout: without replicas there is nothing to compare, so a new version would wait at its first step, or get all requests unjudged; remove it, or use Delivery.rollingUpdate() [rollout-scale-to-zero]',
    ],
    [
      'a mean of all pods',
      withCanary(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            signals: [Signal.inFlightRequests(), Signal.queueTime({ percentile: 95, target: Duration.seconds(2) })],
          }),
        },
      ),
      'scaling.signals[1]: scales on "queue-time", a mean over all pods: the autoscaler multiplies it by the pods of both versions, so replicas grow during a canary until the maximum; use a signal that is a total of all replicas, for example Signal.inFlightRequests() [canary-signal-average]',
    ],
    [
      'a query of the user for a mean',
      withCanary(
        {},
        {
          scaling: Scaling.keda({
            maxReplicas: 4,
            signals: [Signal.custom({ name: 'load', query: 'avg(a)', target: 0.5, total: false })],
          }),
        },
      ),
      'scaling.signals[0]: scales on "load", a mean over all pods: the autoscaler multiplies it by the pods of both versions, so replicas grow during a canary until the maximum; use a signal that is a total of all replicas, for example Signal.inFlightRequests() [canary-signal-average]',
    ],
  ])('refuses %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'more than 9 replicas',
      withCanary({}, { scaling: Scaling.keda({ maxReplicas: 20 }) }),
      "scaling.maxReplicas: allows 20 replicas: before Kubernetes 1.35, the autoscaler ignores its tolerance of 0, takes the canary's pod for a desired one, and may creep from 9 replicas or more by a tenth, up to 20, until the share grows; nothing to do from Kubernetes 1.35 on [canary-scaler-creep]",
    ],
  ])('warns about %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });
});
