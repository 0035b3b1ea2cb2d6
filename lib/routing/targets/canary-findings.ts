import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { nearest } from '../../preflight/nearest';
import type { CommonPlan } from '../routes-plan';
import { targetSubject } from '../routes-plan';
import type { RouteBackend, RoutedCanary } from './route-backend';

/** What a kind of router sets the weights of, as the user names it. */
const ROUTERS: Readonly<Record<RoutedCanary['router'], { readonly factory: string; readonly property: string }>> = {
  gatewayApi: { factory: 'CanaryRouter.gatewayApi', property: 'httpRoutes' },
  nginx: { factory: 'CanaryRouter.nginx', property: 'ingresses' },
  istio: { factory: 'CanaryRouter.istio', property: 'hosts' },
};

/** What divides the requests of an entry between two versions; undefined where nothing does. */
export type Divider = 'gatewayApi' | 'nginx' | undefined;

/** The objects of an entry that have the stack as a target. */
interface EntryObjects {
  readonly kind: 'HTTPRoute' | 'Ingress';
  readonly divider: Divider;
  readonly names: readonly string[];
  /** Those of all routes to the stack. */
  readonly all: readonly string[];
  readonly namespace: string | undefined;
  readonly subject: string;
  readonly what: string;
}

/** A name that is near a missing one may also be that of an object that synth does not see. */
function misspelt(missing: readonly string[], entries: readonly string[]): string {
  const meant = missing.flatMap((name) => nearest(name, entries) ?? []);
  return meant.length === 0 ? '' : `, without '${meant.join("', '")}' if that is misspelt`;
}

/** A canary whose Rollout does not set the weights of this entry: all of its requests would reach the old version. */
function ofCanary(canary: RoutedCanary, objects: EntryObjects): Finding[] {
  const { kind, divider, names, all, namespace, subject, what } = objects;
  const { rollout, router, entries } = canary;
  // The stack's own route: the findings about its router know it.
  if (entries === undefined) return [];
  const { factory, property } = ROUTERS[router];
  const listed = (known: readonly string[]): string =>
    [...new Set([...known, ...all])].map((name) => `'${name}'`).join(', ');
  if (router !== divider) {
    const problem = `is ${what}, whose canary is divided by ${factory}: requests of this ${kind} all reach the old version`;
    const instead =
      divider === undefined
        ? 'use a gateway'
        : `use ${ROUTERS[divider].factory}({ ${ROUTERS[divider].property}: [${listed([])}] }) in its delivery`;
    return [warning('canary-passed-by', subject, problem, `${instead}, or acknowledge this finding`)];
  }
  const missing = names.filter((name) => !entries.includes(name));
  if (missing.length > 0) {
    const problem = `is ${what}, and ${rollout} does not set the weights of the ${kind} "${missing.join('", "')}": its canary would get no requests there`;
    const fix = `set ${property}: [${listed(entries)}] in ${factory} of its delivery${misspelt(missing, entries)}`;
    return [error('canary-route', subject, problem, fix)];
  }
  if (kind === 'Ingress' || canary.namespace === namespace) return [];
  const problem = `is ${what}, and ${rollout} looks for the HTTPRoute "${names.join('", "')}" in the namespace "${canary.namespace ?? 'default'}", not in "${namespace ?? 'default'}"`;
  return [
    error('canary-route', subject, problem, `set namespace: '${namespace ?? 'default'}' in ${factory} of its delivery`),
  ];
}

/** The canary behind a backend, if an entry divides its requests. */
const canaryOf = ({ kind, stacks }: RouteBackend): RoutedCanary | undefined =>
  kind === 'Service' ? stacks[0]?.canary : undefined;

/** Findings about targets with a canary: the Rollout must know each object that divides their requests. */
export function canaryFindings(plan: CommonPlan, kind: EntryObjects['kind'], divider: Divider): Finding[] {
  const namesOf = (route: number): string[] => [
    ...new Set(
      plan.httpRoutes.filter(({ rules }) => rules.some((rule) => rule.route === route)).map(({ name }) => name),
    ),
  ];
  const sameStack = (one: RouteBackend, other: RouteBackend): boolean =>
    one.name === other.name && one.namespace === other.namespace;
  return plan.routes.flatMap((route, index) =>
    route.backends.flatMap((backend, position) => {
      const canary = canaryOf(backend);
      if (canary === undefined) return [];
      const all = plan.routes.flatMap(({ backends }, other) =>
        backends.some((each) => sameStack(each, backend)) ? namesOf(other) : [],
      );
      return ofCanary(canary, {
        kind,
        divider,
        names: namesOf(index),
        all: [...new Set(all)],
        namespace: plan.namespace,
        subject: targetSubject(route, position),
        what: backend.what,
      });
    }),
  );
}
