import type { PathModifier } from './resources';

/** A path as routes see it, or the gateway's own answer. */
export type Normalised =
  { readonly path: string } | { readonly status: 307; readonly location: string } | { readonly status: 400 };

/**
 * A path as Envoy Gateway's defaults leave it: unreserved characters decoded, backslashes read as slashes, dot segments
 * resolved, with or without parameters (`..;x`), slashes merged. An escaped slash is answered with a redirect to the path without it
 * (envoyproxy/gateway:internal/xds/translator/listener.go, `NormalizePath`; internal/gatewayapi/listener.go,
 * `UnescapeAndRedirect`).
 */
export function normalise(path: string): Normalised {
  if (/[#\x80-\uffff]|%00/.test(path)) return { status: 400 };
  const unescaped = path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  const bare = unescaped.replace(/\/(\.\.?);[^/]*/g, '/$1');
  const decoded = bare.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[-._~A-Za-z0-9]/.test(character) ? character : escape;
  });
  const resolved = resolveDots(decoded.replaceAll('\\', '/')).replace(/\/{2,}/g, '/');
  return unescaped === path ? { path: resolved } : { status: 307, location: resolved };
}

/** RFC 3986, 5.2.4. Empty segments count, since slashes are merged afterwards. */
function resolveDots(path: string): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (index === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/** "Matching is done on a path element by element basis. A trailing `/` is ignored." */
export function hasPrefix(path: string, prefix: string): boolean {
  const stem = prefix.replace(/\/$/, '');
  return path === stem || path.startsWith(`${stem}/`);
}

/** The table at `ReplacePrefixMatch` in kubernetes-sigs/gateway-api:apis/v1/httproute_types.go. */
export function rewritePath(path: string, prefix: string, modifier: PathModifier): string {
  if (modifier.type === 'ReplaceFullPath') return modifier.replaceFullPath ?? '';
  const rest = path.slice(prefix.replace(/\/$/, '').length);
  const replacement = (modifier.replacePrefixMatch ?? '').replace(/\/$/, '');
  return replacement + rest || '/';
}
