import { ROUTING } from '../defaults';
import type { GatewayFacts } from './gateway/gateway-facts';
import { GATEWAYS } from './gateway/gateway-facts';
import { MODELS_PATH } from './paths/answered-paths';
import type { GatewayPlan } from './gateway/model-gateway';
import type { RequestMatch } from './match/request-match';
import type { RouteBackend } from './targets/route-backend';
import type { RouteMatch } from './match/route-match';
import { headerMatches, pathMatch } from './match/route-match';
import { slug } from './slug';

/** One route as the user set it, with the data of its targets. */
export interface RouteInput {
  /** The route in messages: `routes[0]`. */
  readonly subject: string;
  /** Its targets in messages: `routes[0].to`. The route of a stack alone has no such property: `routes`. */
  readonly to: string;
  readonly match: RequestMatch;
  /** Undefined for those of all routes. */
  readonly hostnames: readonly string[] | undefined;
  readonly backends: readonly RouteBackend[];
}

/** One target of a route in messages. */
export const targetSubject = ({ subject, to }: RouteInput, index: number): string =>
  to === subject ? to : `${to}[${index}]`;

/** What routes are made of. */
export interface RoutesInput {
  /** What the properties of the entry begin with in messages: `routes.` for those of a stack. */
  readonly prefix: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly gateway: GatewayPlan;
  readonly hostnames: readonly string[];
  readonly routes: readonly RouteInput[];
  /** Seconds; 0 for no limit. */
  readonly requestTimeout: number | undefined;
  /** MiB. */
  readonly maxBodySize: number | undefined;
  readonly listAllModels: boolean;
}

/** A rule of an HTTPRoute. */
export interface RulePlan {
  /** The route that it belongs to. */
  readonly subject: string;
  /** Index of that route in the list. */
  readonly route: number;
  readonly matches: readonly RouteMatch[];
  /** Path that replaces the matched one. */
  readonly rewrite: string | undefined;
  readonly backends: readonly RouteBackend[];
  /**
   * `models` lists the models of the first route for clients that name none; `all-models` is the gateway's own list of
   * all of them.
   */
  readonly role: 'route' | 'models' | 'all-models';
}

/** An HTTPRoute. */
export interface HttpRoutePlan {
  readonly name: string;
  readonly hostnames: readonly string[];
  readonly rules: readonly RulePlan[];
}

/** What is decided about routes, whatever their entry is. */
export interface CommonPlan extends Omit<RoutesInput, 'gateway' | 'requestTimeout' | 'maxBodySize'> {
  readonly requestTimeout: number;
  readonly maxBodySize: number;
  /** The rules by hostnames: each becomes an HTTPRoute, or the rules of one host of an Ingress. */
  readonly httpRoutes: readonly HttpRoutePlan[];
  /** Names that clients may ask for, in the order of the routes. */
  readonly models: readonly string[];
}

/** Everything decided about the routes of a Gateway: plain data. */
export interface RoutesPlan extends CommonPlan {
  readonly gateway: GatewayPlan;
  readonly facts: GatewayFacts;
}

/** Paths of a route: those that the user lists, else those that all of its stacks answer by default. */
export function pathsOf({ match, backends }: RouteInput): readonly string[] {
  if (match.paths) return match.paths;
  const lists = backends.flatMap(({ stacks }) => stacks.map(({ defaultPaths }) => defaultPaths));
  const [first = [], ...others] = lists;
  return first.filter((path) => others.every((list) => list.includes(path)));
}

/** What rules depend on besides their route. */
interface Entry {
  readonly facts: Pick<GatewayFacts, 'rewrites'>;
  readonly listAllModels: boolean;
}

/** The rules of a route: one for all of its paths, or one for each path if the gateway rewrites it. */
export function rulesOf(input: RouteInput, route: number, { facts, listAllModels }: Entry): RulePlan[] {
  const { subject, match, backends } = input;
  const headers = headerMatches(match);
  const { method, pathPrefix = '' } = match;
  // Where the gateway lists all models, it answers a request without headers itself.
  const paths = pathsOf(input).filter(
    (path) => !(listAllModels && path === MODELS_PATH && headers.length === 0 && pathPrefix === ''),
  );
  const rule = (matched: readonly string[], rewrite?: string): RulePlan => ({
    subject,
    route,
    matches: matched.map((path) => ({ path: prefixed(path), headers, method })),
    rewrite,
    backends,
    role: 'route',
  });
  const prefixed = (path: string): RouteMatch['path'] => {
    const found = pathMatch(path, pathPrefix);
    // A rewrite of a prefix needs a prefix.
    return pathPrefix !== '' && facts.rewrites === 'prefix' ? { ...found, type: 'PathPrefix' } : found;
  };
  if (pathPrefix === '') return paths.length === 0 ? [] : [rule(paths)];
  return paths.map((path) => rule([path], pathMatch(path).value));
}

