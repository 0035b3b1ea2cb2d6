import { Duration, Size } from 'cdk8s';
import type { ManagedGatewayOptions, ModelRoutesProps } from '../../lib';
import { GatewayImplementation, ModelGateway, RouteTarget, SmokeTest } from '../../lib';
import { RoutedApp, existing, linesOf, printedBy, refusal } from '../support/routing';
import type { Manifest } from '../support/stack';

const { envoyGateway, istio, gke, nginxGatewayFabric, cilium, traefik, kgateway, other } = GatewayImplementation;
const ALL = { envoyGateway, istio, gke, nginxGatewayFabric, cilium, traefik, kgateway, other };

/** The objects of one route at a gateway. */
function objectsAt(gateway: ModelGateway, props: Partial<ModelRoutesProps> = {}): Manifest[] {
  const app = new RoutedApp();
  printedBy(() => app.routes({ gateway, routes: [{ to: [app.to('qwen')] }], ...props }));
  const kinds = ['Gateway', 'HTTPRoute', 'ReferenceGrant', 'HTTPRouteFilter', 'TrafficPolicy'];
  return app.manifests(
    ...kinds,
    'GCPBackendPolicy',
    'HealthCheckPolicy',
    'ProxySettingsPolicy',
    'ClientSettingsPolicy',
  );
}

const at = (implementation: GatewayImplementation, props: Partial<ModelRoutesProps> = {}): Manifest[] =>
  objectsAt(existing(implementation), props);

const of = (kind: string, objects: readonly Manifest[]): Manifest => objects.find((each) => each.kind === kind)?.spec;

describe('the time of a stream', () => {
  test.each(Object.entries(ALL).filter(([name]) => name !== 'gke'))('is in the route at %s', (_, implementation) => {
    expect(of('HTTPRoute', at(implementation())).rules[0].timeouts).toEqual({ request: '3600s' });
  });

  test('is never in a route at GKE, which refuses it and every route beside it', () => {
    expect(of('HTTPRoute', at(gke())).rules[0].timeouts).toBeUndefined();
  });

  test('at GKE is that of the backend, whose health is asked at /health', () => {
    const objects = at(gke(), { requestTimeout: Duration.minutes(10) });
    const targetRef = { group: '', kind: 'Service', name: 'qwen-svc' };
    expect(of('GCPBackendPolicy', objects)).toEqual({ targetRef, default: { timeoutSec: 600 } });
    expect(of('HealthCheckPolicy', objects)).toEqual({
      targetRef,
      default: {
        config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: '/health' } },
      },
    });
  });

  test('at GKE asks an engine with TLS by HTTPS', () => {
    const app = new RoutedApp();
    const to = [app.to('a', { engine: { maxModelLen: 8192, sslCertfile: '/tls/a', sslKeyfile: '/tls/b' } })];
    printedBy(() => app.routes({ gateway: existing(gke()), routes: [{ to }] }));
    const [{ spec }] = app.manifests('HealthCheckPolicy');
    expect(spec.default.config).toEqual({
      type: 'HTTPS',
      httpsHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: '/health' },
    });
  });

  test.each([
    ['2 hours', Duration.hours(2), '3600s'],
    ['10 minutes', Duration.minutes(10), '600s'],
    ['no limit', Duration.seconds(0), '3600s'],
  ])('at NGINX is a gap of at most an hour: %s', (_, requestTimeout, gap) => {
    expect(of('ProxySettingsPolicy', at(nginxGatewayFabric(), { requestTimeout })).timeout).toEqual({
      read: gap,
      send: gap,
    });
  });

  test('at GKE is in the namespace of the backend', () => {
    const app = new RoutedApp();
    printedBy(() => app.routes({ gateway: existing(gke()), routes: [{ to: [app.to('a', { namespace: 'search' })] }] }));
    expect(app.manifests('GCPBackendPolicy', 'HealthCheckPolicy').map(({ metadata }) => metadata.namespace)).toEqual([
      'search',
      'search',
    ]);
  });

  test('at GKE is once for each stack', () => {
    const app = new RoutedApp();
    const to = [app.to('a')];
    const gateway = existing(gke());
    printedBy(() => app.routes({ gateway, routes: [{ tier: 'gold', to }, { to }] }));
    expect(app.manifests('GCPBackendPolicy')).toHaveLength(1);
  });

  test('at NGINX is that of a gap, without buffers and with larger bodies', () => {
    const objects = at(nginxGatewayFabric(), { maxBodySize: Size.mebibytes(64) });
    const target = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'llm' };
    expect(of('ProxySettingsPolicy', objects)).toEqual({
      targetRefs: [target],
      buffering: { disable: true },
      timeout: { read: '3600s', send: '3600s' },
    });
    expect(of('ClientSettingsPolicy', objects)).toEqual({ targetRef: target, body: { maxSize: '64m' } });
  });

  test('at kgateway is also that without events', () => {
    expect(of('TrafficPolicy', at(kgateway()))).toMatchObject({ timeouts: { streamIdle: '3600s' } });
  });

  test('in one policy is for 16 routes at most', () => {
    const app = new RoutedApp();
    const stack = app.stack('qwen');
    const routes = Array.from({ length: 17 }, (_, index) => ({
      hostnames: [`h${index}.example.com`],
      to: [RouteTarget.stack(stack)],
    }));
    printedBy(() => app.routes({ gateway: existing(nginxGatewayFabric()), routes }));
    const policies = app.manifests('ProxySettingsPolicy');
    expect(policies.map(({ metadata, spec }) => [metadata.name, spec.targetRefs.length])).toEqual([
      ['llm-streams', 16],
      ['llm-streams-2', 1],
    ]);
  });

  test.each(Object.entries({ envoyGateway, istio, cilium, traefik, other }))(
    'needs no further object at %s',
    (_, implementation) => {
      expect(at(implementation()).map(({ kind }) => kind)).toEqual(['HTTPRoute']);
    },
  );

  test('may not be without a limit at GKE', () => {
    const app = new RoutedApp();
    const props = { gateway: existing(gke()), requestTimeout: Duration.seconds(0), routes: [{ to: [app.to('a')] }] };
    expect(refusal(() => app.routes(props))).toContain('requestTimeout: sets no limit for streams, and GKE Gateway');
  });
});

