import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { HttpRoutePlan, RoutesPlan } from '../routes-plan';
import { targetSubject } from '../routes-plan';
import { backendRefs } from './backend-refs';
import type { RouteBackend, RoutedCanary } from './route-backend';

/** A target of an HTTPRoute. */
interface Target {
  readonly subject: string;
  readonly backend: RouteBackend;
  /** Undefined where no Rollout sets weights. */
  readonly canary: RoutedCanary | undefined;
}

/** The targets of an HTTPRoute, each route's own. */
function targetsOf({ rules }: HttpRoutePlan, { routes }: RoutesPlan): Target[] {
  const reached = new Set(rules.map(({ route }) => route));
  return routes.flatMap((route, index) =>
    reached.has(index)
      ? route.backends.map((backend, position) => {
          const canary = backend.kind === 'Service' ? backend.stacks[0]?.canary : undefined;
          const divided = canary?.router === 'gatewayApi' ? canary : undefined;
          return { subject: targetSubject(route, position), backend, canary: divided };
        })
      : [],
  );
}

const namesOf = ({ backend }: Target): string[] => backendRefs(backend).map(({ name }) => name);

/**
 * The plugin of Argo Rollouts finds the Services of a canary by name alone, in all rules and whatever their namespace
 * (rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/httproute.go, setHTTPRouteWeight).
 */
function sameNames(targets: readonly Target[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const target of targets) {
    const { canary, backend } = target;
    const own = canary ? namesOf(target) : [];
    for (const other of targets) {
      const name = namesOf(other).find((each) => own.includes(each));
      if (canary === undefined || name === undefined || other.backend.what === backend.what) continue;
      if (found.has(other.subject) || found.has(target.subject)) continue;
      const problem = `is ${other.backend.what}, and ${canary.rollout} of ${backend.what} sets the weight of each backend of the name "${name}" in their HTTPRoute`;
      const fix = 'put one of them into a second ModelRoutes with other hostnames, or rename it';
      found.set(other.subject, error('canary-same-service', other.subject, problem, fix));
    }
  }
  return [...found.values()];
}

/** Findings about HTTPRoutes in which a Rollout does not set weights alone. */
export const sharedCanaryFindings = (plan: RoutesPlan): Finding[] =>
  plan.httpRoutes.flatMap((httpRoute) => sameNames(targetsOf(httpRoute, plan)));
