import { Duration, Size } from 'cdk8s';
import { Model, ModelIngress, RouteTarget, SmokeTest } from '../../../lib';
import { ingressWith, pathsByHost, routedBy } from '../../support/ingress';
import type { RoutedApp } from '../../support/routing';

const TLS = { tls: { secretName: 'llm-tls' } };
const OWN = { routes: { ingress: ModelIngress.contour(), hostnames: ['own.example.com'] } };
const EMBED = { model: Model.of('Qwen/Qwen3-Embedding-0.6B'), engine: {} };
const HALF = { requestTimeout: Duration.minutes(30), maxBodySize: Size.mebibytes(64) };

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

describe('the annotations of ingress-nginx', () => {
  it('are seconds without a unit, no buffering, the size of bodies and no second try', () => {
    const { annotations } = ingressWith({ ingress: ModelIngress.ingressNginx(TLS), ...HALF }).metadata;
    expect(annotations).toEqual({
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '1800',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '1800',
      'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
      'nginx.ingress.kubernetes.io/proxy-body-size': '64m',
      'nginx.ingress.kubernetes.io/proxy-next-upstream': 'off',
    });
  });
});

describe('the annotations of F5 NGINX Ingress Controller', () => {
  it('are times with a unit, no buffering, the size of bodies and no second try', () => {
    expect(ingressWith(HALF).metadata.annotations).toEqual({
      'nginx.org/proxy-read-timeout': '1800s',
      'nginx.org/proxy-send-timeout': '1800s',
      'nginx.org/proxy-buffering': 'False',
      'nginx.org/client-max-body-size': '64m',
      'nginx.org/proxy-next-upstream': 'off',
    });
  });

  it('wait an hour between two bytes where a response has no limit', () => {
    const { annotations } = ingressWith({ requestTimeout: Duration.seconds(0) }).metadata;
    expect(annotations['nginx.org/proxy-read-timeout']).toBe('3600s');
  });

  it('wait an hour at most', () => {
    const { annotations } = ingressWith({ requestTimeout: Duration.hours(5) }).metadata;
    expect(annotations['nginx.org/proxy-read-timeout']).toBe('3600s');
  });
});

describe('an Ingress of OpenShift', () => {
  const at = (options: Parameters<typeof ModelIngress.openShift>[0]) =>
    ingressWith({ ingress: ModelIngress.openShift(options), ...HALF });

  it('has the time without a byte, and ends TLS at the router', () => {
    expect(at(TLS).metadata.annotations).toEqual({
      'haproxy.router.openshift.io/timeout': '1800s',
      'route.openshift.io/termination': 'edge',
    });
    expect(at({}).metadata.annotations).not.toHaveProperty('route.openshift.io/termination');
  });

  it('has prefixes only, each once: OpenShift ignores exact paths', () => {
    const { ingressClassName, rules } = at(TLS).spec;
    const paths = rules.flatMap(({ http }: { http: { paths: { path: string; pathType: string }[] } }) => http.paths);
    expect(ingressClassName).toBe('openshift-default');
    expect(new Set(paths.map(({ pathType }: { pathType: string }) => pathType))).toEqual(new Set(['Prefix']));
    const names = paths.map(({ path }: { path: string }) => path);
    expect(names).toContain('/v1/chat/completions');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the annotations of the AWS Load Balancer Controller', () => {
  const of = (options: Parameters<typeof ModelIngress.awsLoadBalancer>[0], props = {}) =>
    ingressWith({ ingress: ModelIngress.awsLoadBalancer(options), ...props });

  it('reach the pods, ask /health and keep idle connections', () => {
    expect(of({}).metadata.annotations).toEqual({
      'alb.ingress.kubernetes.io/scheme': 'internal',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/healthcheck-path': '/health',
      'alb.ingress.kubernetes.io/load-balancer-attributes': 'idle_timeout.timeout_seconds=3600',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80}]',
    });
  });

  it('never exceed 4000 s of idle time', () => {
    const { annotations } = of({}, { requestTimeout: Duration.hours(5) }).metadata;
    expect(annotations['alb.ingress.kubernetes.io/load-balancer-attributes']).toBe('idle_timeout.timeout_seconds=3600');
  });

  it('close port 80 with certificates', () => {
    const certificateArns = ['a', 'b'].map((id) => `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`);
    const { metadata, spec } = of({ certificateArns });
    expect(metadata.annotations).toMatchObject({
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]',
      'alb.ingress.kubernetes.io/certificate-arn': certificateArns.join(','),
    });
    expect(spec.tls).toBeUndefined();
  });

  it('close port 80 with certificates that the controller looks for', () => {
    const { annotations } = of({ discoverCertificates: true }).metadata;
    expect(annotations['alb.ingress.kubernetes.io/listen-ports']).toBe('[{"HTTPS":443}]');
    expect(annotations).not.toHaveProperty(['alb.ingress.kubernetes.io/certificate-arn']);
  });

  it('open it to the internet if the user sets that', () => {
    const { annotations } = of({ internetFacing: true }).metadata;
    expect(annotations['alb.ingress.kubernetes.io/scheme']).toBe('internet-facing');
  });
});

