import type { Finding } from '../../preflight/finding';
import { notice, warning } from '../../preflight/finding';
import type { RolloutPlan } from '../plan/rollout-plan';
import { Migration } from '../migration';

/** A migration is a step, not a state: both workloads hold GPUs. */
export function migrationFindings(plan: RolloutPlan): Finding[] {
  const { migration, rollout } = plan;
  if (migration === undefined) return [];
  const problem = `is ${migration}: the Deployment "${rollout}" and the Rollout "${rollout}" both run replicas`;
  const fix =
    migration === Migration.FROM_DEPLOYMENT
      ? 'remove it when the Rollout is healthy, and delete the Deployment'
      : 'use Delivery.rollingUpdate() when the Deployment is available, and delete the Rollout';
  return [notice('rollout-migration', 'delivery.migration', problem, fix), ...replicaFindings(plan)];
}

/**
 * The new workload begins with the minimum, and grows by the steps of the scaler. The Service selects a Rollout alone as soon
 * as all of its replicas are available, however few (argo-rollouts rollout/service.go, ensureSVCTargets).
 */
function replicaFindings({ migration, replicas: { min, max }, context: { scaler } }: RolloutPlan): Finding[] {
  if (scaler === undefined || min >= max) return [];
  const problem =
    migration === Migration.FROM_DEPLOYMENT
      ? `sets a minimum of ${min} replicas: the Service changes to the Rollout when these are ready, and the Deployment may have up to ${max}`
      : `sets a minimum of ${min} replicas: the Deployment begins with these, and the Rollout may have up to ${max} when it is deleted`;
  const fix = 'set minReplicas to the current number of replicas until the migration is finished';
  return [warning('migration-replicas', 'scaling', problem, fix)];
}
