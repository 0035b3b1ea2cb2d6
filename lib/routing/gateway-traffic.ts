import type { CountingGateway, GatewayTrafficPlan } from '../metrics/gateway-series';
import { error, throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import type { Shape } from '../shapes/shape';
import { findingsOf, flag, integer, listOf, mapOf, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { unique } from '../shapes/unique-list';
import type { EnvoyGatewayTrafficOptions, IstioTrafficOptions } from './gateway-traffic-options';
import { namespace, objectName } from './routing-shapes';

/** What is known about the requests for a stack before the names of its Services are. */
export type TrafficSpec = Omit<GatewayTrafficPlan, 'services'>;

/** Rules of a route whose requests are for a stack. */
export interface RoutedRules {
  /** Name of the HTTPRoute. */
  readonly route: string;
  /** Positions in its `spec.rules`; all of them when absent. */
  readonly rules?: readonly number[];
}

const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
const values = mapOf(text);

/** Matchers by text, at least one. */
const labels: Shape<Record<string, string>> = {
  allowed: values.allowed,
  check: (value, subject, findings) => {
    const before = findings.length;
    values.check(value, subject, findings);
    if (findings.length > before) return;
    const names = Object.keys(value as object);
    if (names.length === 0) {
      findings.push(error('wrong-value', subject, 'is {}', 'set at least one label, or remove it'));
    }
    for (const name of names.filter((each) => !LABEL_NAME.test(each))) {
      const fix = 'use letters, digits and "_", as Prometheus writes a label of a pod';
      findings.push(error('wrong-value', `${subject}.${name}`, 'is not a label name', fix));
    }
  },
};

/** An HTTPRoute has at most 16 rules. */
const rulePosition = integer(0, 15);

const ENVOY_GATEWAY = structOf<EnvoyGatewayTrafficOptions>(
  { route: objectName },
  { namespace, rules: unique(listOf(rulePosition, 1)), proxies: labels, exclusive: flag },
);
const ISTIO = structOf<IstioTrafficOptions>({}, { proxies: labels });

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

/**
 * Which requests at a gateway are for a stack. Prometheus must scrape the proxies of the gateway; the library cannot
 * make it, since they run in a namespace of the platform.
 *
 * Other implementations have no factory: they have no series for Prometheus that tell the requests of a stack from
 * others, or the library does not know them.
 */
export class GatewayTraffic {
  /** At Envoy Gateway: the requests of an HTTPRoute, or of some of its rules. */
  public static envoyGateway(options: EnvoyGatewayTrafficOptions): GatewayTraffic {
    throwOnErrors('GatewayTraffic.envoyGateway', findingsOf(options, '', ENVOY_GATEWAY));
    const { route, rules, namespace: inNamespace } = options;
    return new GatewayTraffic(trafficSpec('envoyGateway', [{ route, rules }], inNamespace, options));
  }

  /** At Istio, gateways and sidecars: the requests to the Service of the stack. An InferencePool is not counted. */
  public static istio(options: IstioTrafficOptions = {}): GatewayTraffic {
    throwOnErrors('GatewayTraffic.istio', findingsOf(options, '', ISTIO));
    return new GatewayTraffic(trafficSpec('istio', [], undefined, options));
  }

  /** @internal */
  public readonly _spec: TrafficSpec;

  private constructor(spec: TrafficSpec) {
    brand(this, 'GatewayTraffic');
    this._spec = spec;
  }
}
