import { ApiObject, Duration, Size, Testing } from 'cdk8s';
import type { StackRoutes, VllmInferenceStackProps } from '../../lib';
import { GatewayImplementation, ModelGateway, SecretKey, SmokeTest } from '../../lib';
import { RoutedApp, existing, printedBy, rulesOf } from '../support/routing';
import type { Manifest } from '../support/stack';
import { find, manifestsWith, refusalOf, stackWith } from '../support/stack';

const ROUTES: StackRoutes = { gateway: existing(), hostnames: ['chat.example.com'] };
const withRoutes = (routes: Partial<StackRoutes>, props: Partial<VllmInferenceStackProps> = {}): Manifest[] =>
  manifestsWith({ ...props, routes: { ...ROUTES, ...routes } });

describe('the route of a stack alone', () => {
  test('is an HTTPRoute to its Service, with the labels of the stack', () => {
    const { metadata, spec } = find(withRoutes({}), 'HTTPRoute');
    expect(metadata).toMatchObject({ name: 'vllm-route', namespace: 'llm', labels: { app: 'vllm' } });
    expect(spec).toMatchObject({
      parentRefs: [{ name: 'public', namespace: 'gateways' }],
      hostnames: ['chat.example.com'],
      rules: [{ backendRefs: [{ kind: 'Service', name: 'vllm-svc', port: 8000 }], timeouts: { request: '3600s' } }],
    });
  });

  test('lets the proxies of the gateway in', () => {
    const [rule] = find(withRoutes({}), 'NetworkPolicy').spec.ingress;
    expect(rule.from).toContainEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'envoy-gateway-system' } },
    });
  });

  test('lets load balancers in by their addresses', () => {
    const gateway = existing(GatewayImplementation.gke());
    const [rule] = find(withRoutes({ gateway }), 'NetworkPolicy').spec.ingress;
    expect(rule.from).toContainEqual({ ipBlock: { cidr: '35.191.0.0/16' } });
    expect(rule.from).toContainEqual({ ipBlock: { cidr: '130.211.0.0/22' } });
  });

  test('has no object more than a stack without one, but the HTTPRoute', () => {
    const without = manifestsWith().map(({ kind }: Manifest) => kind as string);
    const kinds = withRoutes({}).map(({ kind }: Manifest) => kind as string);
    expect(kinds.filter((kind) => !without.includes(kind))).toEqual(['HTTPRoute']);
  });

  test('may have conditions and its own time', () => {
    const routes = { model: 'meta-llama/Llama-3.1-8B-Instruct', requestTimeout: Duration.minutes(10) };
    const { spec } = find(withRoutes(routes), 'HTTPRoute');
    expect(spec.rules[0].timeouts).toEqual({ request: '600s' });
    expect(rulesOf({ spec })[0]?.[1][0]).toBe(
      '/v1/chat/completions X-Gateway-Model-Name=meta-llama/Llama-3.1-8B-Instruct',
    );
  });

  test('may be without a limit of time', () => {
    const { spec } = find(withRoutes({ requestTimeout: Duration.seconds(0) }), 'HTTPRoute');
    expect(spec.rules[0].timeouts).toEqual({ request: '0s' });
  });

  test('may have a prefix', () => {
    const { metadata } = find(withRoutes({ pathPrefix: '/chat' }), 'HTTPRoute');
    expect(metadata.name).toBe('vllm-route-chat');
  });

  test('may have a smoke test', () => {
    const job = find(withRoutes({ smokeTest: SmokeTest.argoCdHook() }, { apiKey: SecretKey.of('keys', 'a') }), 'Job');
    const [{ command, env }] = job.spec.template.spec.containers;
    expect(command[2]).toContain('https://chat.example.com/v1');
    expect(env).toEqual([{ name: 'API_KEY_1', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } }]);
  });

  test('tests again when the engine changes', () => {
    const nameOf = (maxModelLen: number): string =>
      find(withRoutes({ smokeTest: SmokeTest.job() }, { engine: { maxModelLen } }), 'Job').metadata.name as string;
    expect(nameOf(4096)).toBe(nameOf(4096));
    expect(nameOf(4096)).not.toBe(nameOf(8192));
  });

  test('reports what is found about it in the stack', () => {
    const ids = stackWith({ routes: ROUTES }).findings.map(({ id, subject }) => `${id} ${subject}`);
    expect(ids).toEqual(expect.arrayContaining(['route-without-key routes', 'gateway-outside-limits routes.gateway']));
  });

  test.each<[title: string, routes: object, message: string]>([
    ['no gateway', { hostnames: ['a.b'] }, 'routes.gateway: and ingress are unset'],
    ['a gateway as text', { gateway: 'public' }, 'routes.gateway: is "public"'],
    [
      'a hostname with a port',
      { ...ROUTES, hostnames: ['a.example.com:443'] },
      'routes.hostnames[0]: is "a.example.com:443"',
    ],
    ['a hostname with a scheme', { ...ROUTES, hostnames: ['https://a.example.com'] }, 'without scheme, port and path'],
    ['a hostname with capital letters', { ...ROUTES, hostnames: ['A.example.com'] }, 'lower-case'],
    ['an address', { ...ROUTES, hostnames: ['10.0.0.1'] }, 'routes.hostnames[0]'],
    ['a wildcard inside', { ...ROUTES, hostnames: ['a.*.com'] }, 'routes.hostnames[0]'],
    ['no hostname', { ...ROUTES, hostnames: [] }, 'give a list of 1 to 16 hostnames'],
    ['17 hostnames', { ...ROUTES, hostnames: Array.from({ length: 17 }, (_, at) => `h${at}.example.com`) }, '1 to 16'],
    ['a hostname twice', { ...ROUTES, hostnames: ['a.b', 'a.b'] }, 'give each hostname once'],
    [
      'a time with a part of a second',
      { ...ROUTES, requestTimeout: Duration.millis(1500) },
      'routes.requestTimeout: is 1.5 s',
    ],
    ['a time of six digits', { ...ROUTES, requestTimeout: Duration.days(2) }, 'up to 99999'],
    ['a number of seconds', { ...ROUTES, requestTimeout: 60 }, 'routes.requestTimeout: is 60'],
    ['a body of half a MiB', { ...ROUTES, maxBodySize: Size.kibibytes(512) }, 'give a Size of 1 to 1024 whole MiB'],
    ['a body of 2 GiB', { ...ROUTES, maxBodySize: Size.gibibytes(2) }, 'routes.maxBodySize'],
    ['a prefix of 513 characters', { ...ROUTES, pathPrefix: `/${'a'.repeat(512)}` }, 'at most 512 characters'],
    ['targets', { ...ROUTES, to: [] }, 'routes.to: unknown property'],
    ['a list of routes', [ROUTES], 'give an object with gateway, ingress, hostnames'],
    ['a model that it does not serve', { ...ROUTES, model: 'gpt-4' }, '[route-model-not-served]'],
  ])('refuses %s', (_, routes, message) => {
    expect(refusalOf({ routes })).toContain(message);
  });
});

