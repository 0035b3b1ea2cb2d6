import type { ObjectMeta } from '../../emit/object-meta';
import type { RoutesPlan } from '../routes-plan';
import { managedGateway } from './gateway';
import { httpRoute } from './http-route';
import { modelList } from './model-list';
import { POLICIES } from './policies';
import { backendGrants } from './reference-grant';

/** All manifests of routes, the entry first. */
export function routesManifests(plan: RoutesPlan, meta: ObjectMeta): object[] {
  const { gateway, httpRoutes, listAllModels } = plan;
  return [
    ...(gateway.managed ? managedGateway(plan, gateway.managed, meta) : []),
    ...httpRoutes.map((each) => httpRoute(each, plan, meta)),
    ...(listAllModels ? [modelList(plan, meta)] : []),
    ...backendGrants(plan, meta),
    ...POLICIES[gateway.kind](plan, meta),
  ];
}
