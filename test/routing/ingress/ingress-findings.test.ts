import { Duration, Size } from 'cdk8s';
import { Model, ModelIngress, RouteTarget, Scaling, Signal } from '../../../lib';
import type { IngressCase } from '../../support/ingress';
import { routedBy } from '../../support/ingress';
import { linesOf } from '../../support/routing';
import { refusalOf, WITH_TLS } from '../../support/stack';

const TLS = { tls: { secretName: 'llm-tls' }, proxyNamespace: 'gateways' };
const EMBED = { model: Model.of('Qwen/Qwen3-Embedding-0.6B'), engine: {} };

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const lines = (props: IngressCase = {}): string => linesOf(routedBy(props).constructed).join('\n');
const ids = (props: IngressCase = {}): string[] => routedBy(props).constructed.findings.map(({ id }) => id);

it('reports nothing but its limits for a complete entry', () => {
  expect(ids()).toEqual(['ingress-limits']);
});

describe('ingress-nginx', () => {
  it('warns about its retirement, with the date and what to use', () => {
    const found = lines({ ingress: ModelIngress.ingressNginx(TLS) });
    expect(found).toContain('ingress-nginx-retired ingress: is ingress-nginx, which gets no releases and no security');
    expect(found).toContain('since March 2026; use a gateway, or ModelIngress.nginx');
  });

  it('is accepted with the reason', () => {
    const acknowledge = { 'ingress-nginx-retired': 'we move in spring' };
    expect(ids({ ingress: ModelIngress.ingressNginx(TLS), acknowledge })).toEqual(['ingress-limits']);
  });
});

describe('an Ingress without TLS', () => {
  it('warns about API keys in the clear', () => {
    const found = lines({ ingress: ModelIngress.nginx({ proxyNamespace: 'gateways' }) });
    expect(found).toContain('ingress-clear-text ingress: creates the Ingress "llm" without TLS');
    expect(found).toContain('set tls: { secretName: … }');
  });

  it('warns about certificates for a load balancer', () => {
    expect(lines({ ingress: ModelIngress.awsLoadBalancer() })).toContain(
      'set certificateArns, or discoverCertificates',
    );
  });

  it.each([
    ['certificates', { certificateArns: ['arn:aws:iam::123456789012:server-certificate/a/b'] }],
    ['a search for certificates', { discoverCertificates: true }],
  ])('is not one with %s of the cloud', (_, options) => {
    expect(ids({ ingress: ModelIngress.awsLoadBalancer(options) })).not.toContain('ingress-clear-text');
  });

  it('may have certificates of the cloud for every host', () => {
    const certificateArns = ['arn:aws:acm:eu-west-1:123456789012:certificate/a'];
    const found = ids({ ingress: ModelIngress.awsLoadBalancer({ certificateArns }), hostnames: undefined });
    expect(found).not.toContain('ingress-needs-host');
  });
});

describe('the limits of an Ingress', () => {
  it('are the time without a byte with NGINX', () => {
    const found = lines({ requestTimeout: Duration.minutes(5) });
    expect(found).toContain('limits the time without a byte to 300 s, not a whole response');
  });

  it('are the whole response with Contour, which has a limit of its own', () => {
    const found = lines({ ingress: ModelIngress.contour(TLS), requestTimeout: Duration.minutes(5) });
    expect(found).toContain('limits a whole response to 300 s');
    expect(found).toContain('timeouts.stream-idle-timeout');
  });

  it('may be none with Contour', () => {
    const found = lines({ ingress: ModelIngress.contour(TLS), requestTimeout: Duration.seconds(0) });
    expect(found).toContain('does not limit a response');
  });

  it('warns about those of an unknown controller', () => {
    const found = lines({
      ingress: ModelIngress.other({ className: 'haproxy', tls: { secretName: 'a' } }),
      maxBodySize: Size.mebibytes(8),
    });
    expect(found).toContain(
      'ingress-limits-unset ingress: is a controller whose annotations the library does not know',
    );
    expect(found).toContain('at least 3600 s between two bytes, bodies of 8 MiB, no repetition of POST');
  });
});

describe('annotations of the user', () => {
  it('warns about one in place of the own', () => {
    const annotations = { 'nginx.org/proxy-buffering': 'True' };
    expect(lines({ ingress: ModelIngress.nginx({ ...TLS, annotations }) })).toContain(
      'ingress-annotation-replaced ingress: sets nginx.org/proxy-buffering to "True" in place of "False"',
    );
  });

  it('warns about one for all objects, too', () => {
    expect(ids({ annotations: { 'nginx.org/proxy-buffering': 'True' } })).toContain('ingress-annotation-replaced');
  });

  it('may repeat the own value, and add others', () => {
    const annotations = { 'nginx.org/proxy-buffering': 'False', 'nginx.org/hsts': 'True' };
    expect(ids({ ingress: ModelIngress.nginx({ ...TLS, annotations }) })).toEqual(['ingress-limits']);
  });
});

