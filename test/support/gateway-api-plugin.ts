import type { HttpRoute } from './routing/resources';
import { namespaceOf } from './routing/resources';
import type { Manifest } from './stack';

const NAME = 'argoproj-labs/gatewayAPI';
const LABEL = 'rollouts.argoproj.io/gatewayapi-canary';

interface RouteName {
  readonly name: string;
  readonly useHeaderRoutes?: boolean;
}

/** The keys that the plugin reads (pkg/plugin/types.go, GatewayAPITrafficRouting); others are a mistake here. */
interface Configuration {
  readonly httpRoute?: string;
  readonly httpRoutes?: readonly RouteName[];
  readonly namespace?: string;
}

const KEYS = ['httpRoute', 'httpRoutes', 'namespace'];

type Rules = NonNullable<HttpRoute['spec']['rules']>;
type Rule = Rules[number];

/**
 * What the Gateway API plugin of Argo Rollouts does to HTTPRoutes, as its versions 0.13 to 0.15 do
 * (argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi:pkg/plugin/plugin.go, httproute.go and labels.go).
 */
export class GatewayApiPlugin {
  private readonly routes: readonly RouteName[];
  private readonly namespace: string;
  private readonly stable: string;
  private readonly canary: string;

  public constructor(rollout: Manifest) {
    const { stableService, canaryService, trafficRouting } = rollout.spec.strategy.canary;
    const configuration: Configuration = trafficRouting.plugins[NAME];
    const unknown = Object.keys(configuration).filter((key) => !KEYS.includes(key));
    if (unknown.length > 0) throw new Error(`unknown keys: ${unknown.join(', ')}`);
    const { httpRoute, httpRoutes = [], namespace } = configuration;
    // insertGatewayAPIRouteLists: a single route takes part in header routes, one of a list only if it is told to.
    this.routes = [...httpRoutes, ...(httpRoute === undefined ? [] : [{ name: httpRoute, useHeaderRoutes: true }])];
    // The client refuses to get an object without a namespace (client-go rest/request.go, requestPreflightCheck).
    if (!namespace) throw new Error('an empty namespace may not be set when a resource name is provided');
    if (this.routes.length === 0) throw new Error('No routes configured');
    this.namespace = namespace;
    this.stable = stableService;
    this.canary = canaryService;
  }

  /** The routes after a weight is set: SetWeight. Others are as they were. */
  public setWeight(routes: readonly HttpRoute[], weight: number): HttpRoute[] {
    return this.change(routes, this.routes, (route) => {
      const weights = new Map([
        [this.canary, weight],
        [this.stable, 100 - weight],
      ]);
      const rules = route.spec.rules ?? [];
      const divided = rules.filter((rule) => !this.isHeaderRule(rule)).flatMap(({ backendRefs = [] }) => backendRefs);
      if (![...weights.keys()].every((service) => divided.some(({ name }) => name === service))) {
        throw new Error('backendRef was not found in httpRoute');
      }
      return {
        ...labelled(route, weight),
        spec: { ...route.spec, rules: rules.map((rule) => this.weigh(rule, weights)) },
      };
    });
  }

  /** The routes after a promotion or an abort: RemoveManagedRoutes. */
  public removeManagedRoutes(routes: readonly HttpRoute[]): HttpRoute[] {
    const named = this.routes.filter(({ useHeaderRoutes }) => useHeaderRoutes);
    return this.change(routes, named, (route) => ({
      ...route,
      spec: { ...route.spec, rules: route.spec.rules?.filter((rule) => !this.isHeaderRule(rule)) },
    }));
  }

  private weigh(rule: Rule, weights: ReadonlyMap<string, number>): Rule {
    if (this.isHeaderRule(rule)) return rule;
    return {
      ...rule,
      // By name alone, whatever kind and namespace are.
      ...(rule.backendRefs && {
        backendRefs: rule.backendRefs.map((ref) => ({ ...ref, weight: weights.get(ref.name) ?? ref.weight })),
      }),
    };
  }

  /** A rule that the plugin takes for one of its own: isHTTPManagedRule. */
  private isHeaderRule({ backendRefs = [] }: Rule): boolean {
    return backendRefs.length === 1 && backendRefs[0]?.name === this.canary;
  }

  private change(
    routes: readonly HttpRoute[],
    names: readonly RouteName[],
    by: (route: HttpRoute) => HttpRoute,
  ): HttpRoute[] {
    const mine = (route: HttpRoute): boolean =>
      namespaceOf(route) === this.namespace && names.some(({ name }) => name === route.metadata.name);
    for (const { name } of names) {
      const exists = routes.some((route) => mine(route) && route.metadata.name === name);
      if (!exists) throw new Error(`httproutes.gateway.networking.k8s.io "${name}" not found`);
    }
    return routes.map((route) => (mine(route) ? by(structuredClone(route)) : route));
  }
}

/** ensureInProgressLabel: at weight 0 the label goes, whoever wrote it. */
function labelled(route: HttpRoute, weight: number): HttpRoute {
  const others = Object.entries(route.metadata.labels ?? {}).filter(([name]) => name !== LABEL);
  const labels = Object.fromEntries(weight === 0 ? others : [...others, [LABEL, 'in-progress']]);
  return { ...route, metadata: { ...route.metadata, labels } };
}

/** Whether a canary is in progress, by the label of the route. */
export const isLabelled = ({ metadata }: HttpRoute): boolean => metadata.labels?.[LABEL] === 'in-progress';
