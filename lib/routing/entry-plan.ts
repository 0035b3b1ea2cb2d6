import { mebibytesOf } from '../units/mebibytes';
import type { EntryProps } from './entry-props';
import type { IngressPlan } from './ingress/ingress-plan';
import { planIngress } from './ingress/ingress-plan';
import type { RoutesInput, RoutesPlan } from './routes-plan';
import { planRoutes } from './routes-plan';

/** The plan of routes, by their entry: a Gateway or an Ingress. */
export type EntryPlan = RoutesPlan | IngressPlan;

/** Decides the objects of an entry and its routes. Expects properties of the right shape. */
export function planEntry(
  props: EntryProps,
  { prefix, name, namespace, routes }: Pick<RoutesInput, 'prefix' | 'name' | 'namespace' | 'routes'>,
): EntryPlan {
  const { gateway, ingress, hostnames = [], requestTimeout, maxBodySize, listAllModels = false } = props;
  const common = {
    prefix,
    name,
    namespace,
    hostnames,
    routes,
    requestTimeout: requestTimeout && requestTimeout.toMilliseconds() / 1000,
    maxBodySize: maxBodySize && mebibytesOf(maxBodySize),
    listAllModels,
  };
  if (gateway) return planRoutes({ ...common, gateway: gateway._plan });
  if (ingress) return planIngress({ ...common, ingress: ingress._plan, annotations: props.annotations ?? {} });
  throw new Error('routes without an entry: the shape of the properties was not checked');
}