describe('the NetworkPolicy of a stack', () => {
  it('warns about proxies that it blocks', () => {
    expect(lines({ ingress: ModelIngress.nginx({ tls: TLS.tls }) })).toContain(
      'gateway-shut-out routes[0].to: gets requests from the proxies in the namespace "nginx-ingress"',
    );
  });

  it.each([
    ['ingress-nginx', ModelIngress.ingressNginx({ tls: TLS.tls })],
    ['projectcontour', ModelIngress.contour({ tls: TLS.tls })],
  ])('warns about proxies in %s', (namespace, ingress) => {
    expect(lines({ ingress })).toContain(`from the proxies in the namespace "${namespace}"`);
  });

  it('warns about a load balancer outside of the cluster', () => {
    const found = lines({ ingress: ModelIngress.awsLoadBalancer({ discoverCertificates: true }) });
    expect(found).toContain(
      'gateway-shut-out routes[0].to: gets requests from a load balancer outside of the pod network',
    );
  });

  it('may let the addresses of a load balancer in', () => {
    const found = ids({
      ingress: ModelIngress.awsLoadBalancer({ discoverCertificates: true }),
      routes: (app) => [{ to: [app.to('chat', { network: { clientRanges: ['10.0.0.0/16'] } })] }],
    });
    expect(found).toEqual(['ingress-limits']);
  });

  it('is not compared with the proxies of an unknown controller', () => {
    const ingress = ModelIngress.other({ className: 'x', tls: TLS.tls });
    expect(ids({ ingress })).not.toContain('gateway-shut-out');
  });
});

describe('the hosts of an Ingress', () => {
  it('report what a wildcard is', () => {
    expect(lines({ hostnames: ['*.example.com'] })).toContain(
      'ingress-wildcard hostnames: have "*.example.com", which is one label on an Ingress: a.example.com',
    );
  });

  it('warns about more rules than a load balancer has', () => {
    const hostnames = Array.from({ length: 16 }, (_, index) => `h${index}.example.com`);
    const found = lines({ ingress: ModelIngress.awsLoadBalancer({ discoverCertificates: true }), hostnames });
    expect(found).toMatch(/ingress-rules-quota ingress: needs \d{3} rules of the load balancer, and its .* is 100/);
    expect(ids({ hostnames })).not.toContain('ingress-rules-quota');
  });
});

describe('a route of an Ingress', () => {
  it('warns about an engine with TLS, with the annotation of the controller', () => {
    const found = lines({
      routes: (app) => [
        {
          to: [
            app.to('chat', {
              engine: { maxModelLen: 8192 },
              extraArgs: ['--ssl-certfile', '/tls/tls.crt', '--ssl-keyfile', '/tls/tls.key'],
              extraVolumes: WITH_TLS.extraVolumes,
            }),
          ],
        },
      ],
    });
    expect(found).toContain('route-backend-tls routes[0].to[0]: is VllmInferenceStack "test/chat", which serves TLS');
    expect(found).toContain('nginx.org/ssl-services');
  });

  it('reports a list of models that lacks some', () => {
    const found = ids({ routes: (app) => [{ to: [app.to('chat')] }, { to: [app.to('embed', EMBED)] }] });
    expect(found).toContain('route-models-partial');
  });

  it('reports a stack without an API key once, with two hostnames', () => {
    const found = ids({
      hostnames: ['a.example.com', 'b.example.com'],
      routes: (app) => [{ to: [app.to('chat', { apiKey: undefined })] }],
    });
    expect(found.filter((id) => id === 'route-without-key')).toHaveLength(1);
  });

  it('may have a path that another one has on other hostnames', () => {
    const paths = ['/v1/models'];
    const found = ids({
      routes: (app) => [
        { to: [app.to('a')], paths, hostnames: ['a.example.com'] },
        { to: [app.to('b')], paths, hostnames: ['a.example.com', 'b.example.com'] },
        { to: [RouteTarget.service({ name: 'x', port: 80 })], paths, hostnames: ['c.example.com'] },
      ],
    });
    expect(found).not.toContain('route-unreachable');
  });
});

it('fails for a stack that scales on requests at its Ingress, of which no series are known', () => {
  const routes = { ingress: ModelIngress.contour(), hostnames: ['own.example.com'] };
  const scaling = Scaling.keda({ maxReplicas: 4, signals: [Signal.gatewayRequests({ perReplica: 4 })] });
  expect(refusalOf({ routes, scaling })).toContain('but the library does not know series of Contour');
});
