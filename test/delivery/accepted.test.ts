import { Duration } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  CanaryRouter,
  Delivery,
  ExtraVolume,
  GatewayImplementation,
  GatewayTraffic,
  GpuModel,
  Guard,
  Mesh,
  Migration,
  Model,
  ModelGateway,
  ModelIngress,
  Monitor,
  Objective,
  Price,
  PrometheusServer,
  RolloutEvent,
  RouteTarget,
  Scaling,
  SecretKey,
  Tracing,
  VllmVersion,
} from '../../lib';
import type { Finding } from '../../lib';
import { FindingSeverity } from '../../lib';
import { RoutedApp } from '../support/routing';
import { canaryBy, ERRORS } from '../support/rollout';
import { stackWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const KEY = SecretKey.of('keys', 'api');
const HOSTNAMES = ['llm.example.com'];
const gateway = ModelGateway.existing({
  name: 'public',
  namespace: 'gateways',
  implementation: GatewayImplementation.envoyGateway(),
});
const network = { clientNamespaces: ['gateways', 'envoy-gateway-system'] };
const ingress = ModelIngress.ingressNginx({ className: 'nginx', tls: { secretName: 'tls' } });
const hits = Guard.custom({
  name: 'hits',
  query: 'sum(rate(hits{rollouts_pod_template_hash="{{args.canary}}"}[5m]))',
  minimum: 0.5,
});

/** What each of these stacks has besides its delivery, so that a warning is about that. */
const COMMON: Props = { objectives: [ERRORS], monitoringLabels: {}, engine: { maxModelLen: 16384 } };

/** Each blue-green rollout has it. */
const FORCED = ['blue-green-forced-apply'];

/** Popular set-ups, and ids of the warnings that are right for them. */
const SETUPS: [what: string, props: Props, warnings?: string[]][] = [
  ['one replica', { delivery: canaryBy() }],
  ['two replicas', { delivery: canaryBy(), scaling: Scaling.fixed(2) }],
  ['a scaler', { delivery: canaryBy(), scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8 }) }],
  [
    'a scaler up to many replicas',
    { delivery: canaryBy(), scaling: Scaling.keda({ minReplicas: 10, maxReplicas: 40 }) },
  ],
  [
    'the Gateway API, at a Gateway',
    {
      delivery: canaryBy({ router: CanaryRouter.gatewayApi() }),
      routes: { gateway, hostnames: HOSTNAMES },
      network,
      apiKey: KEY,
    },
  ],
  [
    'the Gateway API, for HTTPRoutes of others',
    { delivery: canaryBy({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }) }) },
  ],
  ['Istio, inside of the mesh', { delivery: canaryBy(), mesh: Mesh.istioSidecar() }, ['mesh-pod-security']],
  [
    'Istio, at a gateway',
    {
      delivery: canaryBy({ router: CanaryRouter.istio({ hosts: HOSTNAMES, gateways: ['istio-ingress/public'] }) }),
      network: { clientNamespaces: ['istio-ingress'] },
    },
  ],
  [
    'a VirtualService of others',
    { delivery: canaryBy({ router: CanaryRouter.virtualService({ virtualService: 'llm' }) }) },
  ],
  [
    'ingress-nginx',
    {
      delivery: canaryBy({ router: CanaryRouter.nginx() }),
      routes: { ingress, hostnames: HOSTNAMES },
      network: { clientNamespaces: ['ingress-nginx'] },
      apiKey: KEY,
    },
    ['ingress-nginx-retired'],
  ],
  ['no router and 20 replicas', { delivery: canaryBy({ router: CanaryRouter.none() }), scaling: Scaling.fixed(20) }],
  ['a slice of a GPU', { delivery: canaryBy(), accelerator: Accelerator.mig(GpuModel.H100, '3g.40gb') }],
  [
    'tensor parallel over 8 GPUs',
    {
      delivery: canaryBy({ gpuBudget: 32 }),
      accelerator: Accelerator.gpu(GpuModel.H100, 8),
      model: Model.of('meta-llama/Llama-3.3-70B-Instruct'),
      scaling: Scaling.fixed(2),
    },
  ],
  // The label by which guards select a version is up to the user's own monitor.
  ['no monitor', { delivery: canaryBy(), monitor: Monitor.none() }, ['guard-labels']],
  [
    'a ServiceMonitor without a router',
    { delivery: canaryBy({ router: CanaryRouter.none(), weights: [50] }), monitor: Monitor.service() },
  ],
  ['Istio with sidecars', { delivery: canaryBy(), mesh: Mesh.istioSidecar({ native: false }) }, ['mesh-pod-security']],
  ['Istio without sidecars', { delivery: canaryBy(), mesh: Mesh.istioAmbient() }, ['canary-waypoint']],
  [
    'adapters',
    {
      delivery: canaryBy(),
      engine: { maxModelLen: 16384, enableLora: true, loraModules: ['sql=/adapters/sql'], maxLoraRank: 16 },
      extraVolumes: [ExtraVolume.fromClaim('adapters', '/adapters')],
    },
  ],
  ['an API key', { delivery: canaryBy(), apiKey: KEY }],
  [
    'an objective at the gateway alone',
    {
      delivery: canaryBy(),
      objectives: [Objective.errorRate({ below: 0.01, atGateway: true })],
      gatewayTraffic: GatewayTraffic.istio(),
    },
  ],
  [
    'availability and a guard of its own',
    { delivery: canaryBy({ guards: [hits] }), objectives: [Objective.availability({ atLeast: 0.99 })] },
  ],
  [
    'each latency, compared with the old version',
    {
      delivery: canaryBy({ compareWithStable: { maxLatencyRatio: 1.3 } }),
      objectives: [
        Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(500) }),
        Objective.interTokenLatency({ percentile: 99, within: Duration.millis(50) }),
        Objective.endToEnd({ percentile: 90, within: Duration.seconds(30) }),
      ],
    },
  ],
  ['requests counted at the gateway', { delivery: canaryBy(), gatewayTraffic: GatewayTraffic.istio() }],
  ['a name of 56 characters', { delivery: canaryBy(), name: 'a'.repeat(56) }],
  ['a price', { delivery: canaryBy(), price: Price.perGpuHour(2.5) }],
  ['traces', { delivery: canaryBy(), tracing: Tracing.otlp({ endpoint: 'http://collector.tracing:4317' }) }],
  ['a release before', { delivery: canaryBy(), vllmVersion: VllmVersion.of('0.31.0') }],
  [
    'a promotion by a person, with notifications',
    {
      delivery: canaryBy({
        manualPromotion: true,
        notifications: [{ service: 'slack', recipients: ['ml-alerts'], events: [RolloutEvent.PAUSED] }],
      }),
    },
  ],
  [
    'a Prometheus of its own',
    { delivery: canaryBy({ prometheus: PrometheusServer.at('https://thanos.corp.io/api') }) },
  ],
  [
    'the way from a Deployment',
    { delivery: canaryBy({ migration: Migration.FROM_DEPLOYMENT }), scaling: Scaling.fixed(2) },
  ],
  [
    'the way to a Deployment',
    { delivery: canaryBy({ migration: Migration.TO_DEPLOYMENT }), scaling: Scaling.fixed(2) },
  ],
  ['blue-green', { delivery: Delivery.blueGreen() }, FORCED],
  ['blue-green with a scaler', { delivery: Delivery.blueGreen(), scaling: Scaling.keda({ maxReplicas: 4 }) }, FORCED],
  [
    'blue-green with a route',
    { delivery: Delivery.blueGreen(), routes: { gateway, hostnames: HOSTNAMES }, network, apiKey: KEY },
    FORCED,
  ],
  [
    'blue-green with a preview',
    { delivery: Delivery.blueGreen({ manualPromotion: true, previewReplicas: 1 }) },
    FORCED,
  ],
];

