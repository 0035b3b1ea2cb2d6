import type { CanaryOptions, ModelRoutesProps, VllmInferenceStackProps } from '../../lib';
import {
  CanaryRouter,
  Delivery,
  GatewayImplementation,
  GatewayTraffic,
  Migration,
  ModelGateway,
  ModelIngress,
  RouteTarget,
  SecretKey,
} from '../../lib';
import { canaryBy, ERRORS } from '../support/rollout';
import { existing, linesOf, objectsAt, printedBy, refusal, RoutedApp, rulesOf } from '../support/routing';
import type { Manifest } from '../support/stack';
import { manifestsWith } from '../support/stack';

type StackProps = Partial<VllmInferenceStackProps>;

const WATCHED: StackProps = { objectives: [ERRORS], monitoringLabels: {}, apiKey: SecretKey.of('clients', 'key') };

/** A stack whose canary is divided by HTTPRoutes, those of `ModelRoutes` by their names. */
const canary = (httpRoutes?: string[], options: Partial<CanaryOptions> = {}): StackProps => ({
  ...WATCHED,
  delivery: canaryBy({ router: CanaryRouter.gatewayApi({ httpRoutes }), ...options }),
});

const BOTH = 'qwen-svc 100, qwen-canary 0';

/** The backends of each rule of each HTTPRoute. */
const backendsOf = (objects: readonly Manifest[]): string[][] =>
  objects
    .filter(({ kind }: Manifest) => kind === 'HTTPRoute')
    .map((route: Manifest) => rulesOf(route).map(([backends]) => backends));

/** The HTTPRoutes of one stack in `ModelRoutes`. */
function routed(props: Partial<ModelRoutesProps>, stack: StackProps): Manifest[] {
  const app = new RoutedApp();
  printedBy(() => app.routes({ routes: [{ to: [app.to('qwen', stack)] }], ...props }));
  return app.manifests('HTTPRoute');
}

describe('an HTTPRoute that reaches a canary', () => {
  test('has both versions, each with its weight', () => {
    const [route] = routed({}, canary(['llm']));
    expect(route.spec.rules[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'qwen-svc', port: 8000, weight: 100 },
      { group: '', kind: 'Service', name: 'qwen-canary', port: 8000, weight: 0 },
    ]);
  });

  test('has both in the rule for the list of models', () => {
    const app = new RoutedApp();
    const routes = [
      { headers: { team: 'a' }, to: [app.to('qwen', canary(['llm']))] },
      { headers: { team: 'b' }, to: [app.to('plain')] },
    ];
    printedBy(() => app.routes({ routes }));
    expect(rulesOf(app.manifests('HTTPRoute')[0]).at(-1)).toEqual([BOTH, ['/v1/models']]);
  });

  test('has both in each rule that rewrites a prefix', () => {
    const app = new RoutedApp();
    printedBy(() => app.routes({ routes: [{ pathPrefix: '/team', to: [app.to('qwen', canary(['llm-team']))] }] }));
    const [route] = app.manifests('HTTPRoute');
    expect(route.spec.rules.length).toBeGreaterThan(1);
    expect(route.spec.rules.every(({ filters }: Manifest) => filters[0].type === 'URLRewrite')).toBe(true);
    expect(new Set(backendsOf([route]).flat())).toEqual(new Set([BOTH]));
  });

  test('has both for each of several hostnames', () => {
    const routes = routed({ hostnames: ['a.example.com', 'b.example.com'] }, canary(['llm']));
    expect(new Set(backendsOf(routes).flat())).toEqual(new Set([BOTH]));
    expect(routes.flatMap(({ spec }) => spec.hostnames)).toEqual(['a.example.com', 'b.example.com']);
  });

  test('has both only in the rules of the canary, not in those of another stack', () => {
    const app = new RoutedApp();
    const to = [app.to('plain')];
    printedBy(() =>
      app.routes({ routes: [{ headers: { team: 'a' }, to: [app.to('qwen', canary(['llm']))] }, { to }] }),
    );
    const rules = rulesOf(app.manifests('HTTPRoute')[0]);
    const backends = rules.map(([names]) => names);
    expect(new Set(backends)).toEqual(new Set([BOTH, 'plain-svc']));
    for (const [names, matches] of rules) {
      expect({ matches, isCanary: matches.every((match) => match.includes('team=a')) }).toEqual({
        matches,
        isCanary: names === BOTH,
      });
    }
  });

  test('of the stack itself has both', () => {
    const objects = manifestsWith({
      ...canary(),
      name: 'qwen',
      routes: { gateway: existing(), hostnames: ['a.example.com', 'b.example.com'] },
      network: { clientNamespaces: ['gateways', 'envoy-gateway-system'] },
    });
    expect(new Set(backendsOf(objects).flat())).toEqual(new Set([BOTH]));
  });

  test.each<[what: string, stack: StackProps]>([
    ['blue-green', { ...WATCHED, delivery: Delivery.blueGreen() }],
    ['a canary without a router', { ...WATCHED, delivery: canaryBy({ router: CanaryRouter.none(), weights: [50] }) }],
    ['a canary on the way to a Deployment', canary(['llm'], { migration: Migration.TO_DEPLOYMENT })],
  ])('has one Service without a weight for %s', (_what, stack) => {
    expect(new Set(backendsOf(routed({}, stack)).flat())).toEqual(new Set(['qwen-svc']));
  });

  test('has both on the way from a Deployment', () => {
    const objects = routed({}, canary(['llm'], { migration: Migration.FROM_DEPLOYMENT }));
    expect(new Set(backendsOf(objects).flat())).toEqual(new Set([BOTH]));
  });
});

