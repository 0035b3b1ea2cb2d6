import { Chart, Size } from 'cdk8s';
import type { ModelRoute } from '../../../lib';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  HttpMethod,
  Model,
  ModelGateway,
  ModelIngress,
  PromptLength,
  RouteTarget,
  VllmInferenceStack,
} from '../../../lib';
import type { IngressCase } from '../../support/ingress';
import { routedBy } from '../../support/ingress';
import { refusal, RoutedApp } from '../../support/routing';

const refusedOf = (props: IngressCase): string => refusal(() => routedBy(props));
const refusedRoute = (match: Partial<ModelRoute>): string =>
  refusedOf({ routes: (app) => [{ to: [app.to('chat')], ...match }] });

describe('a route of an Ingress', () => {
  it.each<[string, Partial<ModelRoute>, string, string]>([
    ['a model', { model: 'Qwen/Qwen3-8B' }, 'routes[0].model: is "Qwen/Qwen3-8B", a match of the header', 'each model'],
    ['a tier', { tier: 'gold' }, 'routes[0].tier: is "gold", a match of the header x-sla-tier', 'authentication'],
    ['a region', { region: 'eu' }, 'routes[0].region: is "eu", a match of the header x-region', 'hostnames'],
    ['a length', { promptLength: PromptLength.SHORT }, 'routes[0].promptLength: is "short"', 'or use a gateway'],
    ['a size', { contentLengthBelow: 1000 }, 'routes[0].contentLengthBelow: is 1000', 'or use a gateway'],
    ['a header', { headers: { 'X-Team': 'a' } }, 'routes[0].headers.X-Team: is "a"', 'or use a gateway'],
    ['a method', { method: HttpMethod.POST }, 'routes[0].method: is POST', 'vLLM answers 405'],
    ['a prefix', { pathPrefix: '/llama' }, 'routes[0].pathPrefix: is "/llama"', 'an Ingress cannot rewrite paths'],
  ])('refuses %s with the reason and the fix', (_, match, problem, fix) => {
    const message = refusedRoute(match);
    expect(message).toContain(problem);
    expect(message).toContain(fix);
    expect(message).toContain('[ingress-unsupported]');
  });

  it('refuses all of them together', () => {
    const message = refusedRoute({ tier: 'gold', method: HttpMethod.GET, pathPrefix: '/x' });
    expect(message.match(/\[ingress-unsupported\]/g)).toHaveLength(3);
  });

  it('does not report routes that differ in a header as unreachable, too', () => {
    const message = refusedOf({
      routes: (app) => [{ to: [app.to('a')], tier: 'gold' }, { to: [app.to('b')] }],
    });
    expect(message).not.toContain('route-unreachable');
  });

  it('refuses several targets', () => {
    const message = refusedOf({ routes: (app) => [{ to: [app.to('a'), app.to('b')] }] });
    expect(message).toContain('routes[0].to: divides requests between 2 targets, and a path of an Ingress has one');
  });

  it('refuses a weight', () => {
    const message = refusedOf({ routes: (app) => [{ to: [RouteTarget.stack(app.stack('a'), 5)] }] });
    expect(message).toContain('routes[0].to[0]: has the weight 5, and an Ingress has no weights');
  });

  it('refuses a stack of another namespace', () => {
    const message = refusedOf({
      routes: (app) => {
        const chart = new Chart(app.chart, 'other', { namespace: 'other' });
        const accelerator = Accelerator.gpu(GpuModel.L40S);
        const stack = new VllmInferenceStack(chart, 'S', { name: 's', model: Model.of('Qwen/Qwen3-8B'), accelerator });
        return [{ to: [RouteTarget.stack(stack)] }];
      },
    });
    expect(message).toContain(
      'in the namespace "other", and an Ingress in "llm" reaches Services of its own namespace',
    );
    expect(message).toContain("namespace: 'other'");
  });

  it('refuses a Service of another namespace, even one that a ReferenceGrant opens', () => {
    const to = [RouteTarget.service({ name: 'x', port: 80, namespace: 'other', granted: true })];
    expect(refusedOf({ routes: () => [{ to, paths: ['/v1/models'] }] })).toContain('[ingress-unsupported]');
  });

  it('refuses no target', () => {
    expect(refusedOf({ routes: () => [{ to: [] }] })).toContain('[route-reaches-nothing]');
  });

  it('refuses a path that its version of vLLM does not have', () => {
    expect(refusedRoute({ paths: ['/v1/chats'] })).toContain('[route-path-unknown]');
  });

  it('refuses a Service without paths', () => {
    const to = [RouteTarget.service({ name: 'x', port: 80 })];
    expect(refusedOf({ routes: () => [{ to }] })).toContain('[route-without-paths]');
  });

  it('refuses a second one with the same hostnames and paths', () => {
    const message = refusedOf({ routes: (app) => [{ to: [app.to('a')] }, { to: [app.to('b')] }] });
    expect(message).toContain('routes[1]: receives no request: routes[0] has the same hostnames and paths');
    expect(message).toContain('[route-unreachable]');
  });

  it('refuses a listed path that an earlier route answers', () => {
    const message = refusedOf({
      routes: (app) => [
        { to: [app.to('a')], paths: ['/v1/models', '/v1/completions'] },
        { to: [app.to('b')], paths: ['/v1/chat/completions', '/v1/models'] },
      ],
    });
    expect(message).toContain('routes[1].paths[1]: is "/v1/models", which routes[0] answers on the same hostnames');
    expect(message).not.toContain('routes[1].paths[0]');
  });

  it('refuses one for a host below the wildcard of an earlier one', () => {
    const message = refusedOf({
      routes: (app) => [
        { to: [app.to('a')], hostnames: ['*.example.com'] },
        { to: [app.to('b')], hostnames: ['b.example.com'] },
      ],
    });
    expect(message).toContain('routes[1]: receives no request');
  });

  it('refuses an exact path below a prefix of an earlier route, which proxies prefer', () => {
    const message = refusedOf({
      routes: (app) => [
        { to: [RouteTarget.service({ name: 'x', port: 80 })], paths: ['/v1/responses/{response_id}'] },
        { to: [RouteTarget.service({ name: 'y', port: 80 })], paths: ['/v1/responses/latest'] },
        { to: [app.to('chat')], paths: ['/v1/models'] },
      ],
    });
    expect(message).toContain('[route-order]');
  });
});

