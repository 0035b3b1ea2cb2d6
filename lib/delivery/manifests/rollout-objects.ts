import type { ObjectMeta } from '../../emit/object-meta';
import { Migration } from '../migration';
import type { RolloutPlan } from '../plan/rollout-plan';
import { faultsTemplate, guardsTemplate } from './analysis-template';
import { virtualService } from './virtual-service';

/** The objects beside the Rollout and its Services, each with the id of its construct. */
export function rolloutObjects(plan: RolloutPlan, meta: ObjectMeta): { id: string; manifest: object }[] {
  const { router, strategy, migration } = plan;
  const judged = migration !== Migration.TO_DEPLOYMENT;
  return [
    ...(judged ? [{ id: 'Guards', manifest: guardsTemplate(plan, meta) }] : []),
    ...(judged && strategy === 'canary' ? [{ id: 'Faults', manifest: faultsTemplate(plan, meta) }] : []),
    ...(router.kind === 'istio' && router.own
      ? [{ id: 'VirtualService', manifest: virtualService(router.own, plan, router.virtualService, meta) }]
      : []),
  ];
}