describe('the objects beside the routes of a canary', () => {
  test('are a grant for both Services', () => {
    const app = new RoutedApp();
    const router = CanaryRouter.gatewayApi({ httpRoutes: ['llm'], namespace: 'llm' });
    const stack = { ...WATCHED, namespace: 'search', delivery: canaryBy({ router }) };
    printedBy(() => app.routes({ routes: [{ to: [app.to('qwen', stack)] }] }));
    expect(app.manifests('ReferenceGrant').map(({ spec }) => spec.to)).toEqual([
      [
        { group: '', kind: 'Service', name: 'qwen-svc' },
        { group: '', kind: 'Service', name: 'qwen-canary' },
      ],
    ]);
    const [route] = app.manifests('HTTPRoute');
    expect(route.spec.rules[0].backendRefs.map(({ namespace }: Manifest) => namespace)).toEqual(['search', 'search']);
  });

  test.each(['GCPBackendPolicy', 'HealthCheckPolicy'])('are a %s of GKE for both Services', (kind) => {
    const app = new RoutedApp();
    const gateway = existing(GatewayImplementation.gke());
    printedBy(() => app.routes({ gateway, routes: [{ to: [app.to('qwen', canary(['llm']))] }] }));
    const policies = app.manifests(kind);
    expect(policies.map(({ spec }) => spec.targetRef.name)).toEqual(['qwen-svc', 'qwen-canary']);
    expect(new Set(policies.map(({ metadata }) => metadata.name)).size).toBe(2);
    expect(policies[1].spec.default).toEqual(policies[0].spec.default);
  });

  test('are as many policies as before without a canary', () => {
    const policies = objectsAt(existing(GatewayImplementation.gke())).filter(({ kind }) => kind === 'GCPBackendPolicy');
    expect(policies.map(({ spec }) => spec.targetRef.name)).toEqual(['qwen-svc']);
  });

  test('count the requests of both Services at the gateway', () => {
    const objects = manifestsWith({ ...WATCHED, delivery: canaryBy(), gatewayTraffic: GatewayTraffic.istio() });
    const rules = JSON.stringify(objects.find(({ kind }) => kind === 'PrometheusRule'));
    expect(rules).toContain('vllm-svc|vllm-canary');
  });
});