describe('two routes', () => {
  const two = (first: Partial<StackRoutes>, second: Partial<StackRoutes>) => () => {
    const app = new RoutedApp();
    app.stack('first', { routes: { ...ROUTES, ...first } });
    app.stack('second', { routes: { ...ROUTES, ...second } });
    return Testing.synth(app.chart);
  };

  test('may share a hostname by a header', () => {
    expect(() => printedBy(two({ tier: 'a' }, { tier: 'b' }))).not.toThrow();
    expect(() => printedBy(two({ tier: 'a' }, {}))).not.toThrow();
  });

  test('fails when two stacks answer the same requests', () => {
    expect(two({}, {})).toThrow(
      'test/first and test/second both answer /v1/chat/completions on the hostname "chat.example.com" of the Gateway "public"',
    );
  });

  test('fails when two stacks answer small requests', () => {
    const stacks = two({ contentLengthBelow: 1000 }, { contentLengthBelow: 10_000 });
    expect(() => printedBy(stacks)).toThrow('both answer');
  });

  test('may share a path with a route of the user that has more conditions', () => {
    const app = new RoutedApp();
    app.stack('first', { routes: ROUTES });
    const path = { type: 'Exact', value: '/v1/chat/completions' };
    const conditions = [
      { path, queryParams: [{ name: 'debug', value: '1' }] },
      { path, headers: [{ name: 'a', type: 'RegularExpression', value: '.*' }] },
      { path, method: 'GET' },
    ];
    new ApiObject(app.chart, 'Own', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'own' },
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateways' }],
        hostnames: ['chat.example.com'],
        rules: [{ matches: conditions }],
      },
    });
    expect(() => Testing.synth(app.chart)).not.toThrow();
  });

  test('may have two hostnames, two gateways or two prefixes', () => {
    expect(two({}, { hostnames: ['other.example.com'] })).not.toThrow();
    expect(two({}, { pathPrefix: '/other' })).not.toThrow();
    const gateway = ModelGateway.existing({ name: 'other', implementation: GatewayImplementation.envoyGateway() });
    expect(two({}, { gateway })).not.toThrow();
  });

  test('may have Gateways of one name, each in the namespace of its stack', () => {
    const gateway = ModelGateway.existing({ name: 'own', implementation: GatewayImplementation.istio() });
    const app = new RoutedApp();
    app.stack('first', { routes: { ...ROUTES, gateway } });
    app.stack('second', { routes: { ...ROUTES, gateway }, namespace: 'other' });
    expect(() => Testing.synth(app.chart)).not.toThrow();
  });

  test('fails for one hostname and path where policies would be refused', () => {
    const gateway = existing(GatewayImplementation.nginxGatewayFabric());
    expect(() => printedBy(two({ gateway, tier: 'a' }, { gateway, tier: 'b' }))).toThrow('both answer');
  });
});
