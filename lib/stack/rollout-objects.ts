import { rolloutObjects } from '../delivery/manifests/rollout-objects';
import { notificationAnnotations, rolloutStrategy } from '../delivery/manifests/rollout-strategy';
import type { RolloutPlan } from '../delivery/plan/rollout-plan';
import { Migration } from '../delivery/migration';
import type { ObjectMeta } from '../emit/object-meta';
import { deployment } from '../workload/kinds/deployment-manifest';
import { DEFAULT_KIND } from '../workload/kinds/workload-kinds';
import type { RolloutParts } from '../workload/kinds/rollout-manifest';
import { service } from '../workload/service';
import type { WorkloadPlan } from '../workload/workload-plan';

/** What the Rollout has besides the fields of a Deployment. */
function partsOf(plan: RolloutPlan): RolloutParts {
  return {
    strategy: rolloutStrategy(plan),
    annotations: notificationAnnotations(plan),
    scaleDownDeployment: plan.scaleDownDeployment,
  };
}

/** The objects beside the Rollout, each with the id of its construct. */
function objectsOf(plan: RolloutPlan, workload: WorkloadPlan, meta: ObjectMeta): { id: string; manifest: object }[] {
  const { migration, services } = plan;
  const rolling = { strategy: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 };
  return [
    ...(migration === undefined ? [] : [{ id: DEFAULT_KIND, manifest: deployment(workload, rolling) }]),
    ...(migration === Migration.TO_DEPLOYMENT
      ? []
      : [{ id: 'NextService', manifest: service(workload, services.next) }]),
    ...rolloutObjects(plan, meta),
  ];
}

/** Everything that is emitted for a Rollout, besides the fields that a Deployment has too. */
export function rolloutManifests(plan: RolloutPlan, workload: WorkloadPlan, meta: ObjectMeta) {
  return { parts: partsOf(plan), objects: objectsOf(plan, workload, meta) };
}