describe('an Ingress that reaches a canary', () => {
  const ingress = ModelIngress.ingressNginx({ className: 'nginx', tls: { secretName: 'tls' } });
  const stack = { ...WATCHED, delivery: canaryBy({ router: CanaryRouter.nginx({ ingresses: ['llm'] }) }) };
  const props = { gateway: undefined, ingress };

  test('has the Service of the old version only: Argo Rollouts makes the other Ingress', () => {
    const app = new RoutedApp();
    printedBy(() => app.routes({ ...props, routes: [{ to: [app.to('qwen', stack)] }] }));
    const paths = app
      .manifests('Ingress')
      .flatMap(({ spec }) => spec.rules.flatMap((rule: Manifest) => rule.http.paths));
    expect(paths.length).toBeGreaterThan(0);
    expect(new Set(paths.map(({ backend }: Manifest) => backend.service.name))).toEqual(new Set(['qwen-svc']));
  });

  test('is refused if its Rollout does not name it', () => {
    const app = new RoutedApp();
    const other = { ...WATCHED, delivery: canaryBy({ router: CanaryRouter.nginx({ ingresses: ['own'] }) }) };
    const message = refusal(() => app.routes({ ...props, routes: [{ to: [app.to('qwen', other)] }] }));
    expect(message).toContain(
      `routes[0].to[0]: is VllmInferenceStack "test/qwen", and the Rollout "qwen" does not set the weights of the Ingress "llm": its canary would get no requests there; set ingresses: ['own', 'llm'] in CanaryRouter.nginx of its delivery [canary-route]`,
    );
  });

  test.each([
    ['contour', ModelIngress.contour({ className: 'contour', tls: { secretName: 'tls' } })],
    ['nginx of F5', ModelIngress.nginx({ className: 'nginx', tls: { secretName: 'tls' } })],
  ])('warns about an Ingress of %s, which has no canary Ingresses', (_what, other) => {
    const app = new RoutedApp();
    const routes = () => app.routes({ ...props, ingress: other, routes: [{ to: [app.to('qwen', stack)] }] });
    expect(printedBy(routes)).toContain(
      'routes[0].to[0]: is VllmInferenceStack "test/qwen", whose canary is divided by CanaryRouter.nginx: requests of this Ingress all reach the old version; use a gateway, or acknowledge this finding [canary-passed-by]',
    );
  });
});

