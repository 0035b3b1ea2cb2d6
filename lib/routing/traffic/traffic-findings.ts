import { ROUTING } from '../../defaults';
import type { GatewayTrafficPlan } from '../../metrics/gateway-series';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { RouteBackend, RoutedStack } from '../targets/route-backend';
import type { HttpRoutePlan, RoutesPlan, RulePlan } from '../routes-plan';

/** Rules of an HTTPRoute, by their positions. */
interface Positions {
  readonly route: string;
  readonly rules: readonly number[];
  /** Whether these are all of its rules. */
  readonly all: boolean;
}

type Choice = (rule: RulePlan | undefined, position: number, route: string) => boolean;

/** The rules that are chosen; none of a route without any. Positions without a rule are asked for too. */
function chosen({ httpRoutes }: RoutesPlan, choice: Choice): Positions[] {
  return httpRoutes
    .map(({ name, rules }: HttpRoutePlan) => {
      const positions = Array.from({ length: ROUTING.maxRules }, (_, position) => position);
      const found = positions.filter((position) => choice(rules[position], position, name));
      return { route: name, rules: found, all: rules.every((_, position) => found.includes(position)) };
    })
    .filter(({ rules }) => rules.length > 0);
}

const inWords = (positions: readonly Positions[]): string =>
  positions
    .map(({ route, rules }) => `rule${rules.length > 1 ? 's' : ''} ${rules.join(', ')} of the HTTPRoute "${route}"`)
    .join(' and ');

/** As the user writes it. */
function inCode(positions: readonly Positions[], { namespace: own }: RoutedStack, { namespace }: RoutesPlan): string {
  const of = ({ route, rules, all }: Positions): string =>
    all ? `route: '${route}'` : `route: '${route}', rules: [${rules.join(', ')}]`;
  const [first = '', ...others] = positions.map(of);
  const where = namespace === own || namespace === undefined ? '' : `, namespace: '${namespace}'`;
  const more = others.length === 0 ? '' : `, otherRoutes: [${others.map((each) => `{ ${each} }`).join(', ')}]`;
  return `GatewayTraffic.envoyGateway({ ${first}${where}${more} })`;
}

/** Labels that Envoy Gateway gives to its proxies, as Prometheus writes them. */
const NAME = 'gateway_envoyproxy_io_owning_gateway_name';
const NAMESPACE = 'gateway_envoyproxy_io_owning_gateway_namespace';

/** Whether the proxies are those of another Gateway: the user watches that one only. */
function watchesAnother({ proxies }: GatewayTrafficPlan, { gateway, namespace: own }: RoutesPlan): boolean {
  const { name, namespace = own } = gateway;
  const { [NAME]: watched = name, [NAMESPACE]: watchedIn = namespace } = proxies;
  return watched !== name || watchedIn !== namespace;
}

/** A stack that states its requests at Envoy Gateway, behind the rules of a plan. */
interface Stated {
  readonly subject: string;
  readonly stack: RoutedStack;
  readonly traffic: GatewayTrafficPlan;
  readonly plan: RoutesPlan;
  readonly is: (backend: RouteBackend) => boolean;
  readonly counted: Choice;
}

function stated(subject: string, stack: RoutedStack, traffic: GatewayTrafficPlan, plan: RoutesPlan): Stated {
  // As Prometheus compares it with the names of clusters.
  const pattern = new RegExp(`^(?:${traffic.rules})$`);
  const inNamespace = (traffic.namespace ?? stack.namespace) === plan.namespace;
  return {
    subject,
    stack,
    traffic,
    plan,
    is: ({ stacks }) => stacks.some(({ what }) => what === stack.what),
    counted: (_, position, route) => inNamespace && pattern.test(`${route}/rule/${position}`),
  };
}

/** Whether a rule sends requests to other targets. */
const isShared = (rule: RulePlan | undefined, is: Stated['is']): boolean =>
  rule?.backends.some((each) => !is(each) && each.weight !== 0) ?? false;

