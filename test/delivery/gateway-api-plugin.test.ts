import { Testing } from 'cdk8s';
import type { ModelRoute, ModelRoutesProps, RouteTarget, StackRoutes, VllmInferenceStackProps } from '../../lib';
import { CanaryRouter, Delivery, GatewayImplementation, HttpMethod, ModelGateway, Objective } from '../../lib';
import { GatewayApiPlugin, isLabelled } from '../support/gateway-api-plugin';
import type { Forwarded, Outcome, RoutedRequest } from '../support/route-evaluator';
import { evaluate } from '../support/route-evaluator';
import { printedBy, RoutedApp } from '../support/routing';
import { GATEWAY_API, type HttpRoute, ofKind, type Rule } from '../support/routing/resources';
import type { Manifest } from '../support/stack';

const gateway = (implementation = GatewayImplementation.envoyGateway(), tls = false): ModelGateway =>
  ModelGateway.managed({
    name: 'public',
    className: 'public',
    implementation,
    ...(tls && { tls: { secretName: 'certificate' } }),
  });

/** A stack with a canary whose weights are set in these HTTPRoutes besides its own. */
const canary = (httpRoutes?: string[], namespace?: string): Partial<VllmInferenceStackProps> => ({
  objectives: [Objective.errorRate({ below: 0.01 })],
  delivery: Delivery.canary({ router: CanaryRouter.gatewayApi({ httpRoutes, namespace }) }),
});

/** The manifests of a program, without what it prints. */
function objectsOf(program: (app: RoutedApp) => void): Manifest[] {
  const app = new RoutedApp();
  printedBy(() => program(app));
  return Testing.synth(app.chart);
}

/** A stack with a canary and a route of its own. */
const alone = (routes: Partial<StackRoutes> = {}) =>
  objectsOf((app) => {
    const entry = { gateway: gateway(), hostnames: ['llm.example.com'], ...routes };
    app.stack('qwen', { ...canary(), routes: entry });
  });

/** Routes to `qwen`, which has a canary, and to `llama`, which has none. */
const together = (
  routes: (qwen: RouteTarget, llama: RouteTarget) => ModelRoute[],
  { httpRoutes = ['llm'], ...props }: Partial<ModelRoutesProps> & { readonly httpRoutes?: string[] } = {},
) =>
  objectsOf((app) => {
    const qwen = app.to('qwen', canary(httpRoutes, props.namespace));
    app.routes({ gateway: gateway(), routes: routes(qwen, app.to('llama')), ...props });
  });

const CASES: Readonly<Record<string, () => Manifest[]>> = {
  'a stack with a route of its own': () => alone(),
  'one with several hostnames': () => alone({ hostnames: ['a.example.com', 'b.example.com', '*.c.example.com'] }),
  'one without hostnames': () => alone({ hostnames: undefined }),
  'one with a prefix, which the gateway removes': () => alone({ pathPrefix: '/qwen' }),
  'one for a tier': () => alone({ tier: 'gold', method: HttpMethod.POST }),
  'one with TLS': () => alone({ gateway: gateway(undefined, true) }),
  'one at GKE, with policies for both Services': () => alone({ gateway: gateway(GatewayImplementation.gke()) }),
  'one at kgateway, with a policy for the route': () => alone({ gateway: gateway(GatewayImplementation.kgateway()) }),
  'routes by model, with a rule that lists the models': () =>
    together((qwen, llama) => [
      { model: 'Qwen/Qwen3-8B', to: [qwen] },
      { tier: 'gold', to: [llama] },
    ]),
  'routes with a list of all models': () =>
    together((qwen, llama) => [{ tier: 'gold', to: [llama] }, { to: [qwen] }], { listAllModels: true }),
  'routes whose last one leads to the canary': () =>
    together((qwen, llama) => [{ tier: 'gold', to: [llama] }, { to: [qwen] }]),
  'several routes to the canary': () =>
    together((qwen, llama) => [{ tier: 'gold', to: [qwen] }, { region: 'eu', to: [llama] }, { to: [qwen] }]),
  'routes by prefix, each an HTTPRoute of its own': () =>
    together(
      (qwen, llama) => [
        { pathPrefix: '/qwen', to: [qwen] },
        { pathPrefix: '/llama', to: [llama] },
      ],
      { httpRoutes: ['llm-qwen'] },
    ),
  'routes by hostname, each an HTTPRoute of its own': () =>
    together(
      (qwen, llama) => [
        { hostnames: ['qwen.example.com'], to: [qwen] },
        { hostnames: ['llama.example.com'], to: [llama] },
        { hostnames: ['both.example.com'], tier: 'gold', to: [qwen] },
        { hostnames: ['both.example.com'], to: [llama] },
      ],
      { httpRoutes: ['llm-qwen-example-com', 'llm-both-example-com'] },
    ),
  'routes in another namespace': () =>
    together((qwen, llama) => [{ tier: 'gold', to: [llama] }, { to: [qwen] }], { namespace: 'edge' }),
};

