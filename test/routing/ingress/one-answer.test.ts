import { ApiObject, Chart } from 'cdk8s';
import { ModelIngress } from '../../../lib';
import type { ModelRoutesProps } from '../../../lib';
import { refusal, RoutedApp } from '../../support/routing';

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const CONTOUR = { gateway: undefined, ingress: ModelIngress.contour() };
const F5 = { gateway: undefined, ingress: ModelIngress.nginx() };

/** An app with one Ingress for the list of models. */
function single(props: Partial<ModelRoutesProps> = CONTOUR): RoutedApp {
  const app = new RoutedApp();
  app.routes({ name: 'a', routes: [{ to: [app.to('a')], paths: ['/v1/models'] }], ...props }, 'A');
  return app;
}

/** The same, and a second one. */
function two(props: Partial<ModelRoutesProps>, other: Partial<ModelRoutesProps>, path = '/v1/models'): RoutedApp {
  const app = single(props);
  app.routes({ name: 'b', routes: [{ to: [app.to('b')], paths: [path] }], ...other }, 'B');
  return app;
}

const messageOf = (app: RoutedApp): string => refusal(() => app.manifests('Ingress'));

/** An Ingress that the user writes beside the routes, in another namespace. */
function own(app: RoutedApp, annotations: Record<string, string> = {}): RoutedApp {
  new ApiObject(new Chart(app.chart, 'own', { namespace: 'other' }), 'Own', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'own', annotations },
    spec: {
      ingressClassName: 'contour',
      rules: [{ host: 'llm.example.com', http: { paths: [{ path: '/v1/models', pathType: 'Exact' }] } }],
    },
  });
  return app;
}

describe('two Ingresses', () => {
  it('fails with one path on one host', () => {
    expect(messageOf(two(CONTOUR, CONTOUR))).toContain(
      'test/A and test/B both answer /v1/models on the host "llm.example.com" of the IngressClass "contour"',
    );
  });

  it('fails with one path on every host', () => {
    const every = { ...CONTOUR, hostnames: undefined };
    expect(messageOf(two(every, every))).toContain('both answer /v1/models on every host of');
  });

  it('may have other hosts', () => {
    expect(two(CONTOUR, { ...CONTOUR, hostnames: ['b.example.com'] }).manifests('Ingress')).toHaveLength(2);
  });

  it('may have other classes', () => {
    const ingress = ModelIngress.contour({ className: 'internal' });
    expect(two(CONTOUR, { ...CONTOUR, ingress }).manifests('Ingress')).toHaveLength(2);
  });

  it('may have other paths on one host', () => {
    expect(two(CONTOUR, CONTOUR, '/v1/completions').manifests('Ingress')).toHaveLength(2);
  });

  it("fails with other paths on one host of F5's controller, which gives the host to the older one", () => {
    expect(messageOf(two(F5, F5, '/v1/completions'))).toContain(
      'test/A and test/B both answer / on the host "llm.example.com"',
    );
  });

  it('may have other hosts of F5’s controller', () => {
    expect(two(F5, { ...F5, hostnames: ['b.example.com'] }).manifests('Ingress')).toHaveLength(2);
  });
});

describe('an Ingress of the user', () => {
  it('fails with a path of the routes, in any namespace', () => {
    expect(messageOf(own(single()))).toContain('test/A and test/own both answer /v1/models');
  });

  it('may be a canary of ingress-nginx', () => {
    const app = own(single(), { 'nginx.ingress.kubernetes.io/canary': 'true' });
    expect(app.manifests('Ingress')).toHaveLength(1);
  });
});