/** Rules that are stated and do not lead to the stack, and others that do. */
function differences({ subject, stack, plan, is, counted }: Stated): Finding[] {
  const sent: Choice = (rule) => rule?.backends.some((each) => is(each) && each.weight !== 0) ?? false;
  const own = chosen(plan, (rule, ...at) => sent(rule, ...at) && !isShared(rule, is));
  // A rule that is shared with other targets need not be counted, unless the stack has no rule of its own.
  const needed: Choice = (rule, ...at) => sent(rule, ...at) && (own.length === 0 || !isShared(rule, is));
  const missing = chosen(plan, (...rule) => needed(...rule) && !counted(...rule));
  const allOf = (route: string): boolean => counted(undefined, ROUTING.maxRules, route);
  const wrong = chosen(
    plan,
    (rule, position, route) => counted(rule, position, route) && !(rule ? rule.backends.some(is) : allOf(route)),
  );
  const problems = [
    ...(missing.length > 0 ? [`misses ${inWords(missing)}`] : []),
    ...(wrong.length > 0 ? [`counts ${inWords(wrong)}, where no request is for it`] : []),
  ];
  if (problems.length === 0) return [];
  const problem = `sends requests to ${stack.what}, whose gatewayTraffic ${problems.join(', and ')}`;
  const fix = `set gatewayTraffic of the stack to ${inCode(chosen(plan, needed), stack, plan)}`;
  return [error('gateway-traffic-differs', subject, problem, fix)];
}

/** A Gateway that is `exclusive` to a stack, and has routes to other targets. */
function exclusive({ subject, stack, traffic, plan, is }: Stated): Finding[] {
  if (!traffic.exclusive || plan.routes.every(({ backends }) => backends.every(is))) return [];
  const problem = `sends requests to ${stack.what}, whose gatewayTraffic is exclusive, and the Gateway has routes to other targets too`;
  const fix = 'remove exclusive from gatewayTraffic of the stack, or give it a Gateway of its own';
  return [error('gateway-traffic-differs', subject, problem, fix)];
}

/** Rules whose requests are divided. */
function shared({ subject, stack, plan, is, counted }: Stated): Finding[] {
  const mixed = chosen(
    plan,
    (rule, ...at) => counted(rule, ...at) && isShared(rule, is) && (rule?.backends.some(is) ?? false),
  );
  if (mixed.length === 0) return [];
  const problem = `sends requests to ${stack.what}, whose gatewayTraffic counts ${inWords(mixed)}: Envoy Gateway counts the targets of a rule together, so requests and failures of the others count for this stack too`;
  const fix = 'give the stack a rule of its own, or acknowledge this if its targets are watched together';
  return [warning('gateway-traffic-shared', subject, problem, fix)];
}

/** Whether the requests that a stack counts at its gateway are those that the routes send to it. */
export function trafficFindings(plan: RoutesPlan): Finding[] {
  const known = new Set<string>();
  return plan.routes.flatMap(({ subject, backends }) =>
    backends.flatMap(({ kind, what, stacks }, index) =>
      stacks.flatMap((stack) => {
        const { traffic } = stack;
        if (traffic?.kind !== plan.gateway.kind || known.has(stack.what)) return [];
        known.add(stack.what);
        const target = plan.prefix === '' ? `${subject}.to[${index}]` : subject;
        if (traffic.kind === 'envoyGateway') {
          if (watchesAnother(traffic, plan)) return [];
          const one = stated(target, stack, traffic, plan);
          return [differences, exclusive, shared].flatMap((check) => check(one));
        }
        if (kind !== 'InferencePool') return [];
        const problem = `is ${what}, and Istio counts its requests for another Service than that of ${stack.what}: gatewayTraffic misses them`;
        const fix = 'remove gatewayTraffic from the stack, or acknowledge this if it has other clients';
        return [warning('gateway-traffic-of-pool', target, problem, fix)];
      }),
    ),
  );
}
