import { hasPrefix } from './paths';
import type { Match, ValueMatch } from './resources';

/** A request as the gateway sees it, after the path is normalised. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
}

export function pathOf(match: Match) {
  return { type: match.path?.type ?? 'PathPrefix', value: match.path?.value ?? '/' };
}

/** "Multiple match types are ANDed together." */
export function matches(match: Match, seen: Seen): boolean {
  const { type, value } = pathOf(match);
  const path = { Exact: () => seen.path === value, PathPrefix: () => hasPrefix(seen.path, value) };
  return (
    (type === 'RegularExpression' ? fullMatch(value, seen.path) : path[type]()) &&
    (match.method === undefined || match.method === seen.method) &&
    headerMatches(match).every((header) => valueMatches(header, seen.headers.get(header.name.toLowerCase()))) &&
    (match.queryParams ?? []).every((param) => valueMatches(param, seen.query.get(param.name)))
  );
}

/** "If multiple entries specify equivalent header names, only the first entry MUST be considered for a match." */
function headerMatches({ headers = [] }: Match): ValueMatch[] {
  const names = headers.map(({ name }) => name.toLowerCase());
  return headers.filter((_, index) => names.indexOf(names[index] as string) === index);
}

function valueMatches({ type, value }: ValueMatch, received: string | undefined): boolean {
  if (received === undefined) return false;
  return type === 'RegularExpression' ? fullMatch(value, received) : received === value;
}

/** Envoy matches a regular expression against the whole text. */
function fullMatch(expression: string, text: string): boolean {
  return new RegExp(`^(?:${expression})$`).test(text);
}

/**
 * The order of two matches that both fit, after the hostname: "`Exact` path match", "`Prefix` path match with largest
 * number of characters", "method match", "largest number of header matches", "largest number of query param matches"
 * (kubernetes-sigs/gateway-api:apis/v1/httproute_types.go, Matches). Negative if `a` wins, 0 on a tie. The place of a
 * RegularExpression is up to the implementation: Envoy Gateway has it between Exact and PathPrefix
 * (envoyproxy/gateway:internal/gatewayapi/sort.go).
 */
export function compareMatches(a: Match, b: Match): number {
  const [left, right] = [pathOf(a), pathOf(b)];
  return (
    TYPES.indexOf(left.type) - TYPES.indexOf(right.type) ||
    right.value.length - left.value.length ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    headerMatches(b).length - headerMatches(a).length ||
    (b.queryParams ?? []).length - (a.queryParams ?? []).length
  );
}

const TYPES = ['Exact', 'RegularExpression', 'PathPrefix'];
