import { attachedRoutes, listenerOf } from './routing/attachment';
import { type Backend, backendsOf } from './routing/backends';
import { compareHostnames, hostMatches, withoutPort } from './routing/hostnames';
import { normalise, rewritePath } from './routing/paths';
import { compareMatches, matches, pathOf, type Seen } from './routing/precedence';
import {
  type Filter,
  type Gateway,
  GATEWAY_API,
  type HttpRoute,
  type Manifest,
  type Match,
  namespaceOf,
  ofKind,
  type Rule,
} from './routing/resources';

/** What a client sends. */
export interface RoutedRequest {
  readonly host: string;
  /** With the query. */
  readonly path: string;
  /** @default GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The listener's port. @default any listener */
  readonly port?: number;
}

export interface EvaluatorOptions {
  /** `namespace/name` of the Gateway. @default the only Gateway among the manifests */
  readonly gateway?: string;
  /** Kinds of backends that the gateway supports. @default ['Service'] */
  readonly backendKinds?: readonly string[];
}

/** The rule that a request reached. */
export interface Winner {
  /** `namespace/name` */
  readonly route: string;
  /** Its index in the route. */
  readonly rule: number;
  /** Its index in the rule. */
  readonly match: number;
}

/** The gateway answers itself. */
export interface Answered extends Partial<Winner> {
  readonly status: number;
  readonly why: string;
}

/** A backend receives the request. */
export interface Forwarded extends Winner {
  /** The backend with the largest share; the first one of equals. */
  readonly backend: Backend;
  readonly backends: readonly Backend[];
  /** As the backend receives it, with the query. */
  readonly path: string;
  readonly host: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Rule['timeouts'];
}

export type Outcome = Answered | Forwarded;

interface Candidate {
  readonly route: HttpRoute;
  readonly rule: Rule;
  readonly match: Match;
  readonly winner: Winner;
}

/**
 * Where the Gateway API standard sends a request, from manifests alone
 * (kubernetes-sigs/gateway-api:apis/v1/httproute_types.go). Paths are normalised as Envoy Gateway does by default.
 */
export function evaluate(
  manifests: readonly Manifest[],
  request: RoutedRequest,
  options: EvaluatorOptions = {},
): Outcome {
  const host = withoutPort(request.host);
  const gateway = gatewayOf(manifests, options.gateway);
  const [rawPath = '', ...rest] = request.path.split('?');
  const query = rest.length > 0 ? `?${rest.join('?')}` : '';
  const normalised = normalise(rawPath);
  if ('status' in normalised) return { status: normalised.status, why: 'the path is not in its normal form' };

  const listener = listenerOf(gateway, host, request.port);
  if (!listener) return { status: 404, why: 'no listener has this hostname' };

  const seen = see(request, normalised.path, query);
  const candidates = attachedRoutes(manifests, gateway, listener)
    .flatMap(({ route, hostnames }) => hostnames.map((hostname) => ({ route, hostname })))
    .filter(({ hostname }) => hostMatches(hostname, host))
    .sort((a, b) => compareHostnames(a.hostname, b.hostname));
  // The most specific hostname decides alone: if none of its rules fits, less specific ones are not tried.
  const routes = candidates.filter(({ hostname }) => hostname === candidates[0]?.hostname).map(({ route }) => route);
  const best = routes
    .flatMap(candidatesOf)
    .filter(({ match }) => matches(match, seen))
    .sort(compareCandidates)[0];
  return best
    ? act(manifests, best, { ...request, host }, seen, query, options)
    : { status: 404, why: 'no rule matches' };
}

function gatewayOf(manifests: readonly Manifest[], wanted?: string): Gateway {
  const gateways = ofKind<Gateway>(manifests, GATEWAY_API, 'Gateway').filter(
    (gateway) => (wanted ?? fullName(gateway)) === fullName(gateway),
  );
  const [gateway] = gateways;
  if (!gateway || gateways.length > 1) throw new Error(`needs one Gateway among the manifests, has ${gateways.length}`);
  return gateway;
}

