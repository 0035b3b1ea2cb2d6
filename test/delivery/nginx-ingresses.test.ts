import { Testing } from 'cdk8s';
import type { ModelRoute } from '../../lib';
import { CanaryRouter, Delivery, ModelIngress, Objective, RouteTarget } from '../../lib';
import { canaryIngress, canaryIngressName } from '../support/argo/nginx';
import { pathsByHost } from '../support/ingress';
import { printedBy, RoutedApp } from '../support/routing';
import type { Manifest } from '../support/stack';

const delivery = Delivery.canary({ router: CanaryRouter.nginx({ ingresses: ['llm'] }) });
const canary = { delivery, objectives: [Objective.errorRate({ below: 0.01 })] };
const ingress = ModelIngress.ingressNginx({ proxyNamespace: 'gateways', tls: { secretName: 'certificate' } });

/** The objects of routes by an Ingress. */
function objectsOf(routes: (app: RoutedApp) => ModelRoute[]): Manifest[] {
  const app = new RoutedApp();
  const hostnames = ['llm.example.com'];
  printedBy(() => app.routes({ gateway: undefined, ingress, hostnames, routes: routes(app) }));
  return Testing.synth(app.chart);
}

const named = (objects: readonly Manifest[], kind: string, name: string): Manifest =>
  objects.find((each) => each.kind === kind && each.metadata.name === name);

const twoHosts = (app: RoutedApp): ModelRoute[] => [
  { hostnames: ['qwen.example.com'], to: [app.to('qwen', canary)] },
  { hostnames: ['llama.example.com'], to: [app.to('llama')] },
];

describe('the Ingress that a canary gets from Argo Rollouts', () => {
  const objects = objectsOf(twoHosts);
  const stable = named(objects, 'Ingress', 'llm');
  const made = canaryIngress(named(objects, 'Rollout', 'qwen'), stable, 25);

  it('has the host of its stack alone, with each path to the new version', () => {
    const { 'qwen.example.com': paths = [] } = pathsByHost(stable);
    expect(paths.length).toBeGreaterThan(0);
    expect(pathsByHost(made)).toEqual({
      'qwen.example.com': paths.map((path) => path.replace('qwen-svc', 'qwen-canary')),
    });
  });

  it('has class, certificate and weight', () => {
    expect(made.spec.ingressClassName).toBe('nginx');
    expect(made.spec.tls).toEqual(stable.spec.tls);
    expect(made.metadata.annotations).toEqual({
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '25',
    });
  });

  it('is made beside the one of the routes, which has no annotation of a canary', () => {
    expect(made.metadata).toMatchObject({ name: 'qwen-llm-canary', namespace: 'llm' });
    expect(Object.keys(stable.metadata.annotations).filter((key) => key.includes('canary'))).toEqual([]);
  });

  it('keeps the Service of another stack on the same host', () => {
    const together = objectsOf((app) => [
      { paths: ['/v1/embeddings'], to: [RouteTarget.service({ name: 'embeddings', port: 8000 })] },
      { to: [app.to('qwen', canary)] },
    ]);
    const second = canaryIngress(named(together, 'Rollout', 'qwen'), named(together, 'Ingress', 'llm'), 5);
    const { 'llm.example.com': paths = [] } = pathsByHost(second);
    expect(paths.filter((path) => path.includes('/v1/embeddings'))).toEqual([
      expect.stringContaining('embeddings') as string,
    ]);
    expect(paths.filter((path) => path.endsWith('qwen-svc'))).toEqual([]);
  });

  it('has a name that Kubernetes accepts, however long the others are', () => {
    const longest = canaryIngressName('a'.repeat(56), 'b'.repeat(253));
    expect(longest).toHaveLength(253);
    expect(longest).toMatch(/-canary$/);
  });
});
