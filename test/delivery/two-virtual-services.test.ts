import { ApiObject, Chart } from 'cdk8s';
import type { IstioRouterOptions } from '../../lib';
import { CanaryRouter, Delivery, Objective } from '../../lib';
import { printedBy, refusal, RoutedApp } from '../support/routing';

/** An app with a canary for each router. */
function appWith(...routers: IstioRouterOptions[]): RoutedApp {
  const app = new RoutedApp();
  routers.forEach((router, index) =>
    app.stack(`stack-${index}`, {
      delivery: Delivery.canary({ router: CanaryRouter.istio(router) }),
      objectives: [Objective.errorRate({ below: 0.01 })],
    }),
  );
  return app;
}

const virtualServices = (app: RoutedApp): number => app.manifests('VirtualService').length;

const one = { hosts: ['a.example.com'], gateways: ['edge/public'] };

describe('two canaries by Istio', () => {
  it.each<[what: string, other: IstioRouterOptions]>([
    ['other hosts', { ...one, hosts: ['b.example.com'] }],
    ['another gateway', { ...one, gateways: ['edge/private'] }],
    ['their own Services in the mesh', {}],
  ])('may have %s', (_, other) => {
    printedBy(() => expect(virtualServices(appWith(one, other))).toBe(2));
  });

  it('may both have the hosts of their Services', () => {
    printedBy(() => expect(virtualServices(appWith({}, {}))).toBe(2));
  });

  it('fails with one host of one gateway, where the older one would get all requests', () => {
    expect(refusal(() => virtualServices(appWith(one, one)))).toMatch(
      /test\/stack-0 and test\/stack-1 both answer \S+ on the host "a\.example\.com" of the Gateway "edge\/public" of Istio; .*use two hostnames/,
    );
  });

  it('fails with one host in the mesh', () => {
    const mesh = { hosts: ['a.example.com'], gateways: ['mesh'] };
    expect(refusal(() => virtualServices(appWith(mesh, mesh)))).toContain(
      'on the host "a.example.com" for sidecars of Istio',
    );
  });

  it('fails with a VirtualService that the user wrote for the same Service', () => {
    const app = appWith({});
    new ApiObject(new Chart(app.chart, 'own', { namespace: 'llm' }), 'Own', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'own' },
      spec: { hosts: ['stack-0-svc'], http: [{ route: [{ destination: { host: 'stack-0-svc' } }] }] },
    });
    expect(refusal(() => virtualServices(app))).toContain('both answer / on the host "stack-0-svc"');
  });

  it('may have a VirtualService of the user for a Service of that name elsewhere', () => {
    const app = appWith({});
    new ApiObject(new Chart(app.chart, 'own', { namespace: 'other' }), 'Own', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'own' },
      spec: { hosts: ['stack-0-svc'], http: [{ route: [{ destination: { host: 'stack-0-svc' } }] }] },
    });
    printedBy(() => expect(virtualServices(app)).toBeGreaterThan(0));
  });
});
