import { evaluate } from '../route-evaluator';
import { gateway, route, rule, service } from './objects';
import type { Gateway, HttpRoute, Listener, Manifest } from './resources';

const services = ['a', 'b', 'c'].map((name) => service(name));

function reached(objects: Manifest[], host: string, path = '/', port?: number): string | number {
  const outcome = evaluate([...objects, ...services], { host, path, port });
  return 'backend' in outcome ? outcome.backend.name : outcome.status;
}

const to = (backend: string, ...hostnames: string[]): HttpRoute =>
  route(`to-${backend}`, [rule('/', backend)], hostnames.length > 0 ? { hostnames } : {});
const listeners = (...all: Partial<Listener>[]): Gateway => gateway(all);

test.each([
  ['eu.api.example.com', 'a'],
  ['EU.api.example.com:8080', 'a'],
  ['us.api.example.com', 'b'],
  ['x.example.com', 'c'],
  ['a.b.api.example.com', 'b'],
  ['api.example.com', 'c'],
  ['example.com', 404],
  ['example.org', 404],
])('%s: exact before wildcard, longest wildcard first: %s', (host, expected) => {
  const routes = [to('c', '*.example.com'), to('b', '*.api.example.com'), to('a', 'eu.api.example.com')];
  expect(reached([gateway(), ...routes], host)).toBe(expected);
});

test('an exact hostname has precedence over a wildcard of the same length', () => {
  const routes = [to('a', '*.example.com'), to('b', 'x.example.com')];
  expect(reached([gateway(), ...routes], 'x.example.com')).toBe('b');
});

test('a hostname decides before the path', () => {
  const exact = route('exact', [rule('/', 'a')], { hostnames: ['api.example.com'] });
  const wildcard = route('wildcard', [rule('=/v1/models', 'b')], { hostnames: ['*.example.com'] });
  expect(reached([gateway(), exact, wildcard], 'api.example.com', '/v1/models')).toBe('a');
});

test('a less specific hostname gets nothing that the more specific one does not match', () => {
  const exact = route('exact', [rule('/v1', 'a')], { hostnames: ['api.example.com'] });
  expect(reached([gateway(), exact, to('b', '*.example.com'), to('c')], 'api.example.com', '/other')).toBe(404);
});

test.each([
  [undefined, 'api.example.com', 'api.example.com', 'a'],
  ['api.example.com', undefined, 'api.example.com', 'a'],
  ['api.example.com', undefined, 'other.example.com', 404],
  ['*.example.com', 'api.example.com', 'api.example.com', 'a'],
  ['*.example.com', 'api.example.org', 'api.example.org', 404],
  ['api.example.com', '*.example.com', 'api.example.com', 'a'],
  ['api.example.com', '*.example.com', 'x.example.com', 404],
  ['*.example.com', '*.api.example.com', 'x.api.example.com', 'a'],
  ['*.example.com', '*.api.example.com', 'x.example.com', 404],
])('listener %s, route %s: %s goes to %s', (listener, hostname, host, expected) => {
  const routes = to('a', ...(hostname ? [hostname] : []));
  expect(reached([listeners({ hostname: listener }), routes], host)).toBe(expected);
});

test('a request belongs to the most specific listener, with the routes of that listener only', () => {
  const both = listeners({ name: 'any' }, { name: 'eu', hostname: 'eu.example.com' });
  const any = { ...to('a'), spec: { ...to('a').spec, parentRefs: [{ name: 'gw', sectionName: 'any' }] } };
  expect(reached([both, any], 'us.example.com')).toBe('a');
  expect(reached([both, any], 'eu.example.com')).toBe(404);
});

test.each([
  ['name', { name: 'other' }],
  ['namespace', { name: 'gw', namespace: 'other' }],
  ['kind', { name: 'gw', kind: 'Service', group: '' }],
])('a route with another %s in parentRefs is not attached', (_, parent) => {
  expect(reached([gateway(), route('r', [rule('/', 'a')], { parentRefs: [parent] })], 'x')).toBe(404);
});

test('a port of parentRefs attaches to the listeners of that port', () => {
  const two = listeners({ port: 80 }, { port: 8080 });
  const bound = { ...to('a'), spec: { ...to('a').spec, parentRefs: [{ name: 'gw', port: 8080 }] } };
  expect(reached([two, bound], 'x', '/', 8080)).toBe('a');
  expect(reached([two, bound], 'x', '/', 80)).toBe(404);
});

describe('namespaces', () => {
  const other = route('r', [rule('/', 'a')], {
    metadata: { namespace: 'other' },
    parentRefs: [{ name: 'gw', namespace: 'llm' }],
  });
  const namespace = (labels: Record<string, string>): Manifest => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'other', labels },
  });
  const from = (namespaces: NonNullable<Listener['allowedRoutes']>['namespaces']) =>
    reached(
      [listeners({ allowedRoutes: { namespaces } }), namespace({ team: 'ml' }), service('a', 'other'), other],
      'x',
    );

  test.each<[string, NonNullable<Listener['allowedRoutes']>['namespaces'], string | number]>([
    ['unset', undefined, 404],
    ['Same', { from: 'Same' }, 404],
    ['None', { from: 'None' }, 404],
    ['All', { from: 'All' }, 'a'],
    ['the label', { from: 'Selector', selector: { matchLabels: { team: 'ml' } } }, 'a'],
    ['another label', { from: 'Selector', selector: { matchLabels: { team: 'web' } } }, 404],
    ['its name', { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }, 'a'],
    [
      'In',
      { from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['ml'] }] } },
      'a',
    ],
    [
      'NotIn',
      { from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['ml'] }] } },
      404,
    ],
  ])('a route of another namespace, allowedRoutes %s', (_, namespaces, expected) => {
    expect(from(namespaces)).toBe(expected);
  });

  test('a listener for GRPCRoutes takes no HTTPRoute', () => {
    expect(reached([listeners({ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } }), to('a')], 'x')).toBe(404);
  });
});

test('fails without a Gateway, and with two and no choice', () => {
  const request = { host: 'x', path: '/' };
  expect(() => evaluate([to('a')], request)).toThrow('has 0');
  const two = [gateway(), gateway([{}], 'gw2')];
  expect(() => evaluate(two, request)).toThrow('has 2');
  expect(evaluate(two, request, { gateway: 'llm/gw2' })).toMatchObject({ status: 404 });
});
