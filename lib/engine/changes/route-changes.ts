import type { Catalogue } from '../catalogue/catalogue';
import type { ReleasedRoute } from '../catalogue/released';

/** Production does not have the routes of the developer mode. */
const isForDevelopers = ({ when }: ReleasedRoute) => when.includes('VLLM_SERVER_DEV_MODE');

const key = ({ method, path }: ReleasedRoute) => `${method} ${path}`;

/** Routes whose need for the API key changes between two releases, and new routes that do not need it. */
export function routeChanges(before: Catalogue, after: Catalogue): string[] {
  const old = new Map(before.routes().map((route) => [key(route), route]));
  return after.routes().flatMap((now) => {
    if (isForDevelopers(now)) return [];
    const was = old.get(key(now));
    if (was?.guarded === now.guarded && !isForDevelopers(was)) return [];
    if (now.guarded) return was ? [`${key(now)} needs the API key; before, it did not`] : [];
    const condition = now.when === 'always' ? '' : ` (${now.when})`;
    return [`${key(now)} is ${was ? 'now' : 'new and'} served without the API key${condition}`];
  });
}
