import { ROUTING } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { MODELS_PATH } from '../paths/answered-paths';
import { grantNeeded } from './grants';
import type { RouteBackend } from './route-backend';
import type { RouteInput, RoutesPlan } from '../routes-plan';
import { pathsOf, rulesOf, targetSubject } from '../routes-plan';

/** The targets of one route and their weights. */
function targetFindings({ to, backends }: RouteInput): Finding[] {
  if (backends.length === 0) {
    return [error('route-reaches-nothing', to, 'is an empty list', 'add a target: RouteTarget.stack(…)')];
  }
  const findings: Finding[] = [];
  if (backends.length > ROUTING.maxTargets) {
    const problem = `has ${backends.length} targets, and the Gateway API allows ${ROUTING.maxTargets}`;
    findings.push(error('route-too-large', to, problem, 'list fewer targets'));
  }
  const weighted = backends.filter(({ weight }) => weight !== undefined);
  backends.forEach((backend, index) => {
    const { what, kind, name, namespace } = backend;
    const same = (each: RouteBackend): boolean =>
      each.kind === kind && each.name === name && each.namespace === namespace;
    if (backends.findIndex(same) < index) {
      const fix = 'remove one of them, or give one the sum of both weights';
      findings.push(error('route-target-twice', `${to}[${index}]`, `is ${what}, which is a target already`, fix));
    }
    findings.push(...passedBy(backend, `${to}[${index}]`));
    findings.push(...ownedWeights(backend, `${to}[${index}]`, backends.length));
  });
  if (weighted.length > 0 && weighted.length < backends.length) {
    const at = backends.findIndex(({ weight }) => weight === undefined);
    const problem = 'has no weight, and other targets of the route have one';
    findings.push(error('route-weight', `${to}[${at}]`, problem, 'set a weight for each target'));
  }
  if (weighted.length === backends.length && weighted.every(({ weight }) => weight === 0)) {
    const problem = 'has only targets of weight 0, so every request gets an error';
    findings.push(error('route-reaches-nothing', to, problem, 'set a weight above 0 for one of them'));
  }
  return findings;
}

/** Members of a pool that requests reach by their Service. */
function passedBy({ kind, stacks }: RouteBackend, subject: string): Finding[] {
  if (kind !== 'Service') return [];
  return stacks.flatMap(({ what, pool }) => {
    if (pool === undefined) return [];
    const problem = `is ${what}, a member of the pool "${pool}": the gateway sends these requests to its Service, without the endpoint picker`;
    const fix = 'use RouteTarget.pool(…), or acknowledge this finding';
    return [warning('pool-passed-by', subject, problem, fix)];
  });
}

/** A canary's weights belong to its rollout: it writes them during an update. */
function ownedWeights({ weight, stacks, what }: RouteBackend, subject: string, targets: number): Finding[] {
  const canary = stacks.find((each) => each.canary !== undefined)?.canary;
  if (canary === undefined || (weight === undefined && targets === 1)) return [];
  const problem = `divides the requests of ${what}, whose weights belong to ${canary.rollout}`;
  return [error('route-weight', subject, problem, 'give the stack a route of its own, without weights')];
}

/** Stacks that share the requests of a route must serve the same name: clients send one. */
function nameFindings({ subject, to, match, backends }: RouteInput): Finding[] {
  const stacks = backends.flatMap(({ stacks: each }) => each);
  const { model } = match;
  if (model !== undefined) {
    return stacks
      .filter(({ servedNames, loadsAdapters }) => !loadsAdapters && !servedNames.includes(model))
      .map(({ what, servedNames }) => {
        const problem = `is "${model}", and ${what} serves ${servedNames.join(', ')}: the engine answers 404`;
        const fix = `set "${servedNames[0]}", or add the name to servedNames of Model.of`;
        return error('route-model-not-served', `${subject}.model`, problem, fix);
      });
  }
  const [first, ...others] = stacks;
  if (first === undefined) return [];
  const common = first.servedNames.filter((name) => others.every(({ servedNames }) => servedNames.includes(name)));
  if (common.length > 0) return [];
  const names = stacks.map(({ what, servedNames }) => `${what}: ${servedNames.join(', ')}`).join('; ');
  const problem = `have no model name in common (${names}): a share of the requests gets 404`;
  return [error('route-names-differ', to, problem, 'set a common name first in servedNames of Model.of')];
}

/** Stacks that share the requests of a route must accept the same key: a client sends one. */
function keyFindings({ to, backends }: RouteInput): Finding[] {
  const stacks = backends.flatMap(({ stacks: each }) => each);
  const keys = new Set(stacks.map(({ apiKey }) => JSON.stringify(apiKey)));
  if (keys.size < 2) return [];
  const named = stacks.map(
    ({ what, apiKey }) => `${what}: ${apiKey ? `${apiKey.secretName}/${apiKey.key}` : 'no key'}`,
  );
  const problem = `have API keys of different Secrets (${named.join('; ')}): with one key, a share of the requests may get 401`;
  return [warning('route-keys-differ', to, problem, 'use one key, or acknowledge this if both are equal')];
}

