import type { ModelRoutesProps } from '../../lib';
import { GatewayImplementation, HttpMethod, Model, Placement, PromptLength } from '../../lib';
import { RoutedApp, existing, linesOf, printedBy, refusal, rulesOf } from '../support/routing';

type Route = Omit<ModelRoutesProps['routes'][number], 'to'>;

/** The conditions of the first path of the only route. */
function conditionOf(route: Route): string | undefined {
  const app = new RoutedApp();
  printedBy(() => app.routes({ routes: [{ paths: ['/v1/completions'], ...route, to: [app.to('qwen')] }] }));
  return rulesOf(app.manifests('HTTPRoute')[0])[0]?.[1][0];
}

describe('a class of requests', () => {
  test.each<[title: string, route: Route, condition: string]>([
    ['of a model is a header', { model: 'Qwen/Qwen3-8B' }, '/v1/completions X-Gateway-Model-Name=Qwen/Qwen3-8B'],
    ['of a tier is a header', { tier: 'gold' }, '/v1/completions x-sla-tier=gold'],
    ['of a region is a header', { region: 'eu' }, '/v1/completions x-region=eu'],
    ['of short prompts is a header', { promptLength: PromptLength.SHORT }, '/v1/completions x-prompt-class=short'],
    ['of small bodies is a pattern', { contentLengthBelow: 10_000 }, '/v1/completions content-length=^[0-9]{1,4}$'],
    ['may be any header', { headers: { 'x-team': 'search' } }, '/v1/completions x-team=search'],
    ['may be a method', { method: 'POST' as never }, 'POST /v1/completions'],
    ['has all of its conditions', { tier: 'gold', headers: { a: 'b' } }, '/v1/completions x-sla-tier=gold a=b'],
  ])('%s', (_, route, condition) => {
    expect(conditionOf(route)).toBe(condition);
  });

  test.each<[title: string, route: Route, message: string]>([
    [
      'a model that the stack does not serve',
      { model: 'gpt-4' },
      'routes[0].model: is "gpt-4", and VllmInferenceStack "test/qwen" serves Qwen/Qwen3-8B',
    ],
    ['an empty model', { model: '' }, 'routes[0].model: is ""'],
    ['a list of models', { model: ['a', 'b'] as never }, 'give one model name that the stack serves'],
    ['a key in a header', { headers: { Authorization: 'Bearer sk-1' } }, '[secret-as-text]'],
    ['a key in a header of its own', { headers: { 'X-API-Key': 'sk-1' } }, '[secret-as-text]'],
    ['a tier with a line break', { tier: 'a\nb' }, 'routes[0].tier'],
    ['an unknown length', { promptLength: 'medium' as never }, 'give one of short, long'],
    [
      'a size that is no power of ten',
      { contentLengthBelow: 4096 },
      'give one of 1000, 10000, 100000, 1000000, 10000000',
    ],
    ['no headers', { headers: {} }, 'routes[0].headers: is'],
    ['a header with a space in its name', { headers: { 'x team': 'a' } }, '"x team" is not the name of a header'],
    ['a header in two spellings', { headers: { 'X-A': '1', 'x-a': '2' } }, '[route-header-twice]'],
    [
      'a header of a class beside the class',
      { tier: 'gold', headers: { 'X-SLA-Tier': 'gold' } },
      'is the header of tier, which is set too; remove it, or remove tier',
    ],
    [
      'the header of a size beside the size',
      { contentLengthBelow: 1000, headers: { 'Content-Length': '5' } },
      'is the header of contentLengthBelow, which is set too',
    ],
    ['a header that is a number', { headers: { a: 1 as never } }, 'routes[0].headers.a: is 1'],
    ['an unknown method', { method: 'PUT' as never }, 'give one of GET, POST, OPTIONS'],
    ['an unknown property', { tiers: ['gold'] } as never, 'unknown property'],
  ])('refuses %s', (_, route, message) => {
    const app = new RoutedApp();
    expect(refusal(() => app.routes({ routes: [{ ...route, to: [app.to('qwen')] }] }))).toContain(message);
  });

  const printed = (route: Route, props = {}): string => {
    const app = new RoutedApp();
    return printedBy(() => app.routes({ routes: [{ ...route, to: [app.to('qwen', props)] }] }));
  };

  test('warns about a tier, which any client can send', () => {
    expect(printed({ tier: 'gold' })).toContain('a header that any client can send');
  });

  test('warns about the size of a body', () => {
    expect(printed({ contentLengthBelow: 1000 })).toContain('bytes are not tokens');
  });

  test('warns about a region without nodes', () => {
    expect(printed({ region: 'eu' })).toContain(`test/qwen" runs in any region; set placement: Placement.nodeLabels`);
    const placement = Placement.nodeLabels({ 'topology.kubernetes.io/region': 'us' });
    expect(printed({ region: 'eu' }, { placement })).toContain('runs in us');
  });

  test('of a region does not warn about nodes of that region', () => {
    const placement = Placement.nodeLabels({ 'topology.kubernetes.io/region': 'eu' });
    expect(printed({ region: 'eu' }, { placement })).toBe('');
  });

  const lengths = (short: number, rest: number): string => {
    const app = new RoutedApp();
    const to = (name: string, maxModelLen: number) => [app.to(name, { engine: { maxModelLen } })];
    const routes = [{ promptLength: PromptLength.SHORT, to: to('short', short) }, { to: to('rest', rest) }];
    return printedBy(() => app.routes({ routes }));
  };

  test('warns about a short context for requests without a length', () => {
    expect(lengths(16384, 4096)).toContain('its context of 4096 tokens is shorter than the 16384 of routes[0]');
    expect(lengths(4096, 16384)).toBe('');
    expect(lengths(4096, 4096)).toBe('');
  });

  test('warns about a short context for requests without a length beside a route for long prompts', () => {
    const app = new RoutedApp();
    const to = (name: string, maxModelLen: number) => [app.to(name, { engine: { maxModelLen } })];
    const routes = [{ promptLength: PromptLength.LONG, to: to('long', 16384) }, { to: to('rest', 4096) }];
    expect(printedBy(() => app.routes({ routes }))).toContain(
      'routes[1].to: receives requests without a length, and its context of 4096 tokens is shorter than the 16384 of routes[0]; set promptLength: PromptLength.SHORT in routes[1], and make routes[0] the last route',
    );
  });

  test('does not print the value of a key in a header', () => {
    const app = new RoutedApp();
    const routes = [{ headers: { authorization: 'Bearer sk-1' }, to: [app.to('qwen')] }];
    expect(refusal(() => app.routes({ routes }))).not.toContain('sk-1');
  });

  test.each([
    ['/v1', 'the base URL of clients is /v1/v1; remove it [route-prefix-version]'],
    ['/chat/v1', 'the base URL of clients is /chat/v1/v1; set "/chat" [route-prefix-version]'],
  ])('warns about the prefix %s', (pathPrefix, message) => {
    expect(printed({ pathPrefix })).toContain(message);
  });

  test.each(['/chat', '/v1x', '/v1/chat'])('does not warn about the prefix %s', (pathPrefix) => {
    expect(printed({ pathPrefix })).toBe('');
  });

  /** What routes report, each to a stack with a context of this length. */
  const reported = (...routes: [route: Route & { hostnames?: string[] }, maxModelLen: number][]): string => {
    const app = new RoutedApp();
    const made = routes.map(([route, maxModelLen], at) => ({
      ...route,
      to: [app.to(`s${at}`, { engine: { maxModelLen } })],
    }));
    let lines: string[] = [];
    printedBy(() => (lines = linesOf(app.routes({ routes: made }))));
    return lines.filter((line) => line.startsWith('route-l')).join('\n');
  };
  const short = { promptLength: PromptLength.SHORT };
  const long = { promptLength: PromptLength.LONG };

  test('of short prompts compares the route for requests without a length, not that for long ones', () => {
    const lines = reported([short, 8192], [long, 16384], [{}, 4096]);
    expect(lines).toContain(
      'route-long-default routes[2].to: receives requests without a length, and its context of 4096',
    );
  });

  test('of short prompts compares the route of the same hostnames', () => {
    const own = { hostnames: ['own.example.com'] };
    expect(reported([own, 2048], [short, 4096], [{}, 16384])).toBe('');
  });

  test('of short prompts compares a route with fewer conditions', () => {
    const team = { headers: { team: 'a' } };
    expect(reported([{ ...team, ...short }, 8192], [{}, 4096])).toContain('route-long-default routes[1].to');
  });

  test('reports short prompts without a route for those without a length', () => {
    const line =
      'route-length-open routes[0]: is for short prompts, and no route receives the same requests without a length: they get 404; add a last route to the stack for long prompts';
    expect(reported([short, 4096])).toBe(line);
    expect(reported([short, 4096], [long, 16384])).toBe(line);
    expect(reported([short, 4096], [{ headers: { team: 'a' } }, 16384])).toBe(line);
    expect(reported([short, 4096], [{}, 16384])).toBe('');
    expect(reported([long, 16384])).toBe('');
  });

  test('refuses a pattern of a header where the gateway has none', () => {
    const app = new RoutedApp();
    const gateway = existing(GatewayImplementation.gke());
    const message = refusal(() =>
      app.routes({ gateway, routes: [{ contentLengthBelow: 1000, to: [app.to('qwen')] }] }),
    );
    expect(message).toContain('matches a pattern of a header, and GKE Gateway does not support that; use promptLength');
  });
});