describe('every implementation', () => {
  test.each(Object.entries(ALL))('%s has a notice about what no manifest sets', (_, implementation) => {
    const app = new RoutedApp();
    let lines: string[] = [];
    printedBy(() => {
      lines = linesOf(app.routes({ gateway: existing(implementation()), routes: [{ to: [app.to('a')] }] }));
    });
    expect(lines.filter((line) => line.startsWith('gateway-outside-limits gateway: '))).toHaveLength(1);
  });

  test('without methods refuses one', () => {
    const app = new RoutedApp();
    const routes = [{ method: 'POST' as never, to: [app.to('a')] }];
    expect(refusal(() => app.routes({ gateway: existing(gke()), routes }))).toContain('[gateway-unsupported]');
  });
});

describe('the proxies of a gateway', () => {
  const printed = (gateway: ModelGateway, network: object): string => {
    const app = new RoutedApp();
    return printedBy(() => app.routes({ gateway, routes: [{ to: [app.to('qwen', { network })] }] }));
  };

  test('warns about a NetworkPolicy that blocks them', () => {
    expect(printed(existing(), {})).toContain(
      'gets requests from the proxies in the namespace "envoy-gateway-system", and the NetworkPolicy of ' +
        `VllmInferenceStack "test/qwen" blocks them; set network: { clientNamespaces: ['envoy-gateway-system'] }`,
    );
  });

  test('warns about the addresses of load balancers', () => {
    expect(printed(existing(gke()), {})).toContain(`clientRanges: ['35.191.0.0/16', '130.211.0.0/22']`);
  });

  test('warns about proxies that no NetworkPolicy can select', () => {
    expect(printed(existing(cilium()), {})).toContain('CiliumNetworkPolicy');
    expect(printed(existing(cilium()), { clientRanges: ['10.0.0.0/8'] })).toContain('CiliumNetworkPolicy');
  });

  test.each<[title: string, gateway: ModelGateway, network: object]>([
    ['in a listed namespace', existing(), { clientNamespaces: ['envoy-gateway-system'] }],
    ['in the namespace of the Gateway', existing(istio()), { clientNamespaces: ['gateways'] }],
    ['in a namespace that the user names', named('proxies'), { clientNamespaces: ['proxies'] }],
    ['in the namespace of the stack', named('llm'), {}],
    [
      'outside, in listed ranges',
      existing(gke()),
      { clientRanges: ['35.191.0.0/16', '130.211.0.0/22', '10.1.0.0/24'] },
    ],
    ['anywhere, without a policy', existing(cilium()), { policy: false }],
    ['of an unknown implementation', existing(other()), {}],
  ])('may be %s', (_, gateway, network) => {
    expect(printed(gateway, network)).toBe('');
  });

  test.each(['10.0.0.1/8', '10.0.0.0', '10.0.0.0/33', '256.0.0.0/8', '010.0.0.0/8', '10.0.0.0/08', 'fd00::/8', 5])(
    'refuses the range %p',
    (range) => {
      expect(refusal(() => new RoutedApp().stack('a', { network: { clientRanges: [range as string] } }))).toContain(
        'network.clientRanges[0]',
      );
    },
  );
});

