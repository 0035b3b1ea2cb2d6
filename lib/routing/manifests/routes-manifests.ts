import type { ObjectMeta } from '../../emit/object-meta';
import type { RoutesPlan } from '../routes-plan';
import { managedGateway } from './gateway';
import { httpRoute } from './http-route';
import { modelList } from './model-list';
import { POLICIES } from './policies';
import { backendGrants } from './reference-grant';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** All manifests of routes, the entry first, each with the id of its construct: kind and name. */
export function routesManifests(plan: RoutesPlan, meta: ObjectMeta): { id: string; manifest: object }[] {
  const { gateway, httpRoutes, listAllModels } = plan;
  const manifests = [
    ...(gateway.managed ? managedGateway(plan, gateway.managed, meta) : []),
    ...httpRoutes.map((each) => httpRoute(each, plan, meta)),
    ...(listAllModels ? [modelList(plan, meta)] : []),
    ...backendGrants(plan, meta),
    ...POLICIES[gateway.kind](plan, meta),
  ] as Manifest[];
  return manifests.map((manifest) => {
    const { kind, metadata } = manifest;
    const elsewhere = metadata.namespace === meta.namespace ? '' : `-${metadata.namespace}`;
    return { id: `${kind}-${metadata.name}${elsewhere}`, manifest };
  });
}
