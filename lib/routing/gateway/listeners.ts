import { ROUTING } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Hostname } from '../match/precedence';
import { isNarrower } from '../match/precedence';
import type { RoutesPlan } from '../routes-plan';
import { slug } from '../slug';

/**
 * The hostnames of listeners; `undefined` for a listener of every hostname. A wildcard stands for those below it: on a
 * listener of its own, a hostname would be equal for the routes of both, since they are compared by what they have in
 * common with the listener.
 */
export function listenerHostnames({ httpRoutes }: Pick<RoutesPlan, 'httpRoutes'>): Hostname[] {
  if (httpRoutes.some(({ hostnames }) => hostnames.length === 0)) return [undefined];
  const all = [...new Set(httpRoutes.flatMap(({ hostnames }) => hostnames))];
  return all.filter((name) => !all.some((other) => isNarrower(name, other)));
}

/** The name of the listener of a hostname. */
export const listenerName = (hostname: Hostname, scheme: 'http' | 'https'): string =>
  hostname === undefined ? scheme : slug(scheme, [hostname.replace('*', 'any')]);

/** What the Gateway API allows in a Gateway that is emitted. */
export function listenerFindings(plan: RoutesPlan): Finding[] {
  const { gateway, prefix } = plan;
  if (gateway.managed === undefined) return [];
  const subject = `${prefix}hostnames`;
  const hostnames = listenerHostnames(plan);
  const names = hostnames.map((hostname) => listenerName(hostname, 'https'));
  const twice = names.findIndex((name, index) => names.indexOf(name) < index);
  const findings: Finding[] = [];
  if (hostnames.length > ROUTING.maxListeners) {
    const problem = `make a Gateway of ${hostnames.length} listeners, and the Gateway API allows ${ROUTING.maxListeners}`;
    findings.push(error('route-too-large', subject, problem, 'use a wildcard, or a second Gateway'));
  }
  if (twice >= 0) {
    const first = hostnames[names.indexOf(names[twice] ?? '')];
    const problem = `make two listeners of one name, of "${first}" and "${hostnames[twice]}"`;
    findings.push(error('route-name-clash', subject, problem, 'use hostnames that differ in more than "." and "-"'));
  }
  return findings;
}
