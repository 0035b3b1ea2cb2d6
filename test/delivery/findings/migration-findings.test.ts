import { Migration, Scaling } from '../../../lib';
import type { Props } from '../../support/rollout';
import { deliveryLines, withBlueGreen, withCanary } from '../../support/rollout';

describe('findings about a migration', () => {
  test.each<[what: string, props: Props]>([['no step', withCanary()]])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'from a Deployment',
      withCanary({ migration: Migration.FROM_DEPLOYMENT }),
      'delivery.migration: is FromDeployment: the Deployment "vllm" and the Rollout "vllm" both run replicas; remove it when the Rollout is healthy, and delete the Deployment [rollout-migration]',
    ],
    [
      'to a Deployment',
      withBlueGreen({ migration: Migration.TO_DEPLOYMENT }),
      'delivery.migration: is ToDeployment: the Deployment "vllm" and the Rollout "vllm" both run replicas; use Delivery.rollingUpdate() when the Deployment is available, and delete the Rollout [rollout-migration]',
    ],
  ])('reports %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  const scaled = (migration: Migration, minReplicas: number): string[] =>
    deliveryLines(withCanary({ migration }, { scaling: Scaling.keda({ minReplicas, maxReplicas: 4 }) }));

  it('warns about a new workload that begins with fewer replicas than the old one may have', () => {
    expect(scaled(Migration.FROM_DEPLOYMENT, 2)[1]).toBe(
      'scaling: sets a minimum of 2 replicas: the Service changes to the Rollout when these are ready, and the Deployment may have up to 4; set minReplicas to the current number of replicas until the migration is finished [migration-replicas]',
    );
    expect(scaled(Migration.TO_DEPLOYMENT, 2)[1]).toBe(
      'scaling: sets a minimum of 2 replicas: the Deployment begins with these, and the Rollout may have up to 4 when it is deleted; set minReplicas to the current number of replicas until the migration is finished [migration-replicas]',
    );
  });

  it('have no warning where both workloads have the same number', () => {
    expect(scaled(Migration.FROM_DEPLOYMENT, 4)).toHaveLength(1);
    expect(deliveryLines(withCanary({ migration: Migration.FROM_DEPLOYMENT }))).toHaveLength(1);
  });
});
