import type { Finding } from '../../preflight/finding';
import { notice } from '../../preflight/finding';
import type { RolloutPlan } from '../plan/rollout-plan';
import { Migration } from '../migration';

/** A migration is a step, not a state: both workloads hold GPUs. */
export function migrationFindings({ migration, rollout }: RolloutPlan): Finding[] {
  if (migration === undefined) return [];
  const problem = `is ${migration}: the Deployment "${rollout}" and the Rollout "${rollout}" both run replicas`;
  const fix =
    migration === Migration.FROM_DEPLOYMENT
      ? 'remove it when the Rollout is healthy, and delete the Deployment'
      : 'use Delivery.rollingUpdate() when the Deployment is available, and delete the Rollout';
  return [notice('rollout-migration', 'delivery.migration', problem, fix)];
}
