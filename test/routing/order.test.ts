import type { ModelRoutesProps } from '../../lib';
import { GatewayImplementation, HttpMethod, PromptLength } from '../../lib';
import { RoutedApp, existing, printedBy, refusal, rulesOf } from '../support/routing';

type Route = Omit<ModelRoutesProps['routes'][number], 'to'>;

/** Routes to one stack each: only their order and conditions matter. */
const listed = (...routes: Route[]) => {
  const app = new RoutedApp();
  return app.routes({ routes: routes.map((route, index) => ({ ...route, to: [app.to(`s${index}`)] })) });
};
const refused = (...routes: Route[]): string => refusal(() => listed(...routes));

describe('the order of routes', () => {
  test.each<[title: string, routes: Route[]]>([
    ['a header, then any request', [{ model: 'Qwen/Qwen3-8B' }, {}]],
    ['two values of one header', [{ tier: 'gold' }, { tier: 'silver' }]],
    ['two headers, then one of them', [{ tier: 'gold', promptLength: PromptLength.SHORT }, { tier: 'gold' }, {}]],
    ['two other headers, of which the first wins', [{ tier: 'gold' }, { region: 'eu' }, {}]],
    ['two hostnames', [{ hostnames: ['a.example.com'] }, { hostnames: ['b.example.com'] }, {}]],
    ['a hostname below a wildcard', [{ hostnames: ['a.b.example.com'] }, { hostnames: ['*.b.example.com'] }]],
    ['two prefixes', [{ pathPrefix: '/a' }, { pathPrefix: '/b' }, {}]],
    ['two paths', [{ paths: ['/v1/chat/completions'] }, { paths: ['/v1/completions'] }]],
    ['a path, then every path', [{ paths: ['/v1/completions'] }, {}]],
    ['a small size, then a larger one', [{ contentLengthBelow: 1000 }, { contentLengthBelow: 100_000 }, {}]],
  ])('may be %s', (_, routes) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => listed(...routes)).not.toThrow();
    write.mockRestore();
  });

  test.each<[title: string, routes: Route[], message: string]>([
    ['any request first', [{}, { tier: 'gold' }], 'put routes[1] before routes[0] [route-order]'],
    [
      'fewer headers first, of those that a request may have together',
      [{ tier: 'gold' }, { region: 'eu', promptLength: PromptLength.SHORT }],
      'gateways prefer more headers; put routes[1] before routes[0] [route-order]',
    ],
    [
      'a method before two headers, where it counts as one',
      [{ method: HttpMethod.POST }, { tier: 'a', region: 'b' }],
      'prefer more headers',
    ],
    ['the same conditions twice', [{ tier: 'gold' }, { tier: 'gold' }], 'routes[1]: receives no request: routes[0]'],
    ['any request twice', [{}, {}], 'remove it, or add a condition and put it first [route-unreachable]'],
    [
      'a larger size first',
      [{ contentLengthBelow: 100_000 }, { contentLengthBelow: 1000 }],
      'routes[1]: receives no request',
    ],
    [
      'all paths before some of them',
      [{}, { paths: ['/v1/completions'] }],
      'routes[0] has the same conditions or fewer and all of its paths, and comes first; put it first, or remove it [route-unreachable]',
    ],
    [
      'a wildcard before a hostname below it',
      [{ hostnames: ['*.b.example.com'] }, { hostnames: ['a.b.example.com'] }],
      'routes[1]: comes after routes[0], which accepts each of its requests too',
    ],
    [
      'one hostname in two lists',
      [
        { hostnames: ['a.example.com', 'b.example.com'], tier: 'gold' },
        { hostnames: ['b.example.com', 'c.example.com'], region: 'eu' },
      ],
      'of which a gateway prefers the older one; use the same hostnames for both',
    ],
  ])('refuses %s', (_, routes, message) => {
    expect(refused(...routes)).toContain(message);
  });

  test('refuses a header before a method where the standard prefers that', () => {
    const app = new RoutedApp();
    const gateway = existing(GatewayImplementation.istio());
    const routes = [
      { tier: 'gold', to: [app.to('a')] },
      { method: HttpMethod.POST, to: [app.to('b')] },
    ];
    expect(refusal(() => app.routes({ gateway, routes }))).toContain('gateways prefer a method');
    expect(() => printedBy(() => app.routes({ routes }, 'Envoy'))).not.toThrow();
  });

  const gaps = (...routes: Route[]): string => printedBy(() => listed(...routes));

  test('warns about a hostname whose routes do not fit what a wildcard would', () => {
    const message = gaps({ hostnames: ['a.b.example.com'], tier: 'gold' }, { hostnames: ['*.b.example.com'] });
    expect(message).toContain('routes[0]: has the hostname a.b.example.com of its own, so routes[1] never receives');
    expect(message).toContain('they get 404 (/v1/chat/completions)');
  });

  test('does not warn about a hostname whose routes fit every request', () => {
    expect(gaps({ hostnames: ['a.b.example.com'] }, { hostnames: ['*.b.example.com'] })).toBe('');
  });

  test('reports every route that is out of order', () => {
    const message = refused({}, { tier: 'gold' }, { region: 'eu' });
    expect(message).toContain('routes[1]: comes after routes[0]');
    expect(message).toContain('routes[2]: comes after routes[0]');
  });

  test('repeats every path in a route with a header, since gateways prefer a longer path to a header', () => {
    const app = new RoutedApp();
    const to = app.to('qwen');
    app.routes({ routes: [{ promptLength: PromptLength.SHORT, to: [app.to('short')] }, { to: [to] }] });
    const [route] = app.manifests('HTTPRoute');
    const [[, first] = ['', []], [, second] = ['', []]] = rulesOf(route);
    expect(first.map((line) => line.replace(' x-prompt-class=short', ''))).toEqual(second);
    expect(second.length).toBeGreaterThan(5);
  });

  test('refuses one path in two HTTPRoutes where policies would be refused', () => {
    const app = new RoutedApp();
    const gateway = existing(GatewayImplementation.nginxGatewayFabric());
    const routes = [
      { hostnames: ['a.example.com', 'b.example.com'], tier: 'gold', region: 'eu', to: [app.to('a')] },
      { hostnames: ['b.example.com'], region: 'eu', to: [app.to('b')] },
    ];
    expect(refusal(() => app.routes({ gateway, routes }))).toContain('[route-');
  });
});
