import { planEntry } from '../routing/entry-plan';
import type { RoutesPlan } from '../routing/routes-plan';
import type { StackRoutes } from '../routing/stack-routes';
import { backendOfStack } from './routed-stack';
import type { RoutedParts } from './routed-stack';

/** Decides the route to one stack alone: the routes of several, with one of them. */
export function planStackRoutes(routes: StackRoutes, parts: RoutedParts, path: string): RoutesPlan {
  const { gateway, hostnames, requestTimeout, maxBodySize, listAllModels, labels, annotations, ...match } = routes;
  const entry = { gateway, hostnames, requestTimeout, maxBodySize, listAllModels, labels, annotations };
  const { names, namespace } = parts.plan;
  const route = { subject: 'routes', match, hostnames: undefined, backends: [backendOfStack(parts, path)] };
  return planEntry(entry, { prefix: 'routes.', name: names.route, namespace, routes: [route] });
}
