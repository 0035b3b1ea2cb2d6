import { equalLabels } from '../../metrics/matcher-shapes';
import type { Finding } from '../../preflight/finding';
import { error, throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { findingsOf, flag, integer, listOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';
import type { EnvoyGatewayTrafficOptions, HttpRouteRules, IstioTrafficOptions } from './gateway-traffic-options';
import { namespace, objectName } from '../../shapes/object-names';
import type { TrafficSpec } from './traffic-spec';
import { trafficSpec } from './traffic-spec';

const proxies = equalLabels('write the value that all proxies of the Gateway have, or use another label');

/** An HTTPRoute has at most 16 rules. */
const rulePosition = integer(0, 15);

const rulePositions = unique(listOf(rulePosition, 1));
const otherRoutes = listOf(structOf<HttpRouteRules>({ route: objectName }, { rules: rulePositions }), 1);
const ENVOY_GATEWAY = structOf<EnvoyGatewayTrafficOptions>(
  { route: objectName },
  { otherRoutes, namespace, rules: rulePositions, proxies, exclusive: flag },
);
const ISTIO = structOf<IstioTrafficOptions>({}, { proxies });

/** An HTTPRoute that is listed twice, where the rules of one place would hide those of the other. */
function repeatFindings(routed: readonly HttpRouteRules[]): Finding[] {
  const names = routed.map(({ route }) => route);
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    const problem = `is "${name}", which is listed already`;
    return [error('wrong-value', `otherRoutes[${index - 1}].route`, problem, 'list its rules in one place')];
  });
}

/**
 * Which requests at a gateway are for a stack. Prometheus must scrape the proxies of the gateway; the library cannot
 * make it, since they run in a namespace of the platform.
 *
 * Other implementations have no factory: they have no series for Prometheus by which the requests of a stack
 * can be selected, or the library does not know them.
 */
export class GatewayTraffic {
  /** At Envoy Gateway: the requests of an HTTPRoute, or of some of its rules. */
  public static envoyGateway(options: EnvoyGatewayTrafficOptions): GatewayTraffic {
    throwOnErrors('GatewayTraffic.envoyGateway', findingsOf(options, '', ENVOY_GATEWAY));
    const { route, rules, otherRoutes: others = [], namespace: inNamespace } = options;
    const routed = [{ route, rules }, ...others];
    throwOnErrors('GatewayTraffic.envoyGateway', repeatFindings(routed));
    return new GatewayTraffic(FACTORY, trafficSpec('envoyGateway', routed, inNamespace, options));
  }

  /** At Istio, gateways and sidecars: the requests to the Service of the stack. An InferencePool is not counted. */
  public static istio(options: IstioTrafficOptions = {}): GatewayTraffic {
    throwOnErrors('GatewayTraffic.istio', findingsOf(options, '', ISTIO));
    return new GatewayTraffic(FACTORY, trafficSpec('istio', [], undefined, options));
  }

  /** @internal */
  public readonly _spec: TrafficSpec;

  private constructor(caller: typeof FACTORY, spec: TrafficSpec) {
    brandMade(this, 'GatewayTraffic', caller);
    this._spec = spec;
  }
}
