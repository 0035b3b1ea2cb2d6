import { evaluate, type RoutedRequest } from '../route-evaluator';
import { gateway, headers, route, rule, service } from './objects';
import type { HttpRoute, Rule } from './resources';

const services = ['a', 'b', 'c'].map((name) => service(name));

function winner(routes: HttpRoute[], request: Partial<RoutedRequest>): string | number {
  const outcome = evaluate([gateway(), ...services, ...routes], { host: 'api.example.com', path: '/', ...request });
  return 'backend' in outcome ? outcome.backend.name : outcome.status;
}

const of = (...rules: Rule[]) => [route('r', rules)];
const both = { method: 'POST', path: '/v1/models?x=1&y=2', headers: { 'X-Tier': 'gold', 'x-region': 'eu' } };
const query = (...names: string[]) => ({ queryParams: names.map((name, index) => ({ name, value: `${index + 1}` })) });

describe('the first difference decides', () => {
  test.each<[string, Rule, Rule]>([
    [
      'an exact path over a longer header list',
      rule('=/v1/models', 'a'),
      rule('/v1/models', 'b', headers({ 'x-tier': 'gold' })),
    ],
    [
      'a longer prefix over a method and headers',
      rule('/v1/models', 'a'),
      rule('/v1', 'b', { method: 'POST', ...headers({ 'x-tier': 'gold' }) }),
    ],
    [
      'a method over headers',
      rule('/v1', 'a', { method: 'POST' }),
      rule('/v1', 'b', headers({ 'x-tier': 'gold', 'x-region': 'eu' })),
    ],
    [
      'more headers over query parameters',
      rule('/v1', 'a', headers({ 'x-tier': 'gold', 'x-region': 'eu' })),
      rule('/v1', 'b', { ...headers({ 'x-tier': 'gold' }), ...query('x', 'y') }),
    ],
    ['more query parameters', rule('/v1', 'a', query('x', 'y')), rule('/v1', 'b', query('x'))],
  ])('%s, in any order', (_, better, worse) => {
    expect(winner(of(better, worse), both)).toBe('a');
    expect(winner(of(worse, better), both)).toBe('a');
  });
});

describe('ties', () => {
  test('the oldest route wins', () => {
    const young = route('a', [rule('/', 'a')], { metadata: { creationTimestamp: '2026-02-01T00:00:00Z' } });
    const old = route('b', [rule('/', 'b')], { metadata: { creationTimestamp: '2026-01-01T00:00:00Z' } });
    expect(winner([young, old], {})).toBe('b');
  });

  test('the name decides between routes of the same age', () => {
    expect(winner([route('z', [rule('/', 'b')]), route('m', [rule('/', 'a')])], {})).toBe('a');
  });

  test('the first rule of a route wins', () => {
    expect(winner(of(rule('/', 'b'), rule('/', 'a')), {})).toBe('b');
  });

  test('the number of characters of a header value does not matter', () => {
    const short = rule('/', 'a', headers({ 'x-tier': 'gold' }));
    const long = rule('/', 'b', { headers: [{ type: 'RegularExpression', name: 'x-tier', value: 'go+ld' }] });
    expect(winner(of(short, long), both)).toBe('a');
    expect(winner(of(long, short), both)).toBe('b');
  });
});

describe('matches', () => {
  const gold = of(rule('/v1', 'a', headers({ 'X-Tier': 'gold' })));

  test.each([
    ['the name of a header in any case', { headers: { 'x-TIER': 'gold' } }, 'a'],
    ['no other case of its value', { headers: { 'x-tier': 'Gold' } }, 404],
    ['no part of its value', { headers: { 'x-tier': 'golden' } }, 404],
    ['no missing header', {}, 404],
  ])('%s', (_, request, expected) => expect(winner(gold, { path: '/v1', ...request })).toBe(expected));

  test.each([
    ['/v1', 'a'],
    ['/v1/', 'a'],
    ['/v1/models', 'a'],
    ['/v1?x=1', 'a'],
    ['/v12', 404],
    ['/V1', 404],
    ['/', 404],
  ])('prefix /v1: %s goes to %s', (path, expected) => {
    expect(winner(of(rule('/v1', 'a')), { path })).toBe(expected);
    expect(winner(of(rule('/v1/', 'a')), { path })).toBe(expected);
  });

  test('an exact path does not match with a slash more', () => {
    expect(winner(of(rule('=/v1', 'a')), { path: '/v1' })).toBe('a');
    expect(winner(of(rule('=/v1', 'a')), { path: '/v1/' })).toBe(404);
  });

  test('a regular expression matches the whole text', () => {
    const rules = of(rule('/', 'a', { headers: [{ type: 'RegularExpression', name: 'x', value: 'a|bc' }] }));
    expect(winner(rules, { headers: { x: 'bc' } })).toBe('a');
    expect(winner(rules, { headers: { x: 'abc' } })).toBe(404);
    expect(winner(of(rule('~/v[12]', 'a')), { path: '/v2' })).toBe('a');
    expect(winner(of(rule('~/v[12]', 'a')), { path: '/v2/x' })).toBe(404);
  });

  test('only the first of two equal header names counts', () => {
    const headersTwice = [
      { name: 'x', value: '1' },
      { name: 'X', value: '2' },
    ];
    expect(winner(of(rule('/', 'a', { headers: headersTwice })), { headers: { x: '1' } })).toBe('a');
  });

  test('only the first of two equal query parameters of a request counts', () => {
    expect(winner(of(rule('/', 'a', query('x'))), { path: '/?x=1&x=2' })).toBe('a');
    expect(winner(of(rule('/', 'a', query('x'))), { path: '/?x=2&x=1' })).toBe(404);
  });

  test('a rule without matches takes every path', () => {
    expect(winner(of({ backendRefs: [{ name: 'a', port: 80 }] }), { path: '/anything', method: 'DELETE' })).toBe('a');
  });
});
