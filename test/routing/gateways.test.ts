import { Duration, Size } from 'cdk8s';
import type { ModelRoutesProps } from '../../lib';
import { GatewayImplementation, ModelGateway, RouteTarget } from '../../lib';
import { RoutedApp, existing, linesOf, objectsAt, printedBy, refusal, specOf } from '../support/routing';
import type { Manifest } from '../support/stack';
import { WITH_TLS } from '../support/stack';

const { envoyGateway, istio, gke, nginxGatewayFabric, cilium, traefik, kgateway, other } = GatewayImplementation;
const ALL = { envoyGateway, istio, gke, nginxGatewayFabric, cilium, traefik, kgateway, other };

const at = (implementation: GatewayImplementation, props: Partial<ModelRoutesProps> = {}): Manifest[] =>
  objectsAt(existing(implementation), props);

describe('the time of a stream', () => {
  test.each(Object.entries(ALL).filter(([name]) => name !== 'gke'))('is in the route at %s', (_, implementation) => {
    expect(specOf('HTTPRoute', at(implementation())).rules[0].timeouts).toEqual({ request: '3600s' });
  });

  test('is never in a route at GKE, which refuses it and every route beside it', () => {
    expect(specOf('HTTPRoute', at(gke())).rules[0].timeouts).toBeUndefined();
  });

  test('at GKE is that of the backend, whose health is asked at /health', () => {
    const objects = at(gke(), { requestTimeout: Duration.minutes(10) });
    const targetRef = { group: '', kind: 'Service', name: 'qwen-svc' };
    expect(specOf('GCPBackendPolicy', objects)).toEqual({ targetRef, default: { timeoutSec: 600 } });
    expect(specOf('HealthCheckPolicy', objects)).toEqual({
      targetRef,
      default: {
        config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: '/health' } },
      },
    });
  });

  test('at GKE asks an engine with TLS by HTTPS', () => {
    const app = new RoutedApp();
    const to = [app.to('a', WITH_TLS)];
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
    expect(specOf('ProxySettingsPolicy', at(nginxGatewayFabric(), { requestTimeout })).timeout).toEqual({
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
    expect(specOf('ProxySettingsPolicy', objects)).toEqual({
      targetRefs: [target],
      buffering: { disable: true },
      timeout: { read: '3600s', send: '3600s' },
    });
    expect(specOf('ClientSettingsPolicy', objects)).toEqual({ targetRef: target, body: { maxSize: '64m' } });
  });

  test('at kgateway is also that without events', () => {
    expect(specOf('TrafficPolicy', at(kgateway()))).toMatchObject({ timeouts: { streamIdle: '3600s' } });
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