function named(proxyNamespace: string): ModelGateway {
  return ModelGateway.existing({
    name: 'public',
    namespace: 'gateways',
    implementation: envoyGateway(),
    proxyNamespace,
  });
}

describe('a Gateway that is emitted', () => {
  const managed = (options: Partial<ManagedGatewayOptions> = {}, props: Partial<ModelRoutesProps> = {}): Manifest[] =>
    objectsAt(ModelGateway.managed({ name: 'models', implementation: istio(), ...options }), props);

  test.each<[title: string, hostnames: string[][], message: string]>([
    [
      'hostnames that differ in a sign only',
      [['eu-west.example.com', 'eu.west.example.com']],
      'hostnames: make two listeners of one name, of "eu-west.example.com" and "eu.west.example.com"; use hostnames that differ in more than "." and "-" [route-name-clash]',
    ],
    [
      '65 hostnames',
      Array.from({ length: 5 }, (_, route) =>
        Array.from({ length: 13 }, (__, host) => `h${host}.r${route}.example.com`),
      ),
      'hostnames: make a Gateway of 65 listeners, and the Gateway API allows 64; use a wildcard, or a second Gateway [route-too-large]',
    ],
  ])('refuses %s', (_, hostnames, message) => {
    const app = new RoutedApp();
    const to = [app.to('a')];
    const routes = hostnames.map((each) => ({ hostnames: each, to }));
    const gateway = ModelGateway.managed({ name: 'models', implementation: istio() });
    expect(refusal(() => app.routes({ gateway, routes }))).toContain(message);
    expect(() => printedBy(() => app.routes({ routes }, 'Existing'))).not.toThrow();
  });

  test('has a listener for each hostname, with TLS', () => {
    const hostnames = ['a.example.com', '*.b.example.com'];
    const { gatewayClassName, listeners } = of('Gateway', managed({ tls: { secretName: 'cert' } }, { hostnames }));
    expect(gatewayClassName).toBe('istio');
    expect(listeners).toMatchObject([
      { name: 'https-a-example-com', hostname: 'a.example.com', port: 443, protocol: 'HTTPS' },
      { name: 'https-any-b-example-com', hostname: '*.b.example.com', tls: { certificateRefs: [{ name: 'cert' }] } },
    ]);
    expect(listeners[0].allowedRoutes.namespaces).toEqual({ from: 'Same' });
  });

  test('without hostnames has one listener for all', () => {
    const { listeners } = of('Gateway', managed({}, { hostnames: undefined }));
    expect(listeners).toMatchObject([{ name: 'http', port: 80, protocol: 'HTTP' }]);
    expect(listeners[0].hostname).toBeUndefined();
  });

  test('in another namespace allows routes from that of the routes only', () => {
    const objects = managed({ namespace: 'gateways' });
    expect(objects[0].metadata.namespace).toBe('gateways');
    expect(of('Gateway', objects).listeners[0].allowedRoutes.namespaces).toEqual({
      from: 'Selector',
      selector: { matchLabels: { 'kubernetes.io/metadata.name': 'llm' } },
    });
  });

  test('may use a certificate of another namespace, with a grant there', () => {
    const objects = managed({ tls: { secretName: 'cert', namespace: 'certificates' } });
    const grant = objects.find(({ kind }) => kind === 'ReferenceGrant');
    expect(grant.metadata).toMatchObject({ name: 'models-certificate-llm', namespace: 'certificates' });
    expect(grant.spec).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'llm' }],
      to: [{ group: '', kind: 'Secret', name: 'cert' }],
    });
  });

  test('needs no grant for a certificate beside it', () => {
    const objects = managed({ namespace: 'gateways', tls: { secretName: 'cert', namespace: 'gateways' } });
    expect(objects.map(({ kind }) => kind as string)).not.toContain('ReferenceGrant');
    expect(objects[0].spec.listeners[0].tls.certificateRefs).toEqual([{ name: 'cert' }]);
  });

  test('has addresses, labels and annotations', () => {
    const options = { addresses: ['10.0.0.1', 'lb.example.com'], labels: { team: 'ml' }, annotations: { a: 'b' } };
    const [{ metadata, spec }] = managed(options);
    expect(metadata).toMatchObject({ labels: { team: 'ml' }, annotations: { a: 'b' } });
    expect(spec.addresses).toEqual([
      { type: 'IPAddress', value: '10.0.0.1' },
      { type: 'Hostname', value: 'lb.example.com' },
    ]);
  });

  test.each<[title: string, addresses: unknown, message: string]>([
    ['twice the same', ['10.0.0.1', '10.0.0.1'], 'addresses: is ["10.0.0.1","10.0.0.1"]; give'],
    ['17', Array.from({ length: 17 }, (_, last) => `10.0.0.${last}`), 'each once, at most 16'],
    ['none', [], 'addresses: is []; give a list of at least 1'],
    [
      'with capital letters',
      ['LB.example.com'],
      'addresses[0]: is "LB.example.com"; give an IP address, or a hostname',
    ],
    ['with a part above 255', ['10.0.0.256'], 'addresses[0]: is "10.0.0.256"'],
    ['with a port', ['10.0.0.1:80'], 'addresses[0]: is "10.0.0.1:80"'],
  ])('fails with addresses that the Gateway API refuses: %s', (_, addresses, message) => {
    expect(refusal(() => managed({ addresses: addresses as string[] }))).toContain(message);
  });

  test('has reserved addresses by name at GKE', () => {
    const [{ spec }] = managed({
      implementation: GatewayImplementation.gke(),
      className: 'gke-l7-rilb',
      addresses: ['llm-address', '10.0.0.1', 'fd00::1'],
    });
    expect(spec.addresses).toEqual([
      { type: 'NamedAddress', value: 'llm-address' },
      { type: 'IPAddress', value: '10.0.0.1' },
      { type: 'IPAddress', value: 'fd00::1' },
    ]);
  });

  test.each<[title: string, implementation: GatewayImplementation, seconds: number, line: string]>([
    ['a whole response', istio(), 600, 'limits a whole response to 600 s;'],
    ['nothing, if it is 0', istio(), 0, 'does not limit a response;'],
    ['a gap of NGINX', GatewayImplementation.nginxGatewayFabric(), 600, 'limits the time without a byte to 600 s, not'],
    ['a gap of at most an hour', GatewayImplementation.nginxGatewayFabric(), 7200, 'without a byte to 3600 s'],
    ['a gap, if it is 0', GatewayImplementation.nginxGatewayFabric(), 0, 'without a byte to 3600 s'],
    [
      'nothing at Traefik',
      GatewayImplementation.traefik(),
      600,
      'does not limit a response, whatever requestTimeout is',
    ],
    [
      'a response at Cilium, and the agent a gap',
      GatewayImplementation.cilium(),
      60,
      'proxy-stream-idle-timeout-seconds',
    ],
  ])('reports what the time limits: %s', (_, implementation, seconds, line) => {
    const app = new RoutedApp();
    const to = [app.to('a', { network: { policy: false } })];
    const routes = app.routes({
      gateway: existing(implementation),
      requestTimeout: Duration.seconds(seconds),
      routes: [{ to }],
    });
    expect(linesOf(routes).join('\n')).toContain(line);
  });

  test('warns about a Gateway without TLS', () => {
    const app = new RoutedApp();
    const gateway = ModelGateway.managed({ name: 'models', implementation: istio(), proxyNamespace: 'gateways' });
    expect(printedBy(() => app.routes({ gateway, routes: [{ to: [app.to('a')] }] }))).toContain('[gateway-clear-text]');
  });

  test.each<[title: string, options: object, message: string]>([
    [
      'no class where installations differ',
      { implementation: envoyGateway() },
      'className: is required and was not given; give the name of a GatewayClass',
    ],
    ['a class with a space', { className: 'my class' }, 'className: is "my class"'],
    ['no implementation', { implementation: undefined }, 'implementation: is required'],
    ['an implementation as text', { implementation: 'istio' }, 'give a GatewayImplementation'],
    ['a certificate as text', { tls: 'cert' }, 'tls: is "cert"'],
    ['a certificate with a key', { tls: { secretName: 'a', key: 'b' } }, 'tls.key: unknown property'],
    ['a name with a dot, of which Istio cannot make a Service', { name: 'my.gateway' }, 'name: is "my.gateway"'],
    ['no addresses', { addresses: [] }, 'addresses: is []'],
    ['a name with capital letters', { name: 'Models' }, 'name: is "Models"'],
  ])('refuses %s', (_, options, message) => {
    const all = { name: 'models', implementation: istio(), ...options };
    expect(refusal(() => ModelGateway.managed(all as ManagedGatewayOptions))).toContain(message);
  });
});

