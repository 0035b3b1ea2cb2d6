import { Duration } from 'cdk8s';
import type { ManagedGatewayOptions, ModelRoutesProps } from '../../lib';
import { GatewayImplementation, ModelGateway } from '../../lib';
import { RoutedApp, existing, linesOf, objectsAt, printedBy, refusal, specOf } from '../support/routing';
import type { Manifest } from '../support/stack';

const { envoyGateway, istio } = GatewayImplementation;

const CERTIFICATE = { group: '', kind: 'Secret', name: 'cert' };

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
    const { gatewayClassName, listeners } = specOf('Gateway', managed({ tls: { secretName: 'cert' } }, { hostnames }));
    expect(gatewayClassName).toBe('istio');
    expect(listeners).toMatchObject([
      { name: 'https-a-example-com', hostname: 'a.example.com', port: 443, protocol: 'HTTPS' },
      { name: 'https-any-b-example-com', hostname: '*.b.example.com', tls: { certificateRefs: [CERTIFICATE] } },
    ]);
    expect(listeners[0].allowedRoutes.namespaces).toEqual({ from: 'Same' });
  });

  test('without hostnames has one listener for all', () => {
    const { listeners } = specOf('Gateway', managed({}, { hostnames: undefined }));
    expect(listeners).toMatchObject([{ name: 'http', port: 80, protocol: 'HTTP' }]);
    expect(listeners[0].hostname).toBeUndefined();
  });

  test('in another namespace allows routes from that of the routes only', () => {
    const objects = managed({ namespace: 'gateways' });
    expect(objects[0].metadata.namespace).toBe('gateways');
    expect(specOf('Gateway', objects).listeners[0].allowedRoutes.namespaces).toEqual({
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
    expect(objects[0].spec.listeners[0].tls.certificateRefs).toEqual([CERTIFICATE]);
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
