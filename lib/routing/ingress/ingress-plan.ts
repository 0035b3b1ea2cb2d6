import type { RouteBackend } from '../targets/route-backend';
import type { CommonPlan, HttpRoutePlan, RouteInput, RoutesInput } from '../routes-plan';
import { planCommon, rulesOf } from '../routes-plan';
import { ANNOTATIONS } from './annotations';
import type { IngressFacts } from './ingress-facts';
import { INGRESSES } from './ingress-facts';
import type { IngressEntry } from './model-ingress';

/** What the routes of an Ingress are made of. */
export interface IngressInput extends Omit<RoutesInput, 'gateway'> {
  readonly ingress: IngressEntry;
  /** Annotations of the user for all objects of the routes. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** One path of a host, with the first route that has it. */
export interface IngressPath {
  readonly route: number;
  readonly path: HttpRoutePlan['rules'][number]['matches'][number]['path'];
  readonly backend: RouteBackend;
}

/** A host, and what it answers. */
export interface IngressHost {
  /** Undefined for every host. */
  readonly host: string | undefined;
  readonly paths: readonly IngressPath[];
}

/** Everything decided about the routes of an Ingress: plain data. */
export interface IngressPlan extends CommonPlan {
  readonly ingress: IngressEntry;
  readonly facts: IngressFacts;
  readonly hosts: readonly IngressHost[];
  /** Annotations that the library sets. */
  readonly decided: Readonly<Record<string, string>>;
  /** Annotations of the Ingress: those of the user replace the others. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every path that is not exact is a prefix of whole segments. */
const PREFIX = 'PathPrefix' as const;

/** An Ingress has no order of rules, so a path that an earlier route has too is not repeated. */
function pathsOf({ rules }: HttpRoutePlan, { exactPaths }: IngressFacts): IngressPath[] {
  const paths = new Map<string, IngressPath>();
  for (const { route, matches, backends } of rules) {
    const [backend] = backends;
    if (backend === undefined) continue;
    for (const { path: matched } of matches) {
      const path = exactPaths ? matched : { ...matched, type: PREFIX };
      const key = `${path.type} ${path.value}`;
      if (!paths.has(key)) paths.set(key, { route, path, backend });
    }
  }
  return [...paths.values()];
}

/** Hostnames of a route; none is every host. */
const hostsOf = (route: RouteInput, all: readonly string[]): readonly string[] => {
  const { hostnames = all } = route;
  return hostnames.length === 0 ? [EVERY_HOST] : hostnames;
};

const EVERY_HOST = '';

/** Whether a request for a host is one for another: `*` of an Ingress is exactly one label (networking/v1 IngressRule.host). */
const covers = (outer: string, host: string): boolean =>
  outer === EVERY_HOST ||
  outer === host ||
  (outer.startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.')) === outer.slice(1));

/**
 * The rules by host. NGINX and Envoy choose the host first and answer 404 if it lacks the path, so a host also has the
 * paths of routes for all hosts and of those with a wildcard.
 */
function rulesByHost({ name, hostnames, routes, listAllModels }: IngressInput): HttpRoutePlan[] {
  const hosts = [...new Set(routes.flatMap((route) => hostsOf(route, hostnames)))];
  return hosts.map((host) => ({
    name,
    hostnames: host === EVERY_HOST ? [] : [host],
    rules: routes.flatMap((route, index) =>
      hostsOf(route, hostnames).some((outer) => covers(outer, host))
        ? rulesOf(route, index, { facts: { rewrites: 'exact' }, listAllModels })
        : [],
    ),
  }));
}

/** Decides the Ingress of routes. Expects properties of the right shape. */
export function planIngress(input: IngressInput): IngressPlan {
  const common = planCommon(input);
  const { ingress } = input;
  const facts = INGRESSES[ingress.kind];
  const httpRoutes = rulesByHost(input);
  const decided = ANNOTATIONS[ingress.kind](common);
  return {
    ...common,
    facts,
    httpRoutes,
    hosts: httpRoutes.map((each) => ({ host: each.hostnames[0], paths: pathsOf(each, facts) })),
    decided,
    annotations: { ...decided, ...input.annotations, ...ingress.annotations },
  };
}
