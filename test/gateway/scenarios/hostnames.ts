import { backends, gateway, inNamespace, route, rule } from '../../support/routing/objects';
import { sample, type Scenario } from '../scenario';

const to = (name: string, ...hostnames: string[]) => route(name, [rule('/', name)], { hostnames });

/** Exact hostnames, wildcards, and listeners with hostnames of their own. */
export const hostnameScenario: Scenario = {
  name: 'hostnames',
  manifests: inNamespace('hostnames', [
    gateway([
      { name: 'any', port: 80 },
      { name: 'internal', port: 8080, hostname: '*.internal.example.com' },
      { name: 'exact', port: 8080, hostname: 'models.internal.example.com' },
    ]),
    ...backends('wide', 'narrow', 'exact', 'first', 'listed', 'inner', 'models'),
    to('wide', '*.example.com'),
    to('narrow', '*.api.example.com'),
    to('exact', 'eu.api.example.com', 'eu.example.org'),
    route('first', [rule('/v1', 'first')], { hostnames: ['first.api.example.com'] }),
    route('inner', [rule('/', 'inner')], { parentRefs: [{ name: 'gw', sectionName: 'internal' }] }),
    // `wide` is attached to this listener too. Both then have its hostname, and the name decides: the standard lets a
    // gateway compare the hostnames of the routes instead, and Envoy Gateway does not.
    route('zoo', [rule('/', 'models'), rule('/v1', 'models')], {
      parentRefs: [{ name: 'gw', sectionName: 'exact' }],
      hostnames: ['models.internal.example.com'],
    }),
    route('listed', [rule('/', 'listed')], {
      parentRefs: [{ name: 'gw', port: 8080 }],
      hostnames: ['*.team.internal.example.com', 'elsewhere.example.org'],
    }),
  ]),
  samples: [
    sample('x.example.com/', {}, 'wide', { port: 80 }),
    sample('api.example.com/', {}, 'wide', { port: 80 }),
    sample('us.api.example.com/', {}, 'narrow', { port: 80 }),
    sample('a.b.api.example.com/', {}, 'narrow', { port: 80 }),
    sample('eu.api.example.com/', {}, 'exact', { port: 80 }),
    sample('EU.API.example.com/', {}, 'exact', { port: 80 }),
    sample('eu.api.example.com:8080/', {}, 'exact', { port: 80 }),
    sample('eu.example.org/', {}, 'exact', { port: 80 }),
    sample('us.example.org/', {}, 404, { port: 80 }),
    sample('example.com/', {}, 404, { port: 80 }),
    sample('example.com/a%2fb', {}, 307, { port: 80 }),
    // The exact hostname has no rule for this path; the wildcards do not help out.
    sample('first.api.example.com/v1', {}, 'first', { port: 80 }),
    sample('first.api.example.com/v2', {}, 404, { port: 80 }),
    sample('x.internal.example.com/', {}, 'inner', { port: 8080 }),
    sample('models.internal.example.com/', {}, 'wide', { port: 8080 }),
    sample('models.internal.example.com/v1', {}, 'models', { port: 8080 }),
    sample('a.team.internal.example.com/', {}, 'listed', { port: 8080 }),
    sample('elsewhere.example.org/', {}, 404, { port: 8080 }),
    sample('x.example.com/', {}, 404, { port: 8080 }),
  ],
};