describe('properties of ModelRoutes', () => {
  const valid = { name: 'llm', gateway: existing(), hostnames: ['a.b'] };
  test.each<[title: string, props: object, message: string]>([
    ['no routes', { routes: [] }, 'routes: is []'],
    ['routes that are no list', { routes: {} }, 'routes: is'],
    ['a name that begins with a digit', { name: '1a' }, 'name: is "1a"'],
    ['a name of 41 characters', { name: 'a'.repeat(41) }, 'at most 40 characters'],
    ['no name', { name: undefined }, 'name: is required'],
    ['no target', { routes: [{ tier: 'gold' }] }, 'routes[0].to: is required'],
    ['a stack in place of a target', { routes: [{ to: [new RoutedApp().stack('a')] }] }, 'give a RouteTarget'],
    ['an unknown property', { timeout: 5 }, 'timeout: unknown property'],
    ['a namespace with a dot', { namespace: 'a.b' }, 'namespace: is "a.b"'],
    ['a list of models as text', { listAllModels: 'yes' }, 'listAllModels: is "yes"; give true or false'],
    [
      'an error that is acknowledged',
      { routes: [{ to: [] }], acknowledge: { 'route-reaches-nothing': 'x' } },
      'an error cannot be acknowledged',
    ],
    [
      'a smoke test without an address',
      { hostnames: undefined, smokeTest: SmokeTest.job() },
      '[smoke-test-url-missing]',
    ],
  ])('refuses %s', (_, props, message) => {
    const app = new RoutedApp();
    const routes = [{ to: [app.to('qwen')] }];
    expect(refusal(() => app.routes({ ...valid, routes, ...props }))).toContain(message);
  });

  test('reports all mistakes together', () => {
    const app = new RoutedApp();
    const message = refusal(() => app.routes({ ...valid, routes: [{ to: [] }, { model: 'x', to: [app.to('a')] }] }));
    expect(message).toContain('has 2 problems');
  });
});

