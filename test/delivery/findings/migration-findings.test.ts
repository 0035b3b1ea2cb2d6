import { Migration } from '../../../lib';
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
});