/** Whether a rule answers `GET /v1/models` of a client that names no model. */
const listsModels = ({ matches, rewrite }: RulePlan): boolean =>
  rewrite === undefined &&
  matches.some(({ path, headers, method }) => path.value === MODELS_PATH && headers.length === 0 && !method);

type Group = Omit<HttpRoutePlan, 'rules'> & { readonly rules: RulePlan[] };

/**
 * A rule for the list of models, where every route needs a header and a client that lists them sends none. Not for a single
 * route, which shares its hostname with those of others.
 */
function modelsRule({ rules, hostnames }: Group, groups: readonly Group[], plan: RoutesPlan): RulePlan[] {
  const { listAllModels, routes } = plan;
  const own = rules.filter(({ rewrite }) => rewrite === undefined);
  const shares = (other: Group): boolean =>
    other.hostnames.some((name) => hostnames.includes(name)) || other.hostnames.length + hostnames.length === 0;
  const [first] = own;
  if (first === undefined || groups.some((other) => shares(other) && other.rules.some(listsModels))) return [];
  const match: RouteMatch = { path: pathMatch(MODELS_PATH), headers: [], method: undefined };
  if (listAllModels) return [{ ...first, matches: [match], backends: [], role: 'all-models' }];
  const listed = own.find(({ matches }) => matches.some(({ path }) => path.value === MODELS_PATH));
  // A full HTTPRoute has no room for it.
  const fits = rules.length < ROUTING.maxRules;
  return listed === undefined || routes.length < 2 || !fits ? [] : [{ ...listed, matches: [match], role: 'models' }];
}

/** The name of the HTTPRoute of a route, in an entry of this name. */
export function httpRouteName(
  name: string,
  { hostnames = [], match }: Pick<RouteInput, 'hostnames' | 'match'>,
): string {
  const { pathPrefix } = match;
  const part = [...[...hostnames].sort(), ...(pathPrefix === undefined ? [] : [pathPrefix])];
  return part.length === 0 ? name : slug(name, part);
}

/** The part of the plan that needs no rules. */
export function planCommon<Input extends Omit<RoutesInput, 'gateway'>>(input: Input) {
  const { requestTimeout = ROUTING.requestTimeout, maxBodySize = ROUTING.maxBodySize } = input;
  const stacks = input.routes.flatMap(({ backends }) => backends.flatMap((backend) => backend.stacks));
  const models = [...new Set(stacks.flatMap(({ servedNames }) => servedNames))];
  return { ...input, requestTimeout, maxBodySize, models };
}

/** Decides the objects of routes. Expects properties of the right shape. */
export function planRoutes(input: RoutesInput): RoutesPlan {
  const plan: RoutesPlan = { ...planCommon(input), facts: GATEWAYS[input.gateway.kind], httpRoutes: [] };

  // One HTTPRoute for each set of hostnames and each prefix: within one, the order of rules decides between equals.
  const groups = new Map<string, Group>();
  input.routes.forEach((route, index) => {
    const { hostnames = input.hostnames, match } = route;
    const hosts = JSON.stringify([...hostnames].sort());
    const key = JSON.stringify([hosts, match.pathPrefix]);
    // A route that repeats the hostnames of all routes has no name of its own, wherever it is in the list.
    const isCommon = hosts === JSON.stringify([...input.hostnames].sort());
    const name = httpRouteName(input.name, isCommon ? { hostnames: undefined, match } : route);
    const group = groups.get(key) ?? { name, hostnames, rules: [] };
    group.rules.push(...rulesOf(route, index, plan));
    groups.set(key, group);
  });
  const all = [...groups.values()];
  const httpRoutes = all.map((group) => ({ ...group, rules: [...group.rules, ...modelsRule(group, all, plan)] }));
  return { ...plan, httpRoutes };
}
