import { Delivery } from '../../lib';

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
});