describe('the list of models', () => {
  const app = (routes: Route[], more: Partial<ModelRoutesProps> = {}) => {
    const made = new RoutedApp();
    const construct = made.routes({
      routes: routes.map((route, at) => ({ ...route, to: [made.to(`s${at}`)] })),
      ...more,
    });
    return { made, construct };
  };
  const model = 'Qwen/Qwen3-8B';

  test('is that of the first route, if every route needs a header', () => {
    const { made } = app([{ model }, { headers: { a: 'b' } }]);
    const rules = rulesOf(made.manifests('HTTPRoute')[0]);
    expect(rules.at(-1)).toEqual(['s0-svc', ['/v1/models']]);
    expect(rules).toHaveLength(3);
  });

  test('is that of the route for any request', () => {
    const { made } = app([{ model }, {}]);
    expect(rulesOf(made.manifests('HTTPRoute')[0])).toHaveLength(2);
  });

  test('is absent with a single route, which shares its hostname', () => {
    const { made } = app([{ model }]);
    expect(rulesOf(made.manifests('HTTPRoute')[0])).toHaveLength(1);
  });

  test('is absent where no route exposes it', () => {
    const { made } = app([{ model, paths: ['/v1/completions'] }]);
    expect(rulesOf(made.manifests('HTTPRoute')[0])).toEqual([
      ['s0-svc', [`/v1/completions X-Gateway-Model-Name=${model}`]],
    ]);
  });

  test('has all models if the gateway answers', () => {
    const { made } = app([{ model }, {}], { listAllModels: true });
    const rules = rulesOf(made.manifests('HTTPRoute')[0]);
    expect(rules.at(-1)).toEqual(['', ['/v1/models']]);
    expect(rules[1]?.[1]).not.toContain('/v1/models');
    const [filter] = made.manifests('HTTPRouteFilter');
    expect(JSON.parse(filter.spec.directResponse.body.inline as string)).toEqual({
      object: 'list',
      data: [{ id: model, object: 'model', created: 0, owned_by: 'vllm' }],
    });
  });

  test('has all models beside the list of a prefix', () => {
    const { made } = app([{ pathPrefix: '/llama', paths: ['/v1/models'] }, {}], { listAllModels: true });
    const [prefixed] = made.manifests('HTTPRoute');
    expect(rulesOf(prefixed)).toContainEqual(['s0-svc', ['/llama/v1/models']]);
  });

  test('is that of the first route, if only other methods need no header', () => {
    const { made } = app([{ model }, { method: HttpMethod.POST }]);
    expect(rulesOf(made.manifests('HTTPRoute')[0]).at(-1)).toEqual(['s0-svc', ['/v1/models']]);
  });

  test('doubles a percent sign, which Envoy would read as an operator', () => {
    const made = new RoutedApp();
    const stack = made.to('a', { model: modelNamed('50%') });
    made.routes({ listAllModels: true, routes: [{ to: [stack] }] });
    expect(made.manifests('HTTPRouteFilter')[0].spec.directResponse.body.inline).toContain('"50%%"');
  });

  test('is reported if it lacks models', () => {
    const made = new RoutedApp();
    const other = made.to('b', { model: modelNamed('b') });
    const construct = made.routes({ routes: [{ model: 'b', to: [other] }, { to: [made.to('a')] }] });
    expect(linesOf(construct).join()).toContain(`lists ${model} only; set listAllModels if the gateway supports it`);
  });

  test('is not reported with one model for each hostname', () => {
    const made = new RoutedApp();
    const other = { hostnames: ['b.example.com'], to: [made.to('b', { model: modelNamed('b') })] };
    expect(linesOf(made.routes({ routes: [other, { to: [made.to('a')] }] })).join()).not.toContain(
      'route-models-partial',
    );
  });

  test('is not reported with one model', () => {
    expect(linesOf(app([{}]).construct).join()).not.toContain('route-models-partial');
  });

  test.each([
    ['Istio', GatewayImplementation.istio()],
    ['kgateway', GatewayImplementation.kgateway()],
  ])('refuses to be the gateway’s own where it cannot answer: %s', (title, implementation) => {
    const made = new RoutedApp();
    const gateway = existing(implementation);
    const routes = [{ to: [made.to('a')] }];
    expect(refusal(() => made.routes({ gateway, listAllModels: true, routes }))).toContain(
      `listAllModels: answers requests itself, and ${title} does not support that`,
    );
  });
});

const modelNamed = (name: string) => Model.of('Qwen/Qwen3-8B', { servedNames: [name] });
