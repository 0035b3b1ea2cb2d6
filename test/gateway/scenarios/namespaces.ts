import {
  backends,
  deployment,
  directResponse,
  extension,
  gateway,
  grant,
  inNamespace,
  route,
  rule,
  service,
} from '../../support/routing/objects';
import type { Manifest } from '../../support/routing/resources';
import { sample, type Scenario } from '../scenario';

const namespace = (name: string, labels: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const elsewhere = (to: string, name: string) => ({ backendRefs: [{ namespace: to, name, port: 80 }] });
const at = (path: string, backendRefs: object) => ({ matches: [{ path: { value: path } }], ...backendRefs });
const pool = { backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'pool', port: 80 }] };
const other = (name: string, of: string) =>
  route(name, [rule(`/${name}`, 'near')], {
    metadata: { namespace: of },
    parentRefs: [{ name: 'gw', namespace: 'llm' }],
  });

/** Routes and backends of other namespaces, and rules that answer without a backend. */
export const namespaceScenario: Scenario = {
  name: 'namespaces',
  manifests: inNamespace('shared', [
    namespace('team-ml', { routes: 'yes' }),
    namespace('team-web', { routes: 'no' }),
    namespace('shared', { routes: 'yes' }),
    gateway([{ allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { routes: 'yes' } } } } }]),
    ...backends('own'),
    ...['team-ml', 'team-web'].flatMap((name) => [service('near', name), deployment('near', name)]),
    other('ml', 'team-ml'),
    other('web', 'team-web'),
    grant('llm', 'team-ml'),
    directResponse('unknown-model', 404),
    directResponse('busy', 529),
    route('own', [
      rule('/own', 'own'),
      at('/granted', elsewhere('team-ml', 'near')),
      at('/refused', elsewhere('team-web', 'near')),
      rule('/absent', 'absent'),
      at('/port', { backendRefs: [{ name: 'own', port: 81 }] }),
      at('/pool', pool),
      at('/nothing', {}),
      rule('/zero', { own: 0 }),
      rule('/one-of-two', { own: 1, absent: 0 }),
      at('/unknown', { filters: [extension('unknown-model')] }),
      at('/busy', { filters: [extension('busy')] }),
      at('/redirect', { filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'new.example' } }] }),
    ]),
    route('broken-filter', [
      at('/no-filter', {
        ...rule('/', 'own'),
        matches: [{ path: { value: '/no-filter' } }],
        filters: [extension('absent')],
      }),
    ]),
  ]),
  samples: [
    sample('h/own', {}, 'own'),
    sample('h/ml', {}, 'team-ml/near'),
    sample('h/web', {}, 404),
    sample('h/granted', {}, 'team-ml/near'),
    sample('h/refused', {}, 500),
    sample('h/absent', {}, 500),
    sample('h/port', {}, 500),
    sample('h/pool', {}, 500),
    sample('h/nothing', {}, 500),
    sample('h/zero', {}, 500),
    sample('h/one-of-two', {}, 'own'),
    sample('h/unknown', {}, 404),
    sample('h/busy', {}, 529),
    sample('h/redirect', {}, 302),
    sample('h/no-filter', {}, 500),
  ],
};
