/**
 * Hostnames of listeners and routes. "Hostnames that are prefixed with a wildcard label (`*.`) are interpreted as a suffix
 * match": `*.example.com` matches `a.b.example.com`, but not `example.com`
 * (kubernetes-sigs/gateway-api:apis/v1/httproute_types.go, Hostnames).
 */
export function hostMatches(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.startsWith('*.')) return pattern.toLowerCase() === host.toLowerCase();
  return host.toLowerCase().endsWith(pattern.slice(1).toLowerCase());
}

/**
 * Which of two patterns that match the same host is more specific: "the largest number of characters in a matching
 * non-wildcard hostname", then "characters in a matching hostname". Negative if it is `a`.
 */
export function compareHostnames(a: string, b: string): number {
  const wildcard = (pattern: string) => Number(pattern.startsWith('*'));
  return wildcard(a) - wildcard(b) || b.length - a.length;
}

/** The hostnames that a route has at a listener: those that both allow. Empty if the route is not attached. */
export function intersect(listener: string | undefined, route: readonly string[] | undefined): string[] {
  if (route === undefined || route.length === 0) return [listener ?? '*'];
  if (listener === undefined) return [...route];
  return route.flatMap((hostname) => {
    if (hostname === listener || hostMatches(listener, hostname)) return [hostname];
    return hostMatches(hostname, listener) ? [listener] : [];
  });
}

/** "Implementations MUST ignore any port value specified in the HTTP Host header." */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
