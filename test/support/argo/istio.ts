import type { Manifest } from '../stack';

/** A destination's Service: the host up to its first dot (rollout/trafficrouting/istio/istio.go, getHost). */
const serviceOf = ({ destination }: Manifest): string => String(destination.host).split('.')[0] ?? '';

/** `NAME.NAMESPACE` (utils/istio/istio.go, GetVirtualServiceNamespaceName). */
export function virtualServiceKey(name: string, rolloutNamespace: string): string {
  const [own, namespace = rolloutNamespace] = name.split('.');
  return `${namespace}/${own}`;
}

/** The HTTP routes whose weights are set (getHttpRouteIndexesToPatch): the named ones, the only one, or the first without a name. */
export function dividedRoutes(virtualService: Manifest, names: readonly string[] = []): Manifest[] {
  const { http } = virtualService.spec;
  if (names.length > 0) return names.map((name) => http.find((route: Manifest) => route.name === name));
  return http.length === 1 ? http : [http.find(({ name }: Manifest) => name === undefined)];
}

/** Complaints about a VirtualService (pkg/apis/rollouts/validation, ValidateVirtualService; ValidateHTTPRoutes). */
export function virtualServiceComplaints(rollout: Manifest, objects: readonly Manifest[]): string[] {
  const { stableService, canaryService, trafficRouting } = rollout.spec.strategy.canary;
  const { virtualService: named, destinationRule } = trafficRouting.istio;
  if (named === undefined || destinationRule !== undefined) return ['no VirtualService is named'];
  const namespace = rollout.metadata.namespace ?? 'default';
  const key = virtualServiceKey(named.name, namespace);
  const found = objects.find(
    ({ kind, metadata }) => kind === 'VirtualService' && `${metadata.namespace ?? 'default'}/${metadata.name}` === key,
  );
  if (found === undefined) return [`VirtualService ${key} not found`];
  if (named.routes === undefined && found.spec.http.length > 1) return ['routes must be set: http has several'];
  return dividedRoutes(found, named.routes).flatMap((route) => {
    if (route === undefined) return ['a route is not in the VirtualService'];
    const services: string[] = route.route.map(serviceOf);
    return [stableService, canaryService]
      .filter((service) => !services.includes(service))
      .map((service) => `a route has no destination ${service}`);
  });
}

/** The VirtualService at a weight (processRoutes, patchVirtualService): destinations of other Services are removed. */
export function atWeight(rollout: Manifest, virtualService: Manifest, weight: number): Manifest {
  const { stableService, canaryService, trafficRouting } = rollout.spec.strategy.canary;
  const changed = structuredClone(virtualService);
  for (const route of dividedRoutes(changed, trafficRouting.istio.virtualService.routes)) {
    route.route = route.route.flatMap((each: Manifest) => {
      const service = serviceOf(each);
      if (service === canaryService) return [{ ...each, weight }];
      if (service === stableService) return [{ ...each, weight: 100 - weight }];
      return each.weight === 0 ? [each] : [];
    });
  }
  return changed;
}