describe('the annotations of Contour', () => {
  it('limit the whole response, and close port 80 with TLS', () => {
    expect(ingressWith({ ingress: ModelIngress.contour(TLS), ...HALF }).metadata.annotations).toEqual({
      'projectcontour.io/response-timeout': '1800s',
      'kubernetes.io/ingress.allow-http': 'false',
    });
  });

  it('leave port 80 open without TLS', () => {
    expect(ingressWith({ ingress: ModelIngress.contour() }).metadata.annotations).toEqual({
      'projectcontour.io/response-timeout': '3600s',
    });
  });

  it('are infinity for no limit', () => {
    const ingress = ModelIngress.contour(TLS);
    const { annotations } = ingressWith({ ingress, requestTimeout: Duration.seconds(0) }).metadata;
    expect(annotations['projectcontour.io/response-timeout']).toBe('infinity');
  });
});

describe('the annotations of another controller', () => {
  it('are those of the user', () => {
    const ingress = ModelIngress.other({ className: 'haproxy', annotations: { 'haproxy.org/x': '1' } });
    expect(ingressWith({ ingress, annotations: { team: 'ml' } }).metadata.annotations).toEqual({
      'haproxy.org/x': '1',
      team: 'ml',
    });
  });
});

describe('the class of an Ingress', () => {
  it.each([
    ['nginx', ModelIngress.ingressNginx()],
    ['nginx', ModelIngress.nginx()],
    ['alb', ModelIngress.awsLoadBalancer()],
    ['contour', ModelIngress.contour()],
    ['traefik', ModelIngress.other({ className: 'traefik' })],
    ['internal', ModelIngress.nginx({ className: 'internal' })],
  ])('is %s', (name, ingress) => {
    expect(ingressWith({ ingress }).spec.ingressClassName).toBe(name);
  });
});

