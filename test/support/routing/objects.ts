import type { Filter, Gateway, HttpRoute, Listener, Manifest, Metadata, Rule } from './resources';

/** Short forms of the objects that routing tests need. Each is complete: an API server accepts it as it is. */

export function gateway(listeners: Partial<Listener>[] = [{}], name = 'gw', namespace = 'llm'): Gateway {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      gatewayClassName: 'envoy',
      listeners: listeners.map((listener, index) => ({ name: `l${index}`, port: 80, protocol: 'HTTP', ...listener })),
    },
  };
}

export function route(
  name: string,
  rules: readonly Rule[],
  options: Partial<HttpRoute['spec']> & { readonly metadata?: Partial<Metadata> } = {},
): HttpRoute {
  const { metadata, ...spec } = options;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'llm', ...metadata },
    spec: { parentRefs: [{ name: 'gw' }], ...spec, rules },
  };
}

/** A rule to Services of port 80, from a path: `/x` is a prefix, `=/x` exact, `~/x` a regular expression. */
export function rule(path: string, backend: string | Readonly<Record<string, number>>, extra: Match = {}): Rule {
  const { filters, timeouts, ...match } = extra;
  const backendRefs =
    typeof backend === 'string'
      ? [{ name: backend, port: 80 }]
      : Object.entries(backend).map(([name, weight]) => ({ name, port: 80, weight }));
  return {
    matches: [{ path: pathMatch(path), ...match }],
    ...(filters && { filters }),
    backendRefs,
    ...(timeouts && { timeouts }),
  };
}

type Match = Omit<NonNullable<Rule['matches']>[number], 'path'> & {
  readonly filters?: readonly Filter[];
  readonly timeouts?: Rule['timeouts'];
};

export function pathMatch(path: string) {
  if (path.startsWith('=')) return { type: 'Exact', value: path.slice(1) } as const;
  if (path.startsWith('~')) return { type: 'RegularExpression', value: path.slice(1) } as const;
  return { type: 'PathPrefix', value: path } as const;
}

/** Exact headers. */
export function headers(values: Readonly<Record<string, string>>) {
  return { headers: Object.entries(values).map(([name, value]) => ({ type: 'Exact' as const, name, value })) };
}

export function service(name: string, namespace = 'llm'): Manifest {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8000 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

export function grant(from: string, to: string, target: { kind?: string; name?: string } = {}): Manifest {
  const source = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace: to },
    spec: { from: [source], to: [{ group: '', kind: 'Service', ...target }] },
  };
}

export function directResponse(name: string, statusCode: number): Manifest {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'HTTPRouteFilter',
    metadata: { name, namespace: 'llm' },
    spec: { directResponse: { statusCode } },
  };
}

export function extension(name: string): Filter {
  return {
    type: 'ExtensionRef',
    extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name },
  };
}

/** Pods with the label that `service` selects. */
export function deployment(name: string, namespace = 'llm', replicas = 2): Manifest {
  const labels = { app: name };
  const containers = [{ name: 'engine', image: 'engine', ports: [{ containerPort: 8000 }] }];
  const spec = {
    replicas,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec };
}

/** Services with pods. */
export function backends(...names: string[]): Manifest[] {
  return names.flatMap((name) => [service(name), deployment(name)]);
}

/** The same objects in another namespace than `llm`, with another Gateway than `gw`: references too. */
export function inNamespace(namespace: string, objects: readonly Manifest[]): Manifest[] {
  const text = JSON.stringify(objects)
    .replaceAll('"namespace":"llm"', `"namespace":"${namespace}"`)
    .replaceAll('"name":"gw"', `"name":"gw-${namespace}"`);
  return JSON.parse(text) as Manifest[];
}
