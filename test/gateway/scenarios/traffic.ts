import { backends, gateway, inNamespace, route, rule, service } from '../../support/routing/objects';
import type { Manifest } from '../../support/routing/resources';
import type { Scenario } from '../scenario';

/** A policy of Envoy Gateway that limits the requests of a route. */
const limit: Manifest = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'BackendTrafficPolicy',
  metadata: { name: 'limit', namespace: 'llm' },
  spec: {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'limited' }],
    timeout: { http: { requestTimeout: '3s' } },
  },
};

/** Weights and streams. */
export const trafficScenario: Scenario = {
  name: 'traffic',
  manifests: inNamespace('traffic', [
    gateway(),
    ...backends('stable', 'canary'),
    route('traffic', [
      rule('/split', { stable: 90, canary: 10 }),
      rule('/unlimited', 'stable', { timeouts: { request: '0s' } }),
      rule('/unset', 'stable'),
      rule('/short', 'stable', { timeouts: { request: '3s' } }),
    ]),
    route('limited', [rule('/limited', 'stable'), rule('/own-limit', 'stable', { timeouts: { request: '0s' } })]),
    limit,
  ]),
  samples: [],
};

/** Answers of pods and of the gateway itself. */
export const metricsScenario: Scenario = {
  name: 'metrics',
  manifests: inNamespace('metrics', [
    gateway(),
    ...backends('ready', 'other'),
    service('empty'),
    route('chat', [
      rule('/ready', 'ready'),
      rule('/weighted', { ready: 50, other: 50 }),
      rule('/empty', 'empty'),
      rule('/half', { ready: 50, empty: 50 }),
    ]),
  ]),
  samples: [],
};
