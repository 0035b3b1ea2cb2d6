import type { HeaderMatch, RouteMatch } from './route-match';

/**
 * How a gateway chooses between two matches that fit the same request (kubernetes-sigs/gateway-api
 * apis/v1/httproute_types.go, HTTPRouteRule.matches).
 */

/** Hostnames of a route; none means every hostname. */
export type Hostnames = readonly string[];

/** Whether a wildcard covers a hostname, or another wildcard: `*.b.c` covers `a.b.c` and `*.a.b.c`. */
const isCovered = (name: string, by: string): boolean =>
  by === name || (by.startsWith('*.') && name.endsWith(by.slice(1)));

/** Whether some request has a hostname of both. */
export function shareHostname(some: Hostnames, others: Hostnames): boolean {
  if (some.length === 0 || others.length === 0) return true;
  return some.some((one) => others.some((other) => isCovered(one, other) || isCovered(other, one)));
}

/** Whether a request for any of these hostnames is also one for the others. */
export function coversHostnames(outer: Hostnames, inner: Hostnames): boolean {
  if (outer.length === 0) return true;
  return inner.length > 0 && inner.every((name) => outer.some((by) => isCovered(name, by)));
}

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

/** What decides, in this order: the larger number wins. */
const RANKS: readonly [reason: string, rank: (match: RouteMatch) => number][] = [
  ['an exact path', ({ path }) => (path.type === 'Exact' ? 1 : 0)],
  ['a longer path', ({ path }) => (path.type === 'PathPrefix' ? segments(path.value).length : 0)],
  ['a method', ({ method }) => (method === undefined ? 0 : 1)],
  ['more headers', ({ headers }) => headers.length],
];

/** Why a gateway prefers `one` over `other` for a request that fits both; undefined when it does not. */
export function preferred(one: RouteMatch, other: RouteMatch): string | undefined {
  for (const [reason, rank] of RANKS) {
    if (rank(one) !== rank(other)) return rank(one) > rank(other) ? reason : undefined;
  }
  return undefined;
}