describe('the entry of routes', () => {
  it('refuses a Gateway and an Ingress', () => {
    const gateway = ModelGateway.existing({ name: 'g', implementation: GatewayImplementation.istio() });
    expect(refusedOf({ gateway })).toContain('ingress: is set, and gateway too; remove one of the two');
  });

  it('refuses neither', () => {
    const message = refusedOf({ ingress: undefined });
    expect(message).toContain('gateway: and ingress are unset, so no request enters');
    expect(message).toContain('[route-entry]');
  });

  it('refuses neither for a stack alone', () => {
    const message = refusal(() => new RoutedApp().stack('a', { routes: { hostnames: ['a.example.com'] } }));
    expect(message).toContain('routes.gateway: and ingress are unset');
  });

  it('refuses a list of all models', () => {
    expect(refusedOf({ listAllModels: true })).toContain('listAllModels: is true, and an Ingress does not answer');
  });

  it('refuses what is no ModelIngress', () => {
    expect(refusedOf({ ingress: 'nginx' as never })).toContain('ingress: is "nginx"; give a ModelIngress');
  });

  it('refuses an Ingress of F5 without hostnames, which the controller ignores', () => {
    const message = refusedOf({ hostnames: undefined });
    expect(message).toContain('hostnames: are unset for a route, and F5 NGINX Ingress Controller ignores');
    expect(message).toContain('[ingress-needs-host]');
  });

  it.each([
    ['a certificate of a Secret', ModelIngress.contour({ tls: { secretName: 'x' } })],
    ['a certificate that the cloud chooses', ModelIngress.awsLoadBalancer({ discoverCertificates: true })],
  ])('refuses %s without hostnames', (_, ingress) => {
    expect(refusedOf({ hostnames: undefined, ingress })).toContain(
      'the certificate of an Ingress is chosen by hostname',
    );
  });

  it('refuses a size of bodies that is no whole MiB', () => {
    expect(refusedOf({ maxBodySize: Size.kibibytes(5) })).toContain('maxBodySize');
  });
});

describe('the options of an Ingress', () => {
  const of = (make: () => unknown): string => refusal(make);

  it.each([
    ['a class that is no name', () => ModelIngress.nginx({ className: 'My Class' }), 'className'],
    [
      'a Secret of another namespace',
      () => ModelIngress.nginx({ tls: { secretName: 'a', namespace: 'b' } as never }),
      'tls.namespace',
    ],
    ['TLS without a Secret', () => ModelIngress.contour({ tls: {} as never }), 'tls.secretName'],
    ['a namespace that is no name', () => ModelIngress.contour({ proxyNamespace: 'a.b' }), 'proxyNamespace'],
    ['an annotation that is no text', () => ModelIngress.nginx({ annotations: { a: 1 as never } }), 'annotations.a'],
    ['another controller without its class', () => ModelIngress.other({} as never), 'className'],
    [
      'a Secret for a load balancer of AWS',
      () => ModelIngress.awsLoadBalancer({ tls: { secretName: 'a' } } as never),
      'tls',
    ],
    ['an ARN that is none', () => ModelIngress.awsLoadBalancer({ certificateArns: ['a,b'] }), 'certificateArns[0]'],
    ['no ARN', () => ModelIngress.awsLoadBalancer({ certificateArns: [] }), 'certificateArns'],
    ['an unknown property', () => ModelIngress.ingressNginx({ class: 'nginx' } as never), 'class'],
  ])('refuses %s', (_, make, subject) => {
    expect(of(make)).toContain(subject);
  });

  it('refuses certificates and a search for them', () => {
    const certificateArns = ['arn:aws-cn:acm:cn-north-1:123456789012:certificate/a'];
    const message = of(() => ModelIngress.awsLoadBalancer({ certificateArns, discoverCertificates: true }));
    expect(message).toContain('discoverCertificates: is true, and the controller ignores it');
  });
});
