import type { CountingGateway, GatewayTrafficPlan } from '../../metrics/gateway-series';
import type { EnvoyGatewayTrafficOptions } from './gateway-traffic-options';

/** What is known about the requests for a stack before the names of its Services are. */
export type TrafficSpec = Omit<GatewayTrafficPlan, 'services'>;

/** Rules of a route whose requests are for a stack. */
export interface RoutedRules {
  /** Name of the HTTPRoute. */
  readonly route: string;
  /** Positions in its `spec.rules`; all of them when absent. */
  readonly rules?: readonly number[];
}

/** A text as a regular expression that matches it alone: names of objects have no other special character. */
const literal = (name: string): string => name.replaceAll('.', '\\.');

const oneOf = (patterns: readonly string[]): string =>
  patterns.length === 1 ? patterns.join() : `(${patterns.join('|')})`;

/** Rules of routes as a pattern of what follows the namespace in the names of Envoy Gateway's clusters. */
function rulesPattern(routed: readonly RoutedRules[]): string {
  return oneOf(
    routed.map(
      ({ route, rules }) => `${literal(route)}/rule/${rules === undefined ? '[0-9]+' : oneOf(rules.map(String))}`,
    ),
  );
}

/**
 * The requests for a stack, as the routes of a gateway send them to it.
 *
 * @param inNamespace namespace of the routes; undefined for that of the stack
 */
export function trafficSpec(
  kind: CountingGateway,
  routed: readonly RoutedRules[],
  inNamespace: string | undefined,
  { proxies, exclusive = false }: Pick<EnvoyGatewayTrafficOptions, 'proxies' | 'exclusive'> = {},
): TrafficSpec {
  const rules = kind === 'envoyGateway' ? rulesPattern(routed) : '';
  return { kind, namespace: inNamespace, rules, exclusive, proxies: { ...proxies } };
}
