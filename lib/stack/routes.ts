import type { EntryPlan } from '../routing/entry-plan';
import { planEntry } from '../routing/entry-plan';
import type { RequestMatch } from '../routing/match/request-match';
import { REQUEST_MATCH } from '../routing/match/request-match';
import { backendOfStack } from './routed-stack';
import type { RoutedParts } from './routed-stack';
import type { StackRoutes } from './stack-routes';

/** Decides the route to one stack alone: the routes of several, with one of them. */
export function planStackRoutes(routes: StackRoutes, parts: RoutedParts, path: string): EntryPlan {
  const conditions = Object.entries(routes).filter(([property]) => property in REQUEST_MATCH);
  const match = Object.fromEntries(conditions) as RequestMatch;
  const { canary, plan } = parts;
  const { names, namespace } = plan;
  const route = {
    subject: 'routes',
    to: 'routes',
    match,
    hostnames: undefined,
    // Its own entry is always known to its Rollout.
    backends: [backendOfStack({ ...parts, canary: canary && { ...canary, entries: undefined } }, path)],
  };
  return planEntry(routes, { prefix: 'routes.', name: names.route, namespace, routes: [route] });
}
