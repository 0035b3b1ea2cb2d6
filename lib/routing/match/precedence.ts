import type { HeaderMatch, RouteMatch } from './route-match';

/**
 * How a gateway chooses between two matches that fit the same request (kubernetes-sigs/gateway-api
 * apis/v1/httproute_types.go, HTTPRouteRule.matches).
 */

/** A hostname of a route; undefined for every hostname. */
export type Hostname = string | undefined;

/** Whether each request for `inner` is one for `outer`: `*.b.c` covers `a.b.c` and `*.a.b.c`. */
export function coversHostname(outer: Hostname, inner: Hostname): boolean {
  if (outer === undefined || outer === inner) return true;
  return inner !== undefined && outer.startsWith('*.') && inner.endsWith(outer.slice(1));
}

/** Whether a gateway asks the routes of `one` first for a request that both may receive. */
export const isNarrower = (one: Hostname, other: Hostname): boolean => one !== other && coversHostname(other, one);

/** The path of a prefix without the slash at its end, which has no meaning. */
const segments = (prefix: string): string => prefix.replace(/\/$/, '');

const isBelow = (path: string, prefix: string): boolean =>
  path === segments(prefix) || path.startsWith(`${segments(prefix)}/`);

/** Whether every path of `inner` is one of `outer`. */
function coversPath(outer: RouteMatch['path'], inner: RouteMatch['path']): boolean {
  if (outer.type === 'PathPrefix') return isBelow(segments(inner.value), outer.value);
  return inner.type === 'Exact' && inner.value === outer.value;
}

const sharePath = (one: RouteMatch['path'], other: RouteMatch['path']): boolean =>
  coversPath(one, other) || coversPath(other, one);

const sameName = (one: HeaderMatch, other: HeaderMatch): boolean => one.name.toLowerCase() === other.name.toLowerCase();

/** Whether a request may have both. Two patterns are powers of ten, of which the smaller is part of the larger. */
function shareHeader(one: HeaderMatch, other: HeaderMatch): boolean {
  if (!sameName(one, other)) return true;
  if (one.type === 'Exact' && other.type === 'Exact') return one.value === other.value;
  if (one.type === 'Exact') return new RegExp(other.value).test(one.value);
  if (other.type === 'Exact') return new RegExp(one.value).test(other.value);
  return true;
}

const digits = ({ value }: HeaderMatch): number => Number(/,(\d+)}/.exec(value)?.[1]);

/** Whether each request with `inner` has `outer` too. */
function coversHeader(outer: HeaderMatch, inner: HeaderMatch): boolean {
  if (!sameName(outer, inner)) return false;
  if (outer.type === 'Exact') return inner.type === 'Exact' && inner.value === outer.value;
  if (inner.type === 'Exact') return new RegExp(outer.value).test(inner.value);
  return digits(inner) <= digits(outer);
}

/** Whether some request fits both. */
export function overlap(one: RouteMatch, other: RouteMatch): boolean {
  const methods = one.method === undefined || other.method === undefined || one.method === other.method;
  return (
    methods &&
    sharePath(one.path, other.path) &&
    one.headers.every((header) => other.headers.every((each) => shareHeader(header, each)))
  );
}

/** Whether each request that fits `inner` fits `outer` too. */
export function covers(outer: RouteMatch, inner: RouteMatch): boolean {
  return (
    (outer.method === undefined || outer.method === inner.method) &&
    coversPath(outer.path, inner.path) &&
    outer.headers.every((header) => inner.headers.some((each) => coversHeader(header, each)))
  );
}

type Rank = readonly [reason: string, rank: (match: RouteMatch) => number];

const PATHS: readonly Rank[] = [
  ['an exact path', ({ path }) => (path.type === 'Exact' ? 1 : 0)],
  ['a longer path', ({ path }) => (path.type === 'PathPrefix' ? segments(path.value).length : 0)],
];

const methods = ({ method }: RouteMatch): number => (method === undefined ? 0 : 1);

/** What decides, in this order: the larger number wins. */
const RANKS = {
  standard: [...PATHS, ['a method', methods], ['more headers', ({ headers }: RouteMatch) => headers.length]],
  // Envoy Gateway makes a method one more header (internal/gatewayapi/sort.go; measured with 1.9.1).
  methodIsHeader: [...PATHS, ['more headers', (match: RouteMatch) => match.headers.length + methods(match)]],
} as const satisfies Readonly<Record<string, readonly Rank[]>>;

/** How an implementation ranks matches. */
export type Ranking = keyof typeof RANKS;

/** Why a gateway prefers `one` over `other` for a request that fits both; undefined when it does not. */
export function preferred(one: RouteMatch, other: RouteMatch, ranking: Ranking = 'standard'): string | undefined {
  for (const [reason, rank] of RANKS[ranking]) {
    if (rank(one) !== rank(other)) return rank(one) > rank(other) ? reason : undefined;
  }
  return undefined;
}