describe('routes whose weights a Rollout sets', () => {
  const WEIGHTS =
    'divides the requests of VllmInferenceStack "test/qwen", whose weights belong to the Rollout "qwen"; give the stack a route of its own, without weights [route-weight]';

  test.each<[what: string, to: (app: RoutedApp) => RouteTarget[], message: string]>([
    ['a weight', (app) => [RouteTarget.stack(app.stack('qwen', canary(['llm'])), 100)], `routes[0].to[0]: ${WEIGHTS}`],
    [
      'a target beside the canary',
      (app) => [app.to('qwen', canary(['llm'])), app.to('b')],
      `routes[0].to[0]: ${WEIGHTS}`,
    ],
    [
      'weights beside the canary',
      (app) => [RouteTarget.stack(app.stack('b'), 90), RouteTarget.stack(app.stack('qwen', canary(['llm'])), 10)],
      `routes[0].to[1]: ${WEIGHTS}`,
    ],
    [
      'a name that its Rollout does not know',
      (app) => [app.to('qwen', canary(['chat']))],
      `routes[0].to[0]: is VllmInferenceStack "test/qwen", and the Rollout "qwen" does not set the weights of the HTTPRoute "llm": its canary would get no requests there; set httpRoutes: ['chat', 'llm'] in CanaryRouter.gatewayApi of its delivery [canary-route]`,
    ],
    [
      'a name that is misspelt in its delivery',
      (app) => [app.to('qwen', canary(['lm']))],
      `set httpRoutes: ['lm', 'llm'] in CanaryRouter.gatewayApi of its delivery, without 'lm' if that is misspelt [canary-route]`,
    ],
    [
      'another namespace than its Rollout looks in',
      (app) => [app.to('qwen', { ...canary(['llm']), namespace: 'search' })],
      `routes[0].to[0]: is VllmInferenceStack "test/qwen", and the Rollout "qwen" looks for the HTTPRoute "llm" in the namespace "search", not in "llm"; set namespace: 'llm' in CanaryRouter.gatewayApi of its delivery [canary-route]`,
    ],
  ])('refuse %s', (_what, to, message) => {
    const app = new RoutedApp();
    expect(refusal(() => app.routes({ routes: [{ to: to(app) }] }))).toContain(message);
  });

  test('refuse a stack without names of HTTPRoutes, with the name in the fix', () => {
    const app = new RoutedApp();
    // The stack has a route of its own, so it needs no others until it is in these.
    const own = {
      ...canary(),
      routes: { gateway: existing(), hostnames: ['own.example.com'] },
    };
    expect(refusal(() => app.routes({ routes: [{ to: [app.to('qwen', own)] }] }))).toContain(
      `set httpRoutes: ['llm'] in CanaryRouter.gatewayApi of its delivery [canary-route]`,
    );
  });

  test('refuse some of several HTTPRoutes, with all of their names in each fix', () => {
    const app = new RoutedApp();
    const to = [app.to('qwen', canary(['llm']))];
    const routes = [
      { hostnames: ['a.example.com'], to },
      { hostnames: ['b.example.com'], to },
    ];
    const message = refusal(() => app.routes({ routes }));
    const named = /set httpRoutes: \[(.*?)\] in/.exec(message)?.[1]?.match(/[a-z][-a-z.0-9]*/g) ?? [];
    const fixed = new RoutedApp();
    const all = [fixed.to('qwen', canary(named))];
    printedBy(() => fixed.routes({ routes: routes.map((route) => ({ ...route, to: all })) }));
    const names = fixed.manifests('HTTPRoute').map(({ metadata }) => metadata.name);
    expect(names.length).toBe(2);
    expect(named).toEqual(expect.arrayContaining(names));
  });

  test.each([
    ['CanaryRouter.istio', canaryBy()],
    ['CanaryRouter.istio', canaryBy({ router: CanaryRouter.virtualService({ virtualService: 'own' }) })],
    ['CanaryRouter.nginx', canaryBy({ router: CanaryRouter.nginx({ ingresses: ['llm'] }) })],
  ])('warn about %s, whose canary an HTTPRoute does not reach', (factory, delivery) => {
    const app = new RoutedApp();
    let lines: string[] = [];
    printedBy(() => (lines = linesOf(app.routes({ routes: [{ to: [app.to('qwen', { ...WATCHED, delivery })] }] }))));
    expect(lines).toContain(
      `canary-passed-by routes[0].to[0]: is VllmInferenceStack "test/qwen", whose canary is divided by ${factory}: requests of this HTTPRoute all reach the old version; use CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }) in its delivery, or acknowledge this finding`,
    );
  });

  test('may be those of two canaries', () => {
    const app = new RoutedApp();
    printedBy(() =>
      app.routes({
        routes: [
          { headers: { team: 'a' }, to: [app.to('a', canary(['llm']))] },
          { to: [app.to('b', canary(['llm']))] },
        ],
      }),
    );
    expect(new Set(backendsOf(app.manifests('HTTPRoute')).flat())).toEqual(
      new Set(['a-svc 100, a-canary 0', 'b-svc 100, b-canary 0']),
    );
  });
});

test('a managed Gateway has the route of a canary as any other', () => {
  const gateway = ModelGateway.managed({
    name: 'own',
    implementation: GatewayImplementation.istio(),
    className: 'istio',
  });
  const objects = routed({ gateway }, canary(['llm']));
  expect(new Set(backendsOf(objects).flat())).toEqual(new Set([BOTH]));
});
