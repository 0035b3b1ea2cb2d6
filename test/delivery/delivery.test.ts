import { CanaryRouter, Delivery, Guard } from '../../lib';
import { canaryBy } from '../support/rollout';
import { manifestsWith } from '../support/stack';

const guard = Guard.custom({
  name: 'hits',
  query: 'sum(a{rollouts_pod_template_hash="{{args.canary}}"})',
  maximum: 1,
});

describe('a delivery', () => {
  it('by rolling update adds a pod before it removes one', () => {
    expect(Delivery.rollingUpdate()).toEqual({ strategy: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 });
  });

  it('in place removes a pod before it adds one', () => {
    expect(Delivery.inPlace()).toEqual({ strategy: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 });
  });

  it('by recreation removes all pods first', () => {
    expect(Delivery.recreate()).toEqual({ strategy: 'Recreate', maxSurge: 0, maxUnavailable: undefined });
  });

  it.each([Delivery.rollingUpdate(), Delivery.inPlace()])(
    'never lets both bounds be zero, which Kubernetes refuses',
    (delivery) => {
      expect(delivery.maxSurge + (delivery.maxUnavailable ?? 0)).toBeGreaterThan(0);
    },
  );

  it.each([
    ['Canary', Delivery.canary({ router: CanaryRouter.none() })],
    ['BlueGreen', Delivery.blueGreen()],
  ])('by %s adds pods before it removes some, and has its options as data', (strategy, delivery) => {
    expect(delivery).toMatchObject({ strategy, maxSurge: 1, maxUnavailable: 0 });
    expect(JSON.parse(JSON.stringify(delivery._rollout))).toEqual(delivery._rollout);
  });

  it('of one program makes the same objects twice', () => {
    const make = () => manifestsWith({ objectives: [], delivery: canaryBy({ guards: [guard] }), monitoringLabels: {} });
    expect(JSON.stringify(make())).toBe(JSON.stringify(make()));
  });
});
