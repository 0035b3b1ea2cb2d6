import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
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

/**
 * A Rollout whose canary does not run sets weight 0, and the plugin then removes its label from the route. Updates are not
 * lost: one that meets another fails and is repeated. Weights that something else resets stay so until Argo Rollouts looks
 * at the Rollout again: at the end of an analysis, or after its resync period of 15 minutes (rollout/controller.go).
 */
function sharedLabel(targets: readonly Target[], { name }: HttpRoutePlan): Finding[] {
  const canaries = new Map(
    targets.flatMap(({ subject, backend, canary }) => (canary ? [[backend.what, subject] as const] : [])),
  );
  if (canaries.size < 2) return [];
  const [, subject = ''] = [...canaries.values()];
  const all = [...canaries.keys()].join(', ');
  const problem = `is one of ${canaries.size} canaries in the HTTPRoute "${name}" (${all}): while one runs, another removes the label by which Argo CD ignores its weights, and a sync then takes all requests from it, so that it pauses`;
  const fix =
    'let Argo CD ignore the weights whatever the label is, or put the stacks into two ModelRoutes with other hostnames';
  return [notice('canary-shared-route', subject, problem, fix)];
}

/** Findings about HTTPRoutes in which a Rollout does not set weights alone. */
export const sharedCanaryFindings = (plan: RoutesPlan): Finding[] =>
  plan.httpRoutes.flatMap((httpRoute) => {
    const targets = targetsOf(httpRoute, plan);
    return [...sameNames(targets), ...sharedLabel(targets, httpRoute)];
  });
