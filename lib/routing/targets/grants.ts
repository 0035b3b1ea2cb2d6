import type { RouteBackend } from './route-backend';

/** A route and its backends, as far as grants need them. */
interface Namespaced {
  readonly namespace: string | undefined;
}

/** Whether a backend is in another namespace than the routes. */
export const grantNeeded = (backend: Pick<RouteBackend, 'namespace'>, { namespace }: Namespaced): boolean =>
  backend.namespace !== undefined && backend.namespace !== namespace;
