import { backends, gateway, headers, inNamespace, route, rule } from '../../support/routing/objects';
import type { Rule } from '../../support/routing/resources';
import { sample, type Scenario } from '../scenario';

const query = (...names: string[]) => ({ queryParams: names.map((name) => ({ name, value: '1' })) });
/** The rules of one contest have a hostname of their own. */
const contest = (name: string, ...rules: Rule[]) => route(name, rules, { hostnames: [`${name}.example.com`] });

/** Pairs of rules that both match: the better one goes to `a`. */
export const precedenceScenario: Scenario = {
  name: 'precedence',
  manifests: inNamespace('precedence', [
    gateway(),
    ...backends('a', 'b'),
    contest('exact-or-header', rule('/v1', 'b', headers({ x: '1' })), rule('=/v1/models', 'a')),
    contest(
      'longer-or-headers',
      rule('/v1', 'b', { method: 'POST', ...headers({ x: '1', y: '1' }) }),
      rule('/v1/models', 'a'),
    ),
    contest('more-headers', rule('/', 'b', headers({ x: '1' })), rule('/', 'a', headers({ x: '1', y: '1' }))),
    contest('header-or-query', rule('/', 'b', query('p', 'q')), rule('/', 'a', headers({ x: '1' }))),
    contest('more-query', rule('/', 'b', query('p')), rule('/', 'a', query('p', 'q'))),
    contest('method-or-nothing', rule('/', 'b'), rule('/', 'a', { method: 'POST' })),
    contest('method-or-query', rule('/', 'b', query('p', 'q')), rule('/', 'a', { method: 'POST' })),
    contest('method-or-header', rule('/', 'b', headers({ x: '1' })), rule('/', 'a', { method: 'POST' })),
    contest('method-or-headers', rule('/', 'b', headers({ x: '1', y: '1' })), rule('/', 'a', { method: 'POST' })),
    contest('first-rule', rule('/', 'a'), rule('/', 'b')),
    contest(
      'value-length',
      rule('/', 'a', headers({ x: '1' })),
      rule('/', 'b', { headers: [{ name: 'y', value: '1' }] }),
    ),
    route('name-b', [rule('/', 'b')], { hostnames: ['name.example.com'] }),
    route('name-a', [rule('/', 'a')], { hostnames: ['name.example.com'] }),
    // Two objects, one hostname: the longer path of the second one wins.
    route('split-1', [rule('/', 'b')], { hostnames: ['split.example.com'] }),
    route('split-2', [rule('/v1', 'a')], { hostnames: ['split.example.com'] }),
  ]),
  samples: [
    ...['exact-or-header', 'longer-or-headers', 'more-headers', 'header-or-query', 'more-query'].map((name) =>
      sample(`POST ${name}.example.com/v1/models?p=1&q=1`, { x: '1', y: '1' }, 'a'),
    ),
    ...['method-or-nothing', 'method-or-query', 'first-rule', 'name', 'split', 'value-length'].map((name) =>
      sample(`POST ${name}.example.com/v1/models?p=1&q=1`, { x: '1', y: '1' }, 'a'),
    ),
    // Envoy Gateway counts the method as one more header (envoyproxy/gateway:internal/gatewayapi/sort.go has no step for it),
    // so one header is a tie, which the first rule wins, and two headers win.
    sample('POST method-or-header.example.com/', { x: '1', y: '1' }, 'a', { butEnvoyGateway: 'b' }),
    sample('POST method-or-headers.example.com/', { x: '1', y: '1' }, 'a', { butEnvoyGateway: 'b' }),
    sample('GET method-or-nothing.example.com/', {}, 'b'),
    sample('more-headers.example.com/', { x: '1' }, 'b'),
    sample('more-headers.example.com/', { y: '1' }, 404),
    sample('more-query.example.com/?q=1&p=1', {}, 'a'),
    sample('more-query.example.com/?p=1', {}, 'b'),
    sample('more-query.example.com/?p=2', {}, 404),
  ],
};
