import { evaluate, type RoutedRequest } from '../route-evaluator';
import { directResponse, extension, gateway, grant, route, rule, service } from './objects';
import type { Filter, Manifest, Rule } from './resources';

function run(rules: Rule, extra: Manifest[] = [], request: Partial<RoutedRequest> = {}, backendKinds?: string[]) {
  const objects = [gateway(), service('a'), service('b'), route('r', [rules]), ...extra];
  return evaluate(objects, { host: 'api.example.com', path: '/chat/x?y=1', ...request }, { backendKinds });
}

describe('weights', () => {
  test('a share is the weight over the sum, and the default weight is 1', () => {
    const weighted = {
      backendRefs: [
        { name: 'a', port: 80, weight: 3 },
        { name: 'b', port: 80 },
      ],
    };
    expect(run(weighted)).toMatchObject({ backend: { name: 'a' }, backends: [{ share: 0.75 }, { share: 0.25 }] });
  });

  test('a weight of 0 gets nothing', () => {
    expect(run(rule('/', { a: 0, b: 5 }))).toMatchObject({
      backend: { name: 'b', share: 1 },
      backends: [{ share: 0 }, {}],
    });
  });

  test('weights of 0 only, and no backend at all, are a 500', () => {
    expect(run(rule('/', { a: 0, b: 0 }))).toMatchObject({ status: 500 });
    expect(run({ matches: [{}] })).toMatchObject({ status: 500 });
    expect(run(rule('/', { absent: 1, a: 0 }))).toMatchObject({ status: 500 });
  });

  test('an invalid backend keeps its share', () => {
    const backends = [{ name: 'a' }, { name: 'absent', share: 0.5, invalid: 'BackendNotFound' }];
    expect(run(rule('/', { a: 1, absent: 1 }))).toMatchObject({ backends });
  });
});

describe('backends', () => {
  const elsewhere = { backendRefs: [{ name: 'a', namespace: 'other', port: 80 }] };
  const there = service('a', 'other');

  test('another namespace needs a ReferenceGrant there', () => {
    expect(run(elsewhere, [there])).toMatchObject({ status: 500, why: 'RefNotPermitted' });
    expect(run(elsewhere, [there, grant('llm', 'other')])).toMatchObject({ backend: { namespace: 'other' } });
  });

  test('a ReferenceGrant holds for its namespaces, kinds and names only', () => {
    expect(run(elsewhere, [there, grant('web', 'other')])).toMatchObject({ status: 500 });
    expect(run(elsewhere, [there, grant('llm', 'third')])).toMatchObject({ status: 500 });
    expect(run(elsewhere, [there, grant('llm', 'other', { name: 'b' })])).toMatchObject({ status: 500 });
    expect(run(elsewhere, [there, grant('llm', 'other', { name: 'a' })])).toMatchObject({ backend: { name: 'a' } });
    expect(run(elsewhere, [there, grant('llm', 'other', { kind: 'Secret' })])).toMatchObject({ status: 500 });
  });

  test('a missing Service, a missing port and an unsupported kind are a 500', () => {
    expect(run(rule('/', 'absent'))).toMatchObject({ status: 500, why: 'BackendNotFound' });
    expect(run(rule('/', 'c'), [service('c', 'other')])).toMatchObject({ status: 500, why: 'BackendNotFound' });
    expect(run({ backendRefs: [{ name: 'a', port: 81 }] })).toMatchObject({ status: 500, why: 'PortNotFound' });
    const pool = { backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'p' }] };
    expect(run(pool)).toMatchObject({ status: 500, why: 'InvalidKind' });
  });

  test('a gateway that supports pools forwards to a pool', () => {
    const group = 'inference.networking.k8s.io';
    const pool = { apiVersion: `${group}/v1`, kind: 'InferencePool', metadata: { name: 'p', namespace: 'llm' } };
    const rules = { backendRefs: [{ group, kind: 'InferencePool', name: 'p' }] };
    expect(run(rules, [pool], {}, ['Service', 'InferencePool'])).toMatchObject({ backend: { kind: 'InferencePool' } });
  });
});

describe('filters', () => {
  const filtered = (filter: Filter) => rule('/chat', 'a', { filters: [filter] });

  test('URLRewrite changes path and host, and keeps the query', () => {
    const urlRewrite = {
      hostname: 'in.example',
      path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v1' },
    } as const;
    const outcome = run(filtered({ type: 'URLRewrite', urlRewrite }));
    expect(outcome).toMatchObject({ path: '/v1/x?y=1', host: 'in.example' });
  });

  test('RequestHeaderModifier sets, adds and removes', () => {
    const requestHeaderModifier = {
      set: [{ name: 'X-Tier', value: 'gold' }],
      add: [
        { name: 'x-a', value: '2' },
        { name: 'x-b', value: '3' },
      ],
      remove: ['X-Gone'],
    };
    const request = { headers: { 'x-tier': 'none', 'x-a': '1', 'x-gone': 'x' } };
    const outcome = run(filtered({ type: 'RequestHeaderModifier', requestHeaderModifier }), [], request);
    expect(outcome).toMatchObject({ headers: { 'x-tier': 'gold', 'x-a': '1, 2', 'x-b': '3' } });
    expect(outcome).not.toHaveProperty('headers.x-gone');
  });

  test('a direct response answers with its status, by default 200', () => {
    expect(run(filtered(extension('f')), [directResponse('f', 404)])).toMatchObject({ status: 404, rule: 0 });
    const unset = { ...directResponse('f', 404), spec: { directResponse: {} } };
    expect(run(filtered(extension('f')), [unset])).toMatchObject({ status: 200 });
  });

  test('a filter that does not exist is a 500', () => {
    expect(run(filtered(extension('absent')))).toMatchObject({ status: 500 });
  });

  test('a redirect answers with its status, by default 302', () => {
    expect(run({ filters: [{ type: 'RequestRedirect', requestRedirect: {} }] })).toMatchObject({ status: 302 });
    const permanent: Filter = { type: 'RequestRedirect', requestRedirect: { statusCode: 301 } };
    expect(run({ filters: [permanent] })).toMatchObject({ status: 301 });
  });
});

test('the outcome names route, rule, match and timeouts', () => {
  const second = {
    ...rule('/x', 'b'),
    matches: [{ path: { value: '/y' } }, { path: { value: '/chat' } }],
    timeouts: { request: '0s' },
  };
  const objects = [gateway(), service('a'), service('b'), route('r', [rule('/a', 'a'), second])];
  const outcome = evaluate(objects, { host: 'h', path: '/chat' });
  expect(outcome).toMatchObject({ route: 'llm/r', rule: 1, match: 1, timeouts: { request: '0s' } });
});
