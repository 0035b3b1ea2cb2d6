import type { GatewayCounts } from '../metrics/gateway-counts';
import type { StackPlan } from '../plan/stack-plan';
import { gatewayCounts, gatewayCountsOfIngress, gatewayCountsOfRoutes } from '../routing/traffic/gateway-counts';
import { httpRouteName } from '../routing/routes-plan';
import type { StackRoutes } from './stack-routes';

/**
 * What a gateway counts of the requests for a stack with a route of its own: no rule of it is for others.
 *
 * @param services a pattern of the names of the stack's Services
 */
export function gatewayOfRoutes(
  { gateway, ingress, pathPrefix }: StackRoutes,
  { names }: Pick<StackPlan, 'names'>,
  services: string,
): GatewayCounts {
  if (ingress) return gatewayCountsOfIngress(ingress._plan.kind);
  if (gateway === undefined) return gatewayCounts(undefined, services);
  const route = httpRouteName(names.route, { hostnames: undefined, match: { pathPrefix } });
  return gatewayCountsOfRoutes(gateway._plan.kind, [{ route }], undefined, services);
}