describe('the class of a Gateway', () => {
  const printed = (implementation: GatewayImplementation, className?: string): string => {
    const app = new RoutedApp();
    const gateway = ModelGateway.managed({ name: 'g', implementation, className, tls: { secretName: 'cert' } });
    const to = [app.to('qwen', { network: { policy: false } })];
    return printedBy(() => app.routes({ gateway, routes: [{ to }] }));
  };

  test.each<[title: string, implementation: GatewayImplementation, className: string | undefined]>([
    ['the usual one', GatewayImplementation.istio(), undefined],
    ['a name of the user', GatewayImplementation.envoyGateway(), 'eg'],
    ['one of GKE', GatewayImplementation.gke(), 'gke-l7-rilb'],
    ['any of an unknown gateway', GatewayImplementation.other(), 'istio'],
  ])('may be %s', (_, implementation, className) => {
    expect(printed(implementation, className)).toBe('');
  });

  test('warns about one of another implementation', () => {
    expect(printed(GatewayImplementation.envoyGateway(), 'istio')).toContain(
      'gateway: has the className "istio", the class of Istio, and the implementation Envoy Gateway',
    );
    expect(printed(GatewayImplementation.istio(), 'gke-l7-rilb')).toContain('the class of GKE Gateway');
  });

  test('warns about one that GKE does not have', () => {
    expect(printed(GatewayImplementation.gke(), 'public')).toContain('no class of GKE, which begin with "gke-l7-"');
  });
});
