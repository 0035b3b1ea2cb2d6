import type { ModelRoutesProps } from '../../lib';
import { GatewayImplementation } from '../../lib';
import { RoutedApp, existing, printedBy } from '../support/routing';

type Route = Omit<ModelRoutesProps['routes'][number], 'to'>;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Names of the HTTPRoutes. */
function namesOf(routes: Route[], props: Partial<ModelRoutesProps> = {}): string[] {
  const app = new RoutedApp();
  const to = [app.to('qwen')];
  printedBy(() => app.routes({ ...props, routes: routes.map((route) => ({ ...route, to })) }));
  return app.manifests('HTTPRoute').map(({ metadata: { name } }) => name as string);
}

describe('the name of an HTTPRoute', () => {
  const common = { hostnames: ['llm.example.com'] };

  test.each<[title: string, routes: Route[]]>([
    ['first', [{ ...common, headers: { a: '1' } }, {}]],
    ['last', [{ headers: { a: '1' } }, common]],
    ['only', [common]],
  ])('is that of the routes, if a route repeats their hostnames: %s', (_, routes) => {
    expect(namesOf(routes)).toEqual(['llm']);
  });

  test('is the same in any order of its hostnames', () => {
    const one = namesOf([{ hostnames: ['a.example.com', 'b.example.com'] }]);
    expect(one).toEqual(['llm-a-example-com-b-example-com']);
    expect(namesOf([{ hostnames: ['b.example.com', 'a.example.com'] }])).toEqual(one);
  });

  test('is the same after another route is added', () => {
    const gold = { hostnames: ['gold.example.com'] };
    expect(namesOf([gold])).toEqual(['llm-gold-example-com']);
    expect(namesOf([{ hostnames: ['new.example.com'] }, gold])).toContain('llm-gold-example-com');
  });

  test.each([`${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`, '*.example.com', 'xn--bcher-kva.example.com'])(
    'is a DNS label: %s',
    (hostname) => {
      const [name = ''] = namesOf([{ hostnames: [hostname], pathPrefix: '/A_b~c.d' }], { name: 'a'.repeat(40) });
      expect(name).toMatch(DNS_LABEL);
    },
  );

  test('differs for two long hostnames with one beginning', () => {
    const hostname = (end: string): string => `${'a'.repeat(60)}.${end}.example.com`;
    expect(new Set(namesOf([{ hostnames: [hostname('x')] }, { hostnames: [hostname('y')] }])).size).toBe(2);
  });

  test('of a grant has both namespaces, since other routes of this name may need one there', () => {
    const app = new RoutedApp();
    const to = [app.to('qwen', { namespace: 'shared' })];
    app.routes({ routes: [{ to }] });
    app.routes({ namespace: 'team', hostnames: ['team.example.com'], routes: [{ to }] }, 'Team');
    expect(app.manifests('ReferenceGrant').map(({ metadata: { name } }) => name as string)).toEqual([
      'llm-routes-llm',
      'llm-routes-team',
    ]);
  });

  test('is shorter than 64 characters in each policy about it', () => {
    const app = new RoutedApp();
    const gateway = existing(GatewayImplementation.nginxGatewayFabric());
    const to = [app.to('qwen')];
    printedBy(() => app.routes({ gateway, routes: [{ hostnames: [`${'a'.repeat(60)}.example.com`], to }] }));
    const policies = app.manifests('ClientSettingsPolicy', 'ProxySettingsPolicy');
    expect(policies).toHaveLength(2);
    for (const { metadata } of policies) expect(metadata.name).toMatch(DNS_LABEL);
  });
});
