import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { grantNeeded } from '../targets/grants';
import { CLASS_HEADERS } from '../match/request-match';
import type { RequestMatch } from '../match/request-match';
import type { RouteInput } from '../routes-plan';
import { targetSubject } from '../routes-plan';
import type { IngressPlan } from './ingress-plan';

const no = (subject: string, problem: string, fix: string): Finding =>
  error('ingress-unsupported', subject, problem, fix);

/** Classes of requests, which clients send as headers. */
function headers({ subject, match }: RouteInput): Finding[] {
  const properties = Object.entries(CLASS_HEADERS) as [keyof typeof CLASS_HEADERS, string][];
  const matched: [property: string, value: unknown, header: string][] = [
    ...properties.map(([property, header]): [string, unknown, string] => [property, match[property], header]),
    ['contentLengthBelow', match.contentLengthBelow, 'content-length'],
    ...Object.entries(match.headers ?? {}).map(([name, value]): [string, string, string] => [
      `headers.${name}`,
      value,
      name,
    ]),
  ];
  return matched.flatMap(([property, value, header]) => {
    if (value === undefined) return [];
    const shown = typeof value === 'string' ? `"${value}"` : String(value);
    const problem = `is ${shown}, a match of the header ${header}, and an Ingress matches hostnames and paths only`;
    return [
      no(`${subject}.${property}`, problem, FIX[property] ?? 'give the route its own hostnames, or use a gateway'),
    ];
  });
}

const FIX: Readonly<Record<string, string>> = {
  model: 'give each model its own hostnames, or use a gateway',
  tier: 'give each tier its own hostnames with their own authentication, or use a gateway',
};

function path({ subject, match }: RouteInput): Finding[] {
  const { pathPrefix, method }: RequestMatch = match;
  const findings: Finding[] = [];
  if (pathPrefix !== undefined) {
    const problem = `is "${pathPrefix}", which has to be removed from the path, and an Ingress cannot rewrite paths`;
    findings.push(no(`${subject}.pathPrefix`, problem, 'give the route its own hostnames, or use a gateway'));
  }
  if (method !== undefined) {
    const problem = `is ${method}, and an Ingress matches hostnames and paths only`;
    findings.push(no(`${subject}.method`, problem, 'remove it: vLLM answers 405 to a wrong method'));
  }
  return findings;
}

/** An Ingress sends a path to one Service of its own namespace. */
function targets(route: RouteInput, plan: IngressPlan): Finding[] {
  const { to, backends } = route;
  const findings: Finding[] = [];
  if (backends.length > 1) {
    const problem = `divides requests between ${backends.length} targets, and a path of an Ingress has one`;
    findings.push(no(to, problem, 'set one target, or use a gateway'));
  }
  backends.forEach((backend, index) => {
    const { kind, what, weight, namespace } = backend;
    if (weight !== undefined && backends.length === 1) {
      const problem = `has the weight ${weight}, and an Ingress has no weights`;
      findings.push(no(targetSubject(route, index), problem, 'remove the weight'));
    }
    if (kind === 'InferencePool') {
      const problem = `is ${what}, and an Ingress sends requests to Services only`;
      findings.push(no(targetSubject(route, index), problem, 'set a stack as the target, or use a gateway'));
    }
    if (grantNeeded(backend, plan)) {
      const problem = `is ${what} in the namespace "${namespace}", and an Ingress in "${plan.namespace ?? 'default'}" reaches Services of its own namespace only`;
      const fix = `use one ModelRoutes for each namespace, here with namespace: '${namespace}', or a gateway`;
      findings.push(no(targetSubject(route, index), problem, fix));
    }
  });
  return findings;
}

/** What an Ingress cannot do (kubernetes/api networking/v1/types.go, IngressRule). */
export function unsupported(plan: IngressPlan): Finding[] {
  const findings = plan.routes.flatMap((route) => [...headers(route), ...path(route), ...targets(route, plan)]);
  if (plan.listAllModels) {
    const problem = 'is true, and an Ingress does not answer requests itself';
    findings.push(no(`${plan.prefix}listAllModels`, problem, 'remove it, and give each model its own hostnames'));
  }
  return findings;
}
