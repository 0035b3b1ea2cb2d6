import type { ScaleToZero } from '../../lib';
import { Model, RouteTarget, Scaling, Signal } from '../../lib';
import { planEntry } from '../../lib/routing/entry-plan';
import { targetsOfRoute } from '../../lib/routing/targets/target-findings';
import { RoutedApp, existing, linesOf, printedBy, refusal, rulesOf } from '../support/routing';
import { WITH_TLS } from '../support/stack';

describe('the targets of a route', () => {
  test('are Services, with the port of the stack', () => {
    const app = new RoutedApp();
    app.routes({ routes: [{ to: [app.to('qwen')] }] });
    expect(app.manifests('HTTPRoute')[0].spec.rules[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'qwen-svc', port: 8000, weight: 1 },
    ]);
  });

  test('have weights', () => {
    const app = new RoutedApp();
    const to = [RouteTarget.stack(app.stack('a'), 90), RouteTarget.stack(app.stack('b'), 10)];
    app.routes({ routes: [{ to }] });
    expect(rulesOf(app.manifests('HTTPRoute')[0])[0]?.[0]).toBe('a-svc 90, b-svc 10');
  });

  test('may have the weight 0 beside others', () => {
    const app = new RoutedApp();
    const to = [RouteTarget.stack(app.stack('a'), 1), RouteTarget.stack(app.stack('b'), 0)];
    expect(() => app.routes({ routes: [{ to }] })).not.toThrow();
  });

  test('in another namespace get a grant there', () => {
    const app = new RoutedApp();
    const to = [app.to('a', { namespace: 'search' })];
    app.routes({
      routes: [{ tier: 'gold', to: [app.to('b', { namespace: 'search' })] }, { to }],
      acknowledge: { 'route-tier-header': 'test' },
    });
    const [grant, ...others] = app.manifests('ReferenceGrant');
    expect(others).toEqual([]);
    expect(grant.metadata).toMatchObject({ name: 'llm-routes-llm', namespace: 'search' });
    expect(grant.spec).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'llm' }],
      to: [
        { group: '', kind: 'Service', name: 'b-svc' },
        { group: '', kind: 'Service', name: 'a-svc' },
      ],
    });
    expect(app.manifests('HTTPRoute')[0].spec.rules[0].backendRefs[0].namespace).toBe('search');
  });

  test('in another namespace are in its grant once', () => {
    const app = new RoutedApp();
    const to = [app.to('a', { namespace: 'search' })];
    app.routes({ routes: [{ headers: { team: 'a' }, to }, { to }] });
    expect(app.manifests('ReferenceGrant')[0].spec.to).toEqual([{ group: '', kind: 'Service', name: 'a-svc' }]);
  });

  test('in the namespace of the routes need no grant', () => {
    const app = new RoutedApp();
    app.routes({ routes: [{ to: [app.to('a', { namespace: 'llm' })] }] });
    expect(app.manifests('ReferenceGrant')).toEqual([]);
  });

  test('may be a Service of another program', () => {
    const app = new RoutedApp();
    const to = [RouteTarget.service({ name: 'remote', port: 443, namespace: 'eu', granted: true })];
    app.routes({ routes: [{ paths: ['/v1/models'], to }] });
    expect(app.manifests('HTTPRoute')[0].spec.rules[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'remote', namespace: 'eu', port: 443, weight: 1 },
    ]);
  });

  test.each<[title: string, to: (app: RoutedApp) => RouteTarget[], message: string]>([
    [
      'an empty list',
      () => [],
      'routes[0].to: is an empty list; add a target: RouteTarget.stack(…) [route-reaches-nothing]',
    ],
    [
      'weights of 0 only',
      (app) => [RouteTarget.stack(app.stack('a'), 0), RouteTarget.stack(app.stack('b'), 0)],
      'has only targets of weight 0',
    ],
    ['a single target of weight 0', (app) => [RouteTarget.stack(app.stack('a'), 0)], '[route-reaches-nothing]'],
    [
      '17 targets',
      (app) => Array.from({ length: 17 }, (_, at) => RouteTarget.stack(app.stack(`s${at}`), 1)),
      'routes[0].to: has 17 targets, and the Gateway API allows 16; list fewer targets [route-too-large]',
    ],
    [
      'a weight for one of two',
      (app) => [RouteTarget.stack(app.stack('a'), 90), app.to('b')],
      'routes[0].to[1]: has no weight, and other targets of the route have one; set a weight for each target',
    ],
    [
      'one stack twice',
      (app) => {
        const stack = app.stack('a');
        return [RouteTarget.stack(stack, 1), RouteTarget.stack(stack, 2)];
      },
      'is VllmInferenceStack "test/a", which is a target already',
    ],
    [
      'stacks without a common name',
      (app) => [app.to('a'), app.to('b', { model: Model.of('mistralai/Mistral-7B-Instruct-v0.3') })],
      'have no model name in common',
    ],
    [
      'a Service in another namespace without a grant',
      () => [RouteTarget.service({ name: 'remote', port: 80, namespace: 'eu' })],
      'create a ReferenceGrant there, and set granted: true [route-no-grant]',
    ],
    [
      'a Service without paths',
      () => [RouteTarget.service({ name: 'remote', port: 80 })],
      'is a Service whose paths are not known; set paths of the route',
    ],
    [
      'stacks of two tasks',
      (app) => [
        app.to('a', { model: Model.of('Qwen/Qwen3-8B', { servedNames: ['x'] }) }),
        app.to('b', { model: Model.of('BAAI/bge-m3', { servedNames: ['x'] }), engine: {} }),
      ],
      'have only /v1/models in common',
    ],
  ])('refuses %s', (_, to, message) => {
    const app = new RoutedApp();
    expect(refusal(() => app.routes({ routes: [{ to: to(app) }] }))).toContain(message);
  });

  test.each<[title: string, target: () => unknown, message: string]>([
    ['a negative weight', () => RouteTarget.service({ name: 'a', port: 80 }, -1), 'weight: is -1'],
    ['a weight above a million', () => RouteTarget.service({ name: 'a', port: 80 }, 1_000_001), 'weight: is 1000001'],
    ['a part of a weight', () => RouteTarget.service({ name: 'a', port: 80 }, 0.5), 'weight: is 0.5'],
    ['a port above 65535', () => RouteTarget.service({ name: 'a', port: 65_536 }), 'port: is 65536'],
    ['the name of a port', () => RouteTarget.service({ name: 'a', port: 'http' as never }), 'port: is "http"'],
    ['a name with capital letters', () => RouteTarget.service({ name: 'A', port: 80 }), 'name: is "A"'],
    [
      'a name that no Service can have',
      () => RouteTarget.service({ name: 'a.b', port: 80 }),
      'name: is "a.b"; give the',
    ],
    ['a name of 64 characters', () => RouteTarget.service({ name: 'a'.repeat(64), port: 80 }), 'at most 63'],
    ['something else than a stack', () => RouteTarget.stack({} as never), 'give a VllmInferenceStack'],
  ])('refuses %s', (_, target, message) => {
    expect(refusal(target)).toContain(message);
  });

  const owned = (weights: (number | undefined)[]): string[] => {
    const app = new RoutedApp();
    const stack = app.stack('a');
    const { _backend: backend } = RouteTarget.stack(stack);
    const canary = { rollout: 'the Rollout "a"', router: 'gatewayApi', service: 'a-canary', entries: [] } as const;
    const stacks = backend.stacks.map((each) => ({ ...each, canary: { ...canary, namespace: 'llm' } }));
    const backends = weights.map((weight, at) =>
      at === 0 ? { ...backend, weight, stacks } : { ...backend, weight, name: `b${at}` },
    );
    const routes = [{ subject: 'routes[0]', to: 'routes[0].to', match: {}, hostnames: undefined, backends }];
    const plan = planEntry({ gateway: existing() }, { prefix: '', name: 'llm', namespace: 'llm', routes });
    return plan.routes.flatMap(targetsOfRoute).map(({ id, problem }) => `${id}: ${problem}`);
  };

  test('refuses weights of a stack whose canary owns them', () => {
    const line =
      'route-weight: divides the requests of VllmInferenceStack "test/a", whose weights belong to the Rollout "a"';
    expect(owned([90, 10])).toEqual([line]);
    expect(owned([100])).toEqual([line]);
    expect(owned([undefined])).toEqual([]);
  });

  test('warns about an engine with TLS', () => {
    const app = new RoutedApp();
    const to = [app.to('a', WITH_TLS)];
    expect(printedBy(() => app.routes({ routes: [{ to }] }))).toContain('[route-backend-tls]');
  });

  test('reports a stack that scales to zero', () => {
    const app = new RoutedApp();
    const signals = [
      Signal.inFlightRequests(),
      Signal.gatewayRequests({ metric: 'requests_total', matchers: { a: 'b' }, presence: 'up', perReplica: 6 }),
    ];
    const to = (name: string, scaleToZero?: ScaleToZero) => [
      app.to(name, { scaling: Scaling.keda({ maxReplicas: 2, signals, scaleToZero }) }),
    ];
    const cold = (name: string, scaleToZero?: ScaleToZero) => {
      let lines: string[] = [];
      printedBy(
        () => (lines = linesOf(app.routes({ name, routes: [{ to: to(name, scaleToZero) }] }, `${name}-routes`))),
      );
      return lines.filter((line) => line.startsWith('route-cold-target'));
    };
    expect(cold('cold', {})).toEqual([
      expect.stringMatching(/routes\[0\]\.to\[0\]: is .*"test\/cold", which scales to zero.* for up to \d+ s;/),
    ]);
    expect(cold('warm')).toEqual([]);
  });

  test('warns about two keys in one route', () => {
    const app = new RoutedApp();
    const to = [RouteTarget.stack(app.stack('a'), 1), RouteTarget.stack(app.stack('b', { apiKey: undefined }), 1)];
    expect(printedBy(() => app.routes({ routes: [{ to }] }))).toContain('test/b": no key');
  });

  test('are reported once if they need no key', () => {
    const app = new RoutedApp();
    const stack = app.stack('a', { apiKey: undefined });
    const to = [RouteTarget.stack(stack)];
    const routes = app.routes({
      routes: [{ region: 'eu', to }, { to }],
      acknowledge: { 'route-region-unplaced': 'test' },
    });
    expect(linesOf(routes).filter((line) => line.startsWith('route-without-key'))).toHaveLength(1);
  });
});
