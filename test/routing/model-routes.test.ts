import { SmokeTest } from '../../lib';
import { RoutedApp, existing, refusal } from '../support/routing';

describe('properties of ModelRoutes', () => {
  const valid = { name: 'llm', gateway: existing(), hostnames: ['a.b'] };
  test.each<[title: string, props: object, message: string]>([
    ['no routes', { routes: [] }, 'routes: is []'],
    ['routes that are no list', { routes: {} }, 'routes: is'],
    ['a name that begins with a digit', { name: '1a' }, 'name: is "1a"'],
    ['a name of 41 characters', { name: 'a'.repeat(41) }, 'at most 40 characters'],
    ['no name', { name: undefined }, 'name: is required'],
    ['no target', { routes: [{ tier: 'gold' }] }, 'routes[0].to: is required'],
    ['a stack in place of a target', { routes: [{ to: [new RoutedApp().stack('a')] }] }, 'give a RouteTarget'],
    ['an unknown property', { timeout: 5 }, 'timeout: unknown property'],
    ['a namespace with a dot', { namespace: 'a.b' }, 'namespace: is "a.b"'],
    ['a list of models as text', { listAllModels: 'yes' }, 'listAllModels: is "yes"; give true or false'],
    [
      'an error that is acknowledged',
      { routes: [{ to: [] }], acknowledge: { 'route-reaches-nothing': 'x' } },
      'an error cannot be acknowledged',
    ],
    [
      'a smoke test without an address',
      { hostnames: undefined, smokeTest: SmokeTest.job() },
      '[smoke-test-url-missing]',
    ],
  ])('refuses %s', (_, props, message) => {
    const app = new RoutedApp();
    const routes = [{ to: [app.to('qwen')] }];
    expect(refusal(() => app.routes({ ...valid, routes, ...props }))).toContain(message);
  });

  test('reports all mistakes together', () => {
    const app = new RoutedApp();
    const message = refusal(() => app.routes({ ...valid, routes: [{ to: [] }, { model: 'x', to: [app.to('a')] }] }));
    expect(message).toContain('has 2 problems');
  });
});
