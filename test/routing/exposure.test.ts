import type { ModelRoutesProps } from '../../lib';
import { GatewayImplementation, Model, VllmVersion } from '../../lib';
import { RoutedApp, existing, printedBy, refusal, rulesOf } from '../support/routing';

type Route = Omit<ModelRoutesProps['routes'][number], 'to'>;

const pathsOf = (route: Route, props = {}): string[] => {
  const app = new RoutedApp();
  printedBy(() => app.routes({ routes: [{ ...route, to: [app.to('qwen', props)] }] }));
  return app.manifests('HTTPRoute').flatMap((each) => rulesOf(each).flatMap(([, matches]) => matches));
};

describe('the paths of a route', () => {
  test('are exact', () => {
    const app = new RoutedApp();
    app.routes({ routes: [{ to: [app.to('qwen')] }] });
    const types = app
      .manifests('HTTPRoute')[0]
      .spec.rules[0].matches.map(({ path }: { path: { type: string } }) => path.type);
    expect(new Set(types)).toEqual(new Set(['Exact']));
  });

  test('are never the root, nor a path without a key', () => {
    for (const path of pathsOf({})) expect(path).toMatch(/^\/v[12]\//);
    expect(pathsOf({})).not.toContain('/metrics');
  });

  test('are those that the user lists', () => {
    expect(pathsOf({ paths: ['/v1/models', '/v1/chat/completions'] })).toEqual(['/v1/models', '/v1/chat/completions']);
  });

  test('with a variable part are a prefix of whole segments', () => {
    const app = new RoutedApp();
    app.routes({ routes: [{ paths: ['/v1/responses/{response_id}'], to: [app.to('qwen')] }] });
    expect(app.manifests('HTTPRoute')[0].spec.rules[0].matches[0].path).toEqual({
      type: 'PathPrefix',
      value: '/v1/responses/',
    });
  });

  test('of several stacks are those that all answer', () => {
    const app = new RoutedApp();
    const old = app.to('old', { vllmVersion: VllmVersion.of('0.10.0') });
    const write = printedBy(() => app.routes({ routes: [{ to: [old] }] }, 'Old'));
    expect(write).toBe('');
    expect(rulesOf(app.manifests('HTTPRoute')[0])[0]?.[1]).not.toContain('/v1/messages');
  });

  test.each<[title: string, route: Route, message: string]>([
    ['the root', { paths: ['/'] }, 'routes[0].paths[0]: is "/"'],
    ['a relative path', { paths: ['v1/models'] }, 'give a path of the API'],
    ['a path upwards', { paths: ['/v1/../metrics'] }, 'give a path of the API'],
    ['a path with a query', { paths: ['/v1/models?a=b'] }, 'give a path of the API'],
    ['a misspelt path', { paths: ['/v1/chat/completion'] }, 'did you mean "/v1/chat/completions"?'],
    ['a path twice', { paths: ['/v1/models', '/v1/models'] }, 'routes[0].paths[1]: is "/v1/models" again'],
    ['no path', { paths: [] }, 'routes[0].paths: is []'],
    ['a path of another release', { paths: ['/v1/decisions'] }, 'does not have in its version of vLLM'],
  ])('refuses %s', (_, route, message) => {
    const app = new RoutedApp();
    expect(refusal(() => app.routes({ routes: [{ ...route, to: [app.to('qwen')] }] }))).toContain(message);
  });

  test('warns about a path of another task', () => {
    const app = new RoutedApp();
    const routes = [{ paths: ['/v1/embeddings'], to: [app.to('qwen')] }];
    expect(printedBy(() => app.routes({ routes }))).toContain('answers 404 or 403: it needs pooling model + embedding');
  });

  test('warns about a path that no key guards', () => {
    const app = new RoutedApp();
    const routes = [{ paths: ['/metrics'], to: [app.to('qwen')] }];
    expect(printedBy(() => app.routes({ routes }))).toContain('answers without an API key');
  });

  test('of a classifier must be listed, since no key guards them', () => {
    const app = new RoutedApp();
    const model = Model.of('Skywork/Skywork-Reward-Llama-3.1-8B-v0.2');
    expect(refusal(() => app.routes({ routes: [{ to: [app.to('a', { model })] }] }))).toContain(
      'with the task classify, of which no path is exposed by default but /v1/models; set paths of the route',
    );
    const routes = [{ paths: ['/classify'], to: [app.to('b', { model })] }];
    expect(printedBy(() => app.routes({ routes, acknowledge: { 'route-unguarded': 'test' } }, 'Listed'))).toBe('');
  });
});

describe('a path prefix', () => {
  const route = (implementation: GatewayImplementation) => {
    const app = new RoutedApp();
    const routes = [{ pathPrefix: '/llama', paths: ['/v1/completions', '/v1/models'], to: [app.to('llama')] }];
    printedBy(() => app.routes({ gateway: existing(implementation), routes }));
    return app.manifests('HTTPRoute')[0];
  };

  test('makes an HTTPRoute of its own, with a rule for each path', () => {
    const { metadata, spec } = route(GatewayImplementation.istio());
    expect(metadata.name).toBe('llm-llama');
    expect(spec.rules).toHaveLength(2);
    expect(spec.rules[0]).toMatchObject({
      matches: [{ path: { type: 'Exact', value: '/llama/v1/completions' } }],
      filters: [
        { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/v1/completions' } } },
      ],
    });
  });

  test('is rewritten as a prefix where the gateway refuses anything else', () => {
    expect(route(GatewayImplementation.gke()).spec.rules[0]).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/llama/v1/completions' } }],
      filters: [{ urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1/completions' } } }],
    });
  });

  test.each([['llama'], ['/llama/'], ['/'], ['/a/../b'], ['/a b'], ['/a?b'], ['//a'], ['']])(
    'refuses %j',
    (pathPrefix) => {
      const app = new RoutedApp();
      expect(refusal(() => app.routes({ routes: [{ pathPrefix, to: [app.to('qwen')] }] }))).toContain(
        'routes[0].pathPrefix',
      );
    },
  );

  test('refuses more than 16 rules in one HTTPRoute', () => {
    const app = new RoutedApp();
    const tiers = ['a', 'b', 'c'].map((tier) => ({ tier, pathPrefix: '/llama', to: [app.to(tier)] }));
    const message = refusal(() => app.routes({ routes: tiers }));
    expect(message).toContain('make an HTTPRoute "llm-llama" of 21 rules, and the Gateway API allows 16');
    expect(message).toContain('list fewer paths, or use a second ModelRoutes');
  });

  test('refuses two that make one name', () => {
    const app = new RoutedApp();
    const routes = ['/a-b', '/a_b'].map((pathPrefix, at) => ({ pathPrefix, to: [app.to(`s${at}`)] }));
    expect(refusal(() => app.routes({ routes }))).toContain('[route-name-clash]');
  });
});

describe('the size of an HTTPRoute', () => {
  const tiers = (count: number, paths?: string[]) => {
    const app = new RoutedApp();
    const routes = Array.from({ length: count }, (_, at) => ({ tier: `t${at}`, paths, to: [app.to(`s${at}`)] }));
    return () => app.routes({ routes, acknowledge: { 'route-tier-header': 'test' } });
  };

  test('may be 15 classes of all paths', () => {
    expect(tiers(15)).not.toThrow();
  });

  test('refuses 17 classes', () => {
    expect(refusal(tiers(17, ['/v1/completions']))).toContain(
      'of 17 rules, and the Gateway API allows 16; give some routes hostnames, or use a second ModelRoutes',
    );
  });

  test('may be 16 classes, without room for a list of models of its own', () => {
    expect(tiers(16)).not.toThrow();
  });

  test('refuses 16 classes with a list of all models, which is a rule more', () => {
    const app = new RoutedApp();
    const routes = Array.from({ length: 16 }, (_, at) => ({ headers: { a: String(at) }, to: [app.to(`s${at}`)] }));
    expect(refusal(() => app.routes({ routes, listAllModels: true }))).toContain(
      'of 17 rules, of which one is for /v1/models, and the Gateway API allows 16',
    );
  });

  test('refuses 129 matches', () => {
    const app = new RoutedApp();
    const paths = ['/v1/chat/completions', '/v1/completions', '/v1/models'];
    const hosts = Array.from({ length: 16 }, (_, at) => ({ headers: { a: String(at) }, to: [app.to(`s${at}`)] }));
    const message = refusal(() =>
      app.routes({ routes: hosts.map((each, at) => (at === 0 ? each : { ...each, paths: [...MANY, ...paths] })) }),
    );
    expect(message).toMatch(/of \d+ matches, and the Gateway API allows 128/);
  });

  test('refuses 17 headers', () => {
    const app = new RoutedApp();
    const headers = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`x-${at}`, 'a']));
    expect(refusal(() => app.routes({ routes: [{ headers, to: [app.to('a')] }] }))).toContain(
      'routes[0]: make an HTTPRoute "llm" of 17 headers in one match, and the Gateway API allows 16; remove some headers',
    );
  });
});

describe('the list of all models', () => {
  test('fails with a route that has no other path', () => {
    const app = new RoutedApp();
    const route = { to: [app.to('a')], paths: ['/v1/models'] };
    expect(refusal(() => app.routes({ listAllModels: true, routes: [route] }))).toContain(
      'routes[0]: has only the path /v1/models, which the gateway answers itself with listAllModels; give it paths that',
    );
    expect(() => printedBy(() => app.routes({ routes: [route] }, 'Without'))).not.toThrow();
  });
});

describe('headers of a route whose paths are rewritten', () => {
  test('are refused in one line for all of its rules', () => {
    const app = new RoutedApp();
    const headers = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`x-${at}`, 'a']));
    const message = refusal(() => app.routes({ routes: [{ headers, pathPrefix: '/a', to: [app.to('a')] }] }));
    expect(message.match(/17 headers in one match/g)).toHaveLength(1);
  });
});

const MANY = [
  '/v1/chat/completions/batch',
  '/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/responses',
  '/v1/responses/{response_id}',
  '/v1/systemone',
];
