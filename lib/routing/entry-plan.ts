import { mebibytesOf } from '../units/mebibytes';
import type { EntryProps } from './entry-props';
import type { RoutesInput, RoutesPlan } from './routes-plan';
import { planRoutes } from './routes-plan';

/** Decides the objects of an entry and its routes. Expects properties of the right shape. */
export function planEntry(
  props: EntryProps,
  { prefix, name, namespace, routes }: Pick<RoutesInput, 'prefix' | 'name' | 'namespace' | 'routes'>,
): RoutesPlan {
  const { gateway, hostnames = [], requestTimeout, maxBodySize, listAllModels = false } = props;
  return planRoutes({
    prefix,
    name,
    namespace,
    gateway: gateway._plan,
    hostnames,
    routes,
    requestTimeout: requestTimeout && requestTimeout.toMilliseconds() / 1000,
    maxBodySize: maxBodySize && mebibytesOf(maxBodySize),
    listAllModels,
  });
}