describe('the rules of an Ingress', () => {
  it('are exact paths of the task, each with the Service and its port', () => {
    const { spec } = ingressWith();
    expect(spec.rules[0].http.paths[0]).toEqual({
      path: '/v1/chat/completions',
      pathType: 'Exact',
      backend: { service: { name: 'chat-svc', port: { number: 8000 } } },
    });
  });

  it('have a prefix for a path with a variable part, once', () => {
    const paths = ['/v1/responses', '/v1/responses/{response_id}', '/v1/responses/{response_id}/cancel'];
    expect(pathsByHost(ingressWith({ routes: (app) => [{ to: [app.to('chat')], paths }] }))).toEqual({
      'llm.example.com': ['/v1/responses Exact chat-svc', '/v1/responses/ Prefix chat-svc'],
    });
  });

  it('send a path that two tasks have to the first route', () => {
    const byHost = pathsByHost(
      ingressWith({ routes: (app) => [{ to: [app.to('chat')] }, { to: [app.to('embed', EMBED)] }] }),
    );
    expect(byHost['llm.example.com']).toContain('/v1/models Exact chat-svc');
    expect(byHost['llm.example.com']).not.toContain('/v1/models Exact embed-svc');
    expect(byHost['llm.example.com']).toContain('/v1/embeddings Exact embed-svc');
  });

  const paths = ['/v1/models'];
  const two = (one: string[], other: string[]) =>
    pathsByHost(
      ingressWith({
        routes: (app) => [
          { to: [app.to('a')], paths, hostnames: one },
          { to: [app.to('b')], paths: ['/v1/completions'], hostnames: other },
        ],
      }),
    );

  it('give each model its own hosts', () => {
    expect(two(['a.example.com', 'b.example.com'], ['c.example.com'])).toEqual({
      'a.example.com': ['/v1/models Exact a-svc'],
      'b.example.com': ['/v1/models Exact a-svc'],
      'c.example.com': ['/v1/completions Exact b-svc'],
    });
  });

  it('repeat the paths of a wildcard for a host below it, which proxies choose first', () => {
    expect(two(['a.example.com'], ['*.example.com'])).toEqual({
      'a.example.com': ['/v1/models Exact a-svc', '/v1/completions Exact b-svc'],
      '*.example.com': ['/v1/completions Exact b-svc'],
    });
  });

  it('do not repeat them two labels below a wildcard, which is one label', () => {
    expect(two(['x.a.example.com'], ['*.example.com'])['x.a.example.com']).toEqual(['/v1/models Exact a-svc']);
  });

  it('are for every host without hostnames', () => {
    const ingress = ModelIngress.contour();
    const routes = (app: RoutedApp) => [{ to: [app.to('chat')], paths }];
    expect(pathsByHost(ingressWith({ ingress, hostnames: undefined, routes }))).toEqual({
      'every host': ['/v1/models Exact chat-svc'],
    });
  });

  it('may lead to a Service that is not of this program', () => {
    const to = [RouteTarget.service({ name: 'other', port: 80 })];
    expect(pathsByHost(ingressWith({ routes: () => [{ to, paths: ['/v1/models'] }] }))).toEqual({
      'llm.example.com': ['/v1/models Exact other'],
    });
  });
});

describe('the Ingress', () => {
  it('has the certificate for all of its hosts', () => {
    const { spec } = ingressWith({ hostnames: ['a.example.com', '*.b.example.com'] });
    expect(spec.tls).toEqual([{ hosts: ['a.example.com', '*.b.example.com'], secretName: 'llm-tls' }]);
  });

  it('is the only object of the routes, and known to the construct', () => {
    const { app, constructed } = routedBy();
    expect(app.manifests('HTTPRoute', 'Gateway', 'ReferenceGrant')).toEqual([]);
    expect(constructed.httpRoutes).toEqual([]);
    expect(constructed.ingress?.kind).toBe('Ingress');
  });

  it('has the labels of the routes', () => {
    expect(ingressWith({ labels: { team: 'ml' } }).metadata.labels).toMatchObject({
      'app.kubernetes.io/component': 'routing',
      team: 'ml',
    });
  });

  it('has annotations of the user in place of its own', () => {
    const annotations = { 'nginx.org/proxy-read-timeout': '120s', note: 'x' };
    expect(ingressWith({ ingress: ModelIngress.nginx({ annotations }) }).metadata.annotations).toMatchObject(
      annotations,
    );
  });

  it('is the entry of a stack alone', () => {
    const { app } = routedBy();
    app.stack('own', OWN);
    const [, own] = app.manifests('Ingress');
    expect(pathsByHost(own)['own.example.com']).toContain('/v1/chat/completions Exact own-svc');
  });

  it('opens the NetworkPolicy of a stack alone to its proxies', () => {
    const { app } = routedBy();
    app.stack('own', OWN);
    const policy = app.manifests('NetworkPolicy').find(({ metadata }) => metadata.name.startsWith('own'));
    expect(JSON.stringify(policy.spec.ingress)).toContain('projectcontour');
  });

  it.each([
    ['https', ModelIngress.contour(TLS)],
    ['https', ModelIngress.awsLoadBalancer({ discoverCertificates: true })],
    ['http', ModelIngress.contour()],
  ])('is asked by the smoke test with %s', (scheme, ingress) => {
    const [job] = routedBy({ ingress, smokeTest: SmokeTest.job() }).app.manifests('Job');
    expect(JSON.stringify(job)).toContain(`${scheme}://llm.example.com`);
  });
});
