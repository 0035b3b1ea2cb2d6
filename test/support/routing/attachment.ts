import { compareHostnames, hostMatches, intersect } from './hostnames';
import {
  type Gateway,
  GATEWAY_API,
  type HttpRoute,
  type LabelSelector,
  type Listener,
  type Manifest,
  namespaceOf,
  ofKind,
  type ParentRef,
} from './resources';

/** A route at a listener, with the hostnames that both allow. */
export interface Attached {
  readonly route: HttpRoute;
  readonly hostnames: readonly string[];
}

/** The listener with the most specific hostname: a request belongs to one listener of its port. */
export function listenerOf(gateway: Gateway, host: string, port?: number): Listener | undefined {
  return gateway.spec.listeners
    .filter((listener) => ['HTTP', 'HTTPS'].includes(listener.protocol) && (port ?? listener.port) === listener.port)
    .filter(({ hostname }) => hostMatches(hostname ?? '*', host))
    .sort((a, b) => compareHostnames(a.hostname ?? '*', b.hostname ?? '*'))[0];
}

export function attachedRoutes(manifests: readonly Manifest[], gateway: Gateway, listener: Listener): Attached[] {
  return ofKind<HttpRoute>(manifests, GATEWAY_API, 'HTTPRoute').flatMap((route) => {
    const wants = (route.spec.parentRefs ?? []).some((parent) => refersTo(parent, route, gateway, listener));
    if (!wants || !allows(manifests, gateway, listener, route)) return [];
    const hostnames = intersect(listener.hostname, route.spec.hostnames);
    return hostnames.length > 0 ? [{ route, hostnames }] : [];
  });
}

function refersTo(parent: ParentRef, route: HttpRoute, gateway: Gateway, listener: Listener): boolean {
  return (
    (parent.group ?? GATEWAY_API) === GATEWAY_API &&
    (parent.kind ?? 'Gateway') === 'Gateway' &&
    parent.name === gateway.metadata.name &&
    (parent.namespace ?? namespaceOf(route)) === namespaceOf(gateway) &&
    (parent.sectionName ?? listener.name) === listener.name &&
    (parent.port ?? listener.port) === listener.port
  );
}

/** `allowedRoutes` of the listener. Without it, only routes of the Gateway's namespace attach. */
function allows(manifests: readonly Manifest[], gateway: Gateway, listener: Listener, route: HttpRoute): boolean {
  const { kinds = [], namespaces = {} } = listener.allowedRoutes ?? {};
  if (
    kinds.length > 0 &&
    !kinds.some(({ kind, group = GATEWAY_API }) => kind === 'HTTPRoute' && group === GATEWAY_API)
  ) {
    return false;
  }
  const namespace = namespaceOf(route);
  switch (namespaces.from ?? 'Same') {
    case 'All':
      return true;
    case 'Selector':
      return namespaces.selector !== undefined && selects(namespaces.selector, namespaceLabels(manifests, namespace));
    case 'Same':
      return namespace === namespaceOf(gateway);
    default:
      return false;
  }
}

/** The API server labels each namespace with its name. */
function namespaceLabels(manifests: readonly Manifest[], name: string): Readonly<Record<string, string>> {
  const namespace = ofKind(manifests, '', 'Namespace').find(({ metadata }) => metadata.name === name);
  return { 'kubernetes.io/metadata.name': name, ...namespace?.metadata.labels };
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Readonly<Record<string, string>>) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      const listed = value !== undefined && values.includes(value);
      const verdicts: Record<string, boolean> = {
        In: listed,
        NotIn: !listed,
        Exists: value !== undefined,
        DoesNotExist: value === undefined,
      };
      return verdicts[operator] ?? false;
    })
  );
}