function see({ method = 'GET', headers = {} }: RoutedRequest, path: string, query: string): Seen {
  const params = new Map<string, string>();
  for (const pair of query.slice(1).split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (!params.has(name)) params.set(name, decodeURIComponent(value.join('=')));
  }
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { method, path, headers: new Map(lower), query: params };
}

/** "If no matches are specified, the default is a prefix path match on `/`." */
function candidatesOf(route: HttpRoute): Candidate[] {
  return (route.spec.rules ?? [{}]).flatMap((rule, index) =>
    (rule.matches?.length ? rule.matches : [{}]).map((match, matchIndex) => ({
      route,
      rule,
      match,
      winner: { route: fullName(route), rule: index, match: matchIndex },
    })),
  );
}

/** Ties: "the oldest Route", "first in alphabetical order by {namespace}/{name}", "the FIRST matching rule": sorting keeps the order of rules. */
function compareCandidates(a: Candidate, b: Candidate): number {
  const age = ({ route }: Candidate) => Date.parse(route.metadata.creationTimestamp ?? '') || 0;
  const [left, right] = [fullName(a.route), fullName(b.route)];
  return compareMatches(a.match, b.match) || age(a) - age(b) || Number(left > right) - Number(left < right);
}

/** What the rule does with the request. */
function act(
  manifests: readonly Manifest[],
  { route, rule, match, winner }: Candidate,
  request: RoutedRequest,
  seen: Seen,
  query: string,
  { backendKinds = ['Service'] }: EvaluatorOptions,
): Outcome {
  const filters = rule.filters ?? [];
  for (const filter of filters) {
    const status = answerOf(manifests, route, filter);
    if (status !== undefined) return { ...winner, status, why: `filter ${filter.type}` };
  }
  const backends = backendsOf(manifests, route, rule.backendRefs ?? [], backendKinds);
  const [backend] = [...backends].sort((a, b) => b.share - a.share);
  if (!backend || backend.share === 0) return { ...winner, status: 500, why: 'the rule has no backend with a weight' };
  const invalid = backends.filter(({ share }) => share > 0).every((one) => one.invalid !== undefined);
  if (invalid) return { ...winner, status: 500, why: backend.invalid ?? '' };

  const rewrite = filters.find(({ urlRewrite }) => urlRewrite)?.urlRewrite;
  const path = rewrite?.path ? rewritePath(seen.path, pathOf(match).value, rewrite.path) : seen.path;
  const headers = Object.fromEntries(filters.reduce(modifyHeaders, new Map(seen.headers)));
  const host = rewrite?.hostname ?? request.host;
  return { ...winner, backend, backends, path: path + query, host, headers, timeouts: rule.timeouts };
}

/** The status of a filter that answers itself. "If a reference to a custom filter type cannot be resolved, requests MUST receive a HTTP error response." */
function answerOf(manifests: readonly Manifest[], route: HttpRoute, filter: Filter): number | undefined {
  if (filter.requestRedirect) return filter.requestRedirect.statusCode ?? 302;
  if (!filter.extensionRef) return undefined;
  const { group, kind, name } = filter.extensionRef;
  const target = ofKind(manifests, group, kind).find(
    (object) => object.metadata.name === name && namespaceOf(object) === namespaceOf(route),
  ) as (Manifest & { readonly spec: { readonly directResponse?: { readonly statusCode?: number } } }) | undefined;
  if (!target) return 500;
  // envoyproxy/gateway:api/v1alpha1/httproutefilter_types.go: "If unset, defaults to 200."
  return target.spec.directResponse && (target.spec.directResponse.statusCode ?? 200);
}

function modifyHeaders(headers: Map<string, string>, { requestHeaderModifier }: Filter): Map<string, string> {
  const { set = [], add = [], remove = [] } = requestHeaderModifier ?? {};
  for (const { name, value } of set) headers.set(name.toLowerCase(), value);
  for (const { name, value } of add) {
    const present = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), present === undefined ? value : `${present}, ${value}`);
  }
  for (const name of remove) headers.delete(name.toLowerCase());
  return headers;
}

function fullName(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.metadata.name}`;
}
