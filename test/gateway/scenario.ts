import { type RoutedRequest } from '../support/route-evaluator';
import type { Endpoint } from './client';
import { type Gateway, type Listener, type Manifest, namespaceOf } from '../support/routing/resources';

/** Objects of one Gateway, and what must happen to requests. */
export interface Scenario {
  readonly name: string;
  /** All objects. No other scenario has these namespaces, or a Gateway of this name. */
  readonly manifests: readonly Manifest[];
  readonly samples: readonly Sample[];
}

/** A request, and where it must go: stated apart from the evaluator, so that both can be wrong only together. */
export interface Sample extends RoutedRequest {
  /** `namespace/name` of a Service, or a name in the Gateway's namespace; or the status that the gateway answers with. */
  readonly to: string | number;
  /** The path that the pod receives. @default the path of the request */
  readonly as?: string;
  /** Headers that the pod receives; undefined: the pod does not receive the header. */
  readonly receives?: Readonly<Record<string, string | undefined>>;
  /** Where Envoy Gateway sends it instead, against the standard. */
  readonly butEnvoyGateway?: string | number;
}

/**
 * A sample from one line: `POST api.example.com/v1/models`, GET without a method.
 * Headers with a value are sent.
 */
export function sample(
  line: string,
  headers: Readonly<Record<string, string>>,
  to: string | number,
  more: Pick<Sample, 'as' | 'receives' | 'butEnvoyGateway' | 'port'> = {},
): Sample {
  const [, method = 'GET', host = '', path = ''] = /^(?:([A-Z]+) )?([^/]+)(\/.*)$/.exec(line) ?? [];
  return { method, host, path, headers, to, ...more };
}

export function titleOf({ method, host, path, headers = {}, to, as }: Sample): string {
  const sent = Object.entries(headers).map(([name, value]) => ` ${name}: ${value}`);
  return `${method} ${host}${path}${sent.join()} → ${to}${as ? ` as ${as}` : ''}`;
}

export function gatewayOf({ name, manifests }: Scenario): Gateway {
  const gateway = manifests.find(({ kind }) => kind === 'Gateway');
  if (!gateway) throw new Error(`scenario ${name} has no Gateway`);
  return gateway as Gateway;
}

/**
 * The port of this machine for a listener. All Gateways share its loopback address, so each has ports of its own.
 * Listeners of one port share one here too.
 */
export function portOf(scenarios: readonly Scenario[], scenario: Scenario, port?: number): number {
  const { listeners } = gatewayOf(scenario).spec;
  const ports = [...new Set(listeners.map((listener) => listener.port))];
  return (
    FIRST_PORT +
    20 * scenarios.findIndex(({ name }) => name === scenario.name) +
    Math.max(0, ports.indexOf(port ?? NaN))
  );
}

/** Where requests for a port of the Gateway go. */
export function endpointOf(scenarios: readonly Scenario[], scenario: Scenario, port?: number): Endpoint {
  const { listeners } = gatewayOf(scenario).spec;
  const { protocol } = listeners.find((listener) => listener.port === port) ?? listeners[0] ?? {};
  return { port: portOf(scenarios, scenario, port), tls: protocol === 'HTTPS' };
}

const FIRST_PORT = 20_000;

/** The objects with the ports of this machine. */
export function placed(scenarios: readonly Scenario[], scenario: Scenario): Manifest[] {
  const port = (declared: number) => portOf(scenarios, scenario, declared);
  return scenario.manifests.map((manifest) => {
    if (manifest.kind === 'Gateway') {
      const { spec, ...rest } = manifest as Gateway;
      const listeners = spec.listeners.map((listener: Listener) => ({ ...listener, port: port(listener.port) }));
      return { ...rest, spec: { ...spec, listeners } };
    }
    const spec = manifest.spec as { readonly parentRefs?: readonly { readonly port?: number }[] } | undefined;
    if (!spec?.parentRefs) return manifest;
    const parentRefs = spec.parentRefs.map((parent) => (parent.port ? { ...parent, port: port(parent.port) } : parent));
    return { ...manifest, spec: { ...spec, parentRefs } };
  });
}

/** `name` → `namespace/name`, in the Gateway's namespace if it has none. */
export function fullName(scenario: Scenario, name: string): string {
  return name.includes('/') ? name : `${namespaceOf(gatewayOf(scenario))}/${name}`;
}
