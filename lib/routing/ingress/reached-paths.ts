import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { orderFindings } from '../match/order-findings';
import { pathMatch } from '../match/route-match';
import { pathsOf } from '../routes-plan';
import type { IngressPlan } from './ingress-plan';

/**
 * An exact path of a later route below a path of an earlier one with a variable part. A path that two routes have is not
 * a question of order here: the Ingress contains that of the first route only.
 */
function order({ httpRoutes }: IngressPlan): Finding[] {
  return httpRoutes.flatMap((each) =>
    orderFindings({ httpRoutes: [each], facts: { sharesPaths: true, ranking: 'standard' } }).filter(
      ({ id }) => id === 'route-order',
    ),
  );
}

/** The earlier route that answers a path on each host of a later one. */
function takenBy({ httpRoutes, hosts }: IngressPlan, route: number, path: string): number | undefined {
  const { type, value } = pathMatch(path);
  const own = hosts.filter((_, at) => httpRoutes[at]?.rules.some((rule) => rule.route === route));
  const owners = own.map(
    ({ paths }) => paths.find((each) => each.path.type === type && each.path.value === value)?.route ?? route,
  );
  return owners.every((owner) => owner < route) ? owners[0] : undefined;
}

/** Paths that no request reaches, since an earlier route has the same ones. */
function unreached(plan: IngressPlan): Finding[] {
  return plan.routes.flatMap((route, index) => {
    const { subject, match } = route;
    const paths = pathsOf(route);
    const owners = paths.map((path) => takenBy(plan, index, path));
    const first = owners.find((owner) => owner !== undefined);
    if (first === undefined) return [];
    const by = (owner: number): string => plan.routes[owner]?.subject ?? '';
    if (owners.every((owner) => owner !== undefined)) {
      const problem = `receives no request: ${by(first)} has the same hostnames and paths, and comes first`;
      return [error('route-unreachable', subject, problem, 'remove it, or give it its own hostnames')];
    }
    // A default path that several tasks have, such as the list of models, belongs to the first route.
    if (match.paths === undefined) return [];
    return owners.flatMap((owner, at) => {
      if (owner === undefined) return [];
      const problem = `is "${paths[at]}", which ${by(owner)} answers on the same hostnames`;
      return [error('route-unreachable', `${subject}.paths[${at}]`, problem, 'remove it, or use other hostnames')];
    });
  });
}

/** Findings about paths that another route answers. */
export const reachedPathsFindings = (plan: IngressPlan): Finding[] => [...unreached(plan), ...order(plan)];