/** Findings that are the same with each kind of workload: the changes of a pinned release, and the missing token. */
const isOfTheModel = (id: string): boolean => id.endsWith('-changes') || id === 'gated-without-token';

/** Ids of the other warnings of constructs. */
const warningsAbout = (...constructs: readonly { readonly findings: readonly Finding[] }[]): string[] =>
  constructs
    .flatMap(({ findings }) => findings)
    .filter(({ severity, id }) => severity === FindingSeverity.WARNING && !isOfTheModel(id))
    .map(({ id }) => id);

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe('a Rollout', () => {
  test.each(SETUPS.map(([what, props, warnings = []]) => ({ what, props, warnings })))(
    'is accepted with $what',
    ({ props, warnings }) => {
      const stack = stackWith({ ...COMMON, ...props });
      expect(stack.workload.kind).toBe('Rollout');
      expect(warningsAbout(stack)).toEqual(warnings);
    },
  );

  test('is accepted in the namespace of its chart', () => {
    const stack = stackWith({ ...COMMON, delivery: canaryBy() });
    expect(stack._parts.rollout?.namespace).toBe('llm');
    expect(warningsAbout(stack)).toEqual([]);
  });

  test('is accepted twice in one ModelRoutes', () => {
    const app = new RoutedApp();
    const delivery = canaryBy({ router: CanaryRouter.gatewayApi({ httpRoutes: ['llm'] }) });
    const [small, large] = ['small', 'large'].map((name) => app.stack(name, { ...COMMON, delivery }));
    if (small === undefined || large === undefined) throw new Error('no stacks');
    const routes = app.routes({
      routes: [{ headers: { tier: 'gold' }, to: [RouteTarget.stack(large)] }, { to: [RouteTarget.stack(small)] }],
    });
    expect(warningsAbout(small, large, routes)).toEqual([]);
  });

  test('is accepted with ModelRoutes in another namespace', () => {
    const app = new RoutedApp();
    const router = CanaryRouter.gatewayApi({ httpRoutes: ['llm'], namespace: 'llm' });
    const stack = app.stack('chat', {
      ...COMMON,
      namespace: 'search',
      delivery: canaryBy({ router }),
    });
    const routes = app.routes({ routes: [{ to: [RouteTarget.stack(stack)] }] });
    expect(warningsAbout(stack, routes)).toEqual([]);
  });
});
