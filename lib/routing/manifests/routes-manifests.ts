import type { ObjectMeta } from '../../emit/object-meta';
import type { EntryPlan } from '../entry-plan';
import { ingressManifest } from '../ingress/ingress-manifest';
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

/** The manifests of the routes of a Gateway, the Gateway first. */
function gatewayManifests(plan: RoutesPlan, meta: ObjectMeta): object[] {
  const { gateway, httpRoutes, listAllModels } = plan;
  return [
    ...(gateway.managed ? managedGateway(plan, gateway.managed, meta) : []),
    ...httpRoutes.map((each) => httpRoute(each, plan, meta)),
    ...(listAllModels ? [modelList(plan, meta)] : []),
    ...backendGrants(plan, meta),
    ...POLICIES[gateway.kind](plan, meta),
  ];
}

/** All manifests of routes, each with the id of its construct: kind and name. */
export function routesManifests(plan: EntryPlan, meta: ObjectMeta): { id: string; manifest: object }[] {
  const manifests = 'ingress' in plan ? [ingressManifest(plan, meta)] : gatewayManifests(plan, meta);
  return (manifests as Manifest[]).map((manifest) => {
    const { kind, metadata } = manifest;
    const elsewhere = metadata.namespace === meta.namespace ? '' : `-${metadata.namespace}`;
    return { id: `${kind}-${metadata.name}${elsewhere}`, manifest };
  });
}
