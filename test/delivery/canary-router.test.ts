import { CanaryRouter } from '../../lib';
import { messageOf } from '../support/scaling';

describe('a router', () => {
  test.each<[what: string, router: CanaryRouter, spec: object]>([
    ['the HTTPRoute of the stack', CanaryRouter.gatewayApi(), { kind: 'gatewayApi', httpRoutes: [] }],
    [
      'HTTPRoutes of others',
      CanaryRouter.gatewayApi({ httpRoutes: ['llm', 'llm-internal.v2'], namespace: 'gateways' }),
      { httpRoutes: ['llm', 'llm-internal.v2'], namespace: 'gateways' },
    ],
    [
      'a VirtualService for clients in the mesh',
      CanaryRouter.istio(),
      { virtualService: { hosts: [], gateways: ['mesh'] } },
    ],
    [
      'a VirtualService for a Gateway',
      CanaryRouter.istio({ hosts: ['*.example.com', 'vllm-svc'], gateways: ['istio-ingress/public', 'mesh'] }),
      { virtualService: { hosts: ['*.example.com', 'vllm-svc'], gateways: ['istio-ingress/public', 'mesh'] } },
    ],
    [
      'a VirtualService for hostnames of clients with a sidecar',
      CanaryRouter.istio({ hosts: ['llm.example.com'], gateways: ['mesh'] }),
      { virtualService: { hosts: ['llm.example.com'], gateways: ['mesh'] } },
    ],
    [
      'a VirtualService for the Service by its whole name',
      CanaryRouter.istio({ hosts: ['vllm-svc.llm.svc.cluster.local'] }),
      { virtualService: { hosts: ['vllm-svc.llm.svc.cluster.local'], gateways: ['mesh'] } },
    ],
    [
      'a VirtualService for Services in another namespace',
      CanaryRouter.istio({ hosts: ['vllm-svc', 'chat.apps.svc'] }),
      { virtualService: { hosts: ['vllm-svc', 'chat.apps.svc'], gateways: ['mesh'] } },
    ],
    [
      'a VirtualService in another namespace',
      CanaryRouter.virtualService({ virtualService: 'own.apps', routes: ['chat'] }),
      { virtualService: { existing: 'own.apps', routes: ['chat'] } },
    ],
    ['the Ingress of the stack', CanaryRouter.nginx(), { kind: 'nginx', ingresses: [] }],
    [
      'Ingresses with annotations of another prefix',
      CanaryRouter.nginx({ ingresses: ['a', 'b'], annotationPrefix: 'custom.io' }),
      { ingresses: ['a', 'b'], annotationPrefix: 'custom.io' },
    ],
    ['nothing', CanaryRouter.none(), { kind: 'none' }],
  ])('may be %s', (_what, router, spec) => {
    expect(router._spec).toMatchObject(spec);
  });

  test.each<[what: string, make: () => unknown, ...problems: string[]]>([
    [
      'an HTTPRoute by its name alone',
      () => CanaryRouter.gatewayApi('llm' as never),
      'options: is "llm"; give an object with httpRoutes, namespace [wrong-value]',
    ],
    [
      'no HTTPRoutes',
      () => CanaryRouter.gatewayApi({ httpRoutes: [] }),
      'httpRoutes: is []; give a list of at least 1, each item the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit [wrong-value]',
    ],
    [
      'an HTTPRoute twice',
      () => CanaryRouter.gatewayApi({ httpRoutes: ['llm', 'llm'] }),
      'httpRoutes: is ["llm","llm"]; give a list of at least 1, each item the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, each once [wrong-value]',
    ],
    [
      'a name that Kubernetes refuses',
      () => CanaryRouter.gatewayApi({ httpRoutes: ['LLM'] }),
      'httpRoutes[0]: is "LLM"; give the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit [wrong-value]',
    ],
    [
      'a namespace that Kubernetes refuses',
      () => CanaryRouter.gatewayApi({ namespace: 'my.apps' }),
      'namespace: is "my.apps"; give a namespace: at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit [wrong-value]',
    ],
    [
      'an option of nginx',
      () => CanaryRouter.gatewayApi({ ingresses: ['llm'] } as never),
      'ingresses: unknown property; correct the name or remove it [unknown-property]',
    ],
    [
      'no hosts',
      () => CanaryRouter.istio({ hosts: [] }),
      'hosts: is []; give a list of at least 1, each item a hostname, "*.example.com", or the name of a Service [wrong-value]',
    ],
    [
      'a host with a scheme',
      () => CanaryRouter.istio({ hosts: ['https://llm.example.com'] }),
      'hosts[0]: is "https://llm.example.com"; give a hostname, "*.example.com", or the name of a Service [wrong-value]',
    ],
    [
      'a host with a port',
      () => CanaryRouter.istio({ hosts: ['llm.example.com:443'] }),
      'hosts[0]: is "llm.example.com:443"; give a hostname, "*.example.com", or the name of a Service [wrong-value]',
    ],
    [
      'a host twice',
      () => CanaryRouter.istio({ hosts: ['a.example.com', 'a.example.com'] }),
      'hosts: is ["a.example.com","a.example.com"]; give a list of at least 1, each item a hostname, "*.example.com", or the name of a Service, each once [wrong-value]',
    ],
    [
      'a hostname without a Gateway',
      () => CanaryRouter.istio({ hosts: ['vllm-svc', 'llm.example.com'] }),
      "gateways: is unset, and hosts has llm.example.com: only clients with a sidecar would use the VirtualService, and those at a Gateway would not; set it to the Gateway, for example ['istio-ingress/public'], or to ['mesh'] for clients with a sidecar [missing-property]",
    ],
    [
      'a Gateway without a hostname',
      () => CanaryRouter.istio({ gateways: ['mesh', 'istio-ingress/public'] }),
      "hosts: is unset, and gateways has istio-ingress/public: clients at a Gateway call a hostname, not the Service; set it, for example ['chat.example.com'] [missing-property]",
    ],
    [
      'a Gateway without its namespace',
      () => CanaryRouter.istio({ gateways: ['public'] }),
      'gateways[0]: is "public"; give "mesh", or namespace and name of a Gateway of Istio, for example "istio-ingress/public" [wrong-value]',
    ],
    [
      'no Gateways',
      () => CanaryRouter.istio({ gateways: [] }),
      'gateways: is []; give a list of at least 1, each item "mesh", or namespace and name of a Gateway of Istio, for example "istio-ingress/public" [wrong-value]',
    ],
    [
      'no VirtualService',
      () => CanaryRouter.virtualService({} as never),
      'virtualService: is required and was not given; give the name of a VirtualService without ".", or NAME.NAMESPACE, for example "public.istio-ingress" [missing-property]',
    ],
    [
      'a name of a VirtualService that Kubernetes refuses',
      () => CanaryRouter.virtualService({ virtualService: 'llm/own' }),
      'virtualService: is "llm/own"; give the name of a VirtualService without ".", or NAME.NAMESPACE, for example "public.istio-ingress" [wrong-value]',
    ],
    [
      'no routes of a VirtualService',
      () => CanaryRouter.virtualService({ virtualService: 'own', routes: [] }),
      'routes: is []; give a list of at least 1, each item the name of a route of the VirtualService [wrong-value]',
    ],
    [
      'a route with a control character',
      () => CanaryRouter.virtualService({ virtualService: 'own', routes: ['a\u0000b'] }),
      'routes[0]: is "a\\u0000b"; give the name of a route of the VirtualService [wrong-value]',
    ],
    [
      'a route with a space',
      () => CanaryRouter.virtualService({ virtualService: 'own', routes: ['a b'] }),
      'routes[0]: is "a b"; give the name of a route of the VirtualService [wrong-value]',
    ],
    [
      'no Ingresses',
      () => CanaryRouter.nginx({ ingresses: [] }),
      'ingresses: is []; give a list of at least 1, each item the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit [wrong-value]',
    ],
    [
      'an Ingress twice',
      () => CanaryRouter.nginx({ ingresses: ['llm', 'llm'] }),
      'ingresses: is ["llm","llm"]; give a list of at least 1, each item the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, each once [wrong-value]',
    ],
    [
      'a prefix with a slash',
      () => CanaryRouter.nginx({ annotationPrefix: 'nginx.org/' }),
      'annotationPrefix: is "nginx.org/"; give a prefix of annotations, for example nginx.ingress.kubernetes.io [wrong-value]',
    ],
  ])('refuses %s', (...row) => {
    const [, make, ...problems] = row;
    expect(messageOf(make).split('\n  - ').slice(1)).toEqual(problems);
  });
});
