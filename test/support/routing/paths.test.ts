import { normalise, rewritePath } from './paths';

test.each([
  ['/v1/models', '/v1/models'],
  ['/v1//chat', '/v1/chat'],
  ['//metrics', '/metrics'],
  ['/v1/../metrics', '/metrics'],
  ['/v1/./models', '/v1/models'],
  ['/v1/x/..', '/v1/'],
  ['/../../metrics', '/metrics'],
  ['/v1/chat/%2e%2e/%2E%2E/metrics', '/metrics'],
  ['/v1/chat\\..\\..\\metrics', '/metrics'],
  ['/v1/chat/..;x=1/models', '/v1/models'],
  ['/v1/chat/%2e%2e;/models', '/v1/chat/..;/models'],
  ['/v1/a%20b', '/v1/a%20b'],
  ['/v1/%252e%252e/x', '/v1/%252e%252e/x'],
  ['/', '/'],
])('%s is read as %s', (path, expected) => expect(normalise(path)).toEqual({ path: expected }));

test.each([
  ['/v1/chat/..%2f..%2fmetrics', '/metrics'],
  ['/v1%2Fmodels', '/v1/models'],
  ['/v1%5cmodels', '/v1/models'],
])('%s is redirected to %s', (path, location) => expect(normalise(path)).toEqual({ status: 307, location }));

test.each(['/v1#x', '/v1/%00', '/v1/\u00fc'])('%s is refused', (path) =>
  expect(normalise(path)).toEqual({ status: 400 }),
);

// kubernetes-sigs/gateway-api:apis/v1/httproute_types.go, the table at ReplacePrefixMatch.
test.each([
  ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
  ['/foo', '/foo', '/xyz', '/xyz'],
  ['/foo/', '/foo', '/xyz', '/xyz/'],
  ['/foo/bar', '/foo', '', '/bar'],
  ['/foo/', '/foo', '', '/'],
  ['/foo', '/foo', '', '/'],
  ['/foo/', '/foo', '/', '/'],
  ['/foo', '/foo', '/', '/'],
])('%s with prefix %s replaced by "%s" is %s', (path, prefix, replacePrefixMatch, expected) => {
  expect(rewritePath(path, prefix, { type: 'ReplacePrefixMatch', replacePrefixMatch })).toBe(expected);
});

test('a full path replaces the whole path', () => {
  const modifier = { type: 'ReplaceFullPath', replaceFullPath: '/v1/models' } as const;
  expect(rewritePath('/a/b', '/', modifier)).toBe('/v1/models');
});