const httpRoutesOf = (objects: readonly Manifest[]): HttpRoute[] =>
  ofKind<HttpRoute>(objects, GATEWAY_API, 'HTTPRoute');

const pluginOf = (objects: readonly Manifest[]): GatewayApiPlugin =>
  new GatewayApiPlugin(objects.find(({ kind }) => kind === 'Rollout'));

/** The objects with other HTTPRoutes. */
const withRoutes = (objects: readonly Manifest[], routes: readonly HttpRoute[]): Manifest[] => [
  ...objects.filter(({ kind }) => kind !== 'HTTPRoute'),
  ...routes,
];

/** A request for each match of each route. */
const requestsOf = (routes: readonly HttpRoute[]): RoutedRequest[] =>
  routes.flatMap(({ spec: { hostnames = ['any.example.com'], rules = [] } }) =>
    hostnames.flatMap((hostname) =>
      rules.flatMap(({ matches = [] }) =>
        matches.map(({ path, headers = [], method = 'GET' }) => ({
          host: hostname.replace('*', 'x'),
          path: path?.value ?? '/',
          headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
          method,
        })),
      ),
    ),
  );

const isForwarded = (outcome: Outcome): outcome is Forwarded => 'backends' in outcome;

/** What reaches whom: the Services of a rule with their parts in percent. */
const sharesOf = (outcome: Outcome): Record<string, number> =>
  isForwarded(outcome)
    ? Object.fromEntries(outcome.backends.map(({ name, share }) => [name, Math.round(100 * share)]))
    : {};

/** The rule that a request reaches, and how it is sent on. */
const placeOf = (outcome: Outcome): object => ({ ...outcome, backends: undefined, backend: undefined });

/** A route without what a Rollout changes. */
const constantPart = ({ metadata, spec }: HttpRoute) => ({
  name: metadata.name,
  spec: {
    ...spec,
    rules: spec.rules?.map(({ backendRefs, ...rule }: Rule) => ({
      ...rule,
      backendRefs: backendRefs?.map((ref) => ({ ...ref, weight: undefined })),
    })),
  },
});

describe.each(Object.entries(CASES))('%s', (_, make) => {
  const objects = make();
  const routes = httpRoutesOf(objects);
  const plugin = pluginOf(objects);
  const requests = requestsOf(routes);

  test.each([0, 5, 50, 100])('at weight %i: each request of the canary is divided, and no other one', (weight) => {
    const changed = withRoutes(objects, plugin.setWeight(routes, weight));
    const seen = new Set<string>();
    for (const request of requests) {
      const before = evaluate(objects, request);
      const after = evaluate(changed, request);
      const shares = sharesOf(before);
      const expected = 'qwen-svc' in shares ? { 'qwen-svc': 100 - weight, 'qwen-canary': weight } : shares;
      expect({ request, shares: sharesOf(after) }).toEqual({ request, shares: expected });
      // The rule, the rewritten path and the headers stay.
      expect(placeOf(after)).toEqual(placeOf(before));
      Object.keys(shares).forEach((name) => seen.add(name));
    }
    expect(seen).toContain('qwen-svc');
  });

  it('never reaches a Service that does not exist, or may not be used', () => {
    const changed = withRoutes(objects, plugin.setWeight(routes, 50));
    const reached = requests.map((request) => evaluate(changed, request)).filter(isForwarded);
    expect(reached.length).toBeGreaterThan(0);
    expect(reached.flatMap(({ backends }) => backends.flatMap(({ invalid }) => invalid ?? []))).toEqual([]);
  });

  it('keeps everything but weights and one label', () => {
    const after = plugin.removeManagedRoutes(plugin.setWeight(routes, 25));
    expect(after.map(constantPart)).toEqual(routes.map(constantPart));
  });

  it('begins and ends as it is written', () => {
    const after = plugin.setWeight(plugin.setWeight(routes, 25), 0);
    expect(after.map(({ spec }) => spec)).toEqual(routes.map(({ spec }) => spec));
    expect(after.some(isLabelled)).toBe(false);
  });
});