/** Stacks without replicas until a request wakes them. */
function coldFindings(route: RouteInput): Finding[] {
  return route.backends.flatMap(({ stacks }, index) =>
    stacks.flatMap(({ what, startsIn }) => {
      if (startsIn === undefined) return [];
      const problem = `is ${what}, which scales to zero: then requests get 503 until a replica has started, for up to ${startsIn} s`;
      return [
        notice('route-cold-target', targetSubject(route, index), problem, 'let clients repeat requests that long'),
      ];
    }),
  );
}

/** Targets in other namespaces, and engines with TLS. */
function reachFindings(route: RouteInput, plan: RoutesPlan): Finding[] {
  return route.backends.flatMap((backend, index) => {
    const target = targetSubject(route, index);
    const findings: Finding[] = [];
    const { stacks, what, namespace } = backend;
    if (stacks.length === 0 && grantNeeded(backend, plan) && !backend.granted) {
      const problem = `is ${what} in the namespace "${namespace}", and routes in "${plan.namespace ?? 'default'}" may not use it`;
      const fix = 'create a ReferenceGrant there, and set granted: true';
      findings.push(error('route-no-grant', target, problem, fix));
    }
    for (const stack of stacks.filter(({ https }) => https)) {
      const problem = `is ${stack.what}, which serves TLS, and the gateway connects in the clear`;
      const fix = 'remove the certificate from the engine, or add a BackendTLSPolicy for its Service';
      findings.push(warning('route-backend-tls', target, problem, fix));
    }
    return findings;
  });
}

/** A route whose only requests the gateway answers itself. It would be an HTTPRoute without rules. */
function answeredFindings(route: RouteInput, plan: RoutesPlan): Finding[] {
  const { facts, listAllModels } = plan;
  if (!listAllModels || !facts.answers) return [];
  if (pathsOf(route).length === 0 || rulesOf(route, 0, plan).length > 0) return [];
  const problem = `has only the path ${MODELS_PATH}, which the gateway answers itself with listAllModels`;
  return [error('route-unreachable', route.subject, problem, 'give it paths that a stack answers, or remove it')];
}

/** Findings about the targets of one route, whatever its entry is. */
export const targetsOfRoute = (route: RouteInput): Finding[] => [
  ...targetFindings(route),
  ...nameFindings(route),
  ...keyFindings(route),
  ...coldFindings(route),
];

/** Findings about the targets of all routes of a Gateway. */
export function targetsFindings(plan: RoutesPlan): Finding[] {
  return plan.routes.flatMap((route) => [
    ...targetsOfRoute(route),
    ...reachFindings(route, plan),
    ...answeredFindings(route, plan),
  ]);
}

const FEWER_PATHS = 'list fewer paths, or use a second ModelRoutes with other hostnames';
const OWN_HOSTNAMES = 'give some routes hostnames, or use a second ModelRoutes with other hostnames';

/** What the Gateway API allows in one HTTPRoute. */
export function sizeFindings({ httpRoutes }: RoutesPlan): Finding[] {
  const { maxRules, maxMatches, maxMatchesOfRule, maxHeaders } = ROUTING;
  const names = httpRoutes.map(({ name }) => name);
  return httpRoutes.flatMap(({ name, rules }, index): Finding[] => {
    const findings: Finding[] = [];
    const subject = rules[0]?.subject.replace(/\[\d+\]$/, '') ?? 'routes';
    if (names.indexOf(name) < index) {
      const problem = `make two HTTPRoutes of the name "${name}"`;
      findings.push(error('route-name-clash', subject, problem, 'use hostnames and prefixes that differ in more'));
    }
    const total = rules.reduce((sum, { matches }) => sum + matches.length, 0);
    const tooMany = (what: string, given: number, most: number, at = subject, fix = FEWER_PATHS): void => {
      if (given <= most) return;
      const problem = `make an HTTPRoute "${name}" of ${given} ${what}, and the Gateway API allows ${most}`;
      // A route has a rule for each rewritten path, all of one size.
      if (findings.some((each) => each.subject === at && each.problem === problem)) return;
      findings.push(error('route-too-large', at, problem, fix));
    };
    const list = rules.some(({ role }) => role !== 'route') ? `, of which one is for ${MODELS_PATH}` : '';
    // A rule has all paths of its route, unless each of them is rewritten.
    const rewritten = rules.some(({ rewrite }) => rewrite !== undefined);
    tooMany(`rules${list}`, rules.length, maxRules, subject, rewritten ? FEWER_PATHS : OWN_HOSTNAMES);
    tooMany('matches', total, maxMatches);
    for (const { subject: at, matches } of rules) {
      tooMany('matches in one rule', matches.length, maxMatchesOfRule, at, 'list fewer paths');
      tooMany('headers in one match', matches[0]?.headers.length ?? 0, maxHeaders, at, 'remove some headers');
    }
    return findings;
  });
}