describe('the Rollout of the Gateway API plugin', () => {
  const configuration = (objects: readonly Manifest[]) =>
    objects.find(({ kind }) => kind === 'Rollout').spec.strategy.canary.trafficRouting.plugins[
      'argoproj-labs/gatewayAPI'
    ];

  it('names its HTTPRoute in a list, whose other rules the plugin then keeps', () => {
    const objects = alone();
    expect(configuration(objects)).toEqual({ httpRoutes: [{ name: 'qwen-route' }], namespace: 'llm' });
    const [route] = httpRoutesOf(objects) as [HttpRoute];
    const direct = { backendRefs: [{ name: 'qwen-canary', port: 8000 }] };
    const edited = { ...route, spec: { ...route.spec, rules: [...(route.spec.rules ?? []), direct] } };
    expect(pluginOf(objects).removeManagedRoutes([edited])).toEqual([edited]);
  });

  it('leaves the routes of others alone', () => {
    const objects = CASES['routes by prefix, each an HTTPRoute of its own']?.() ?? [];
    const routes = httpRoutesOf(objects);
    const other = (all: readonly HttpRoute[]) => all.find(({ metadata }) => metadata.name === 'llm-llama');
    expect(other(routes)).toBeDefined();
    expect(other(pluginOf(objects).setWeight(routes, 50))).toEqual(other(routes));
  });

  it.each(['GCPBackendPolicy', 'HealthCheckPolicy'])('divides Services that both have a %s at GKE', (kind) => {
    const objects = CASES['one at GKE, with policies for both Services']?.() ?? [];
    const targets = objects.filter((each) => each.kind === kind).map(({ spec }) => spec.targetRef.name);
    expect(targets).toEqual(['qwen-svc', 'qwen-canary']);
  });

  it('is told the namespace of routes elsewhere', () => {
    const objects = CASES['routes in another namespace']?.() ?? [];
    expect(configuration(objects).namespace).toBe('edge');
  });
});

describe('two canaries in one HTTPRoute', () => {
  const objects = objectsOf((app) => {
    const [qwen, llama] = [app.to('qwen', canary(['llm'])), app.to('llama', canary(['llm']))];
    app.routes({ gateway: gateway(), routes: [{ tier: 'gold', to: [llama] }, { to: [qwen] }] });
  });
  const [llama, qwen] = ['llama', 'qwen'].map(
    (name) => new GatewayApiPlugin(objects.find(({ kind, metadata }) => kind === 'Rollout' && metadata.name === name)),
  ) as [GatewayApiPlugin, GatewayApiPlugin];
  const weightsOf = (routes: readonly HttpRoute[]): Record<string, number | undefined> =>
    Object.fromEntries(
      routes.flatMap(({ spec: { rules = [] } }) =>
        rules.flatMap(({ backendRefs = [] }) => backendRefs.map(({ name, weight }) => [name, weight])),
      ),
    );

  it('each set their own weights', () => {
    const both = qwen.setWeight(llama.setWeight(httpRoutesOf(objects), 25), 50);
    expect(weightsOf(both)).toEqual({ 'llama-svc': 75, 'llama-canary': 25, 'qwen-svc': 50, 'qwen-canary': 50 });
    expect(both.every(isLabelled)).toBe(true);
  });

  it('keep the weights of the other, and lose the label with the first that ends', () => {
    const one = qwen.setWeight(llama.setWeight(httpRoutesOf(objects), 25), 0);
    expect(weightsOf(one)).toMatchObject({ 'llama-canary': 25, 'qwen-canary': 0 });
    expect(one.some(isLabelled)).toBe(false);
  });
});

describe('the model of the plugin', () => {
  const objects = alone();
  const routes = httpRoutesOf(objects);

  it('fails for a route that does not exist', () => {
    expect(() => pluginOf(objects).setWeight([], 5)).toThrow('"qwen-route" not found');
  });

  it('fails for a route without both Services', () => {
    const [route] = routes as [HttpRoute];
    const rules = [{ backendRefs: [{ name: 'qwen-svc', port: 8000 }] }];
    expect(() => pluginOf(objects).setWeight([{ ...route, spec: { rules } }], 5)).toThrow('backendRef was not found');
  });
});
