import { Duration, Size } from 'cdk8s';
import type { CanaryOptions, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  AlertSeverity,
  CanaryRouter,
  Dashboards,
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
  Monitor,
  Objective,
  Placement,
  Price,
  PrometheusServer,
  RolloutEvent,
  Scaling,
  SecretKey,
  Signal,
  SmokeTest,
  TaintEffect,
  Tracing,
  VllmVersion,
  Weights,
} from '../../lib';
import { printedBy } from '../support/routing';
import { canaryBy } from '../support/rollout';
import type { Manifest } from '../support/stack';
import { find, manifestsWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';
const WITHIN = Duration.millis(500);

const BASE: Props = {
  objectives: [Objective.errorRate({ below: 0.01 }), Objective.timeToFirstToken({ percentile: 95, within: WITHIN })],
  monitoringLabels: {},
  scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8 }),
};

/** Each workload whose pods a change may replace. */
const DELIVERIES = {
  'a Deployment': { kind: 'Deployment', delivery: Delivery.rollingUpdate() },
  'a canary': { kind: 'Rollout', delivery: canaryBy() },
  'a blue-green rollout': { kind: 'Rollout', delivery: Delivery.blueGreen() },
};

interface Workload {
  readonly template: Manifest;
  readonly steps: Manifest;
}

function workloadOf(kind: string, props: Props): Workload {
  let workload: Manifest;
  printedBy(() => (workload = find(manifestsWith({ ...BASE, ...props }), kind)));
  return { template: workload.spec.template, steps: workload.spec.strategy.canary?.steps };
}

const gateway = ModelGateway.existing({
  name: 'public',
  namespace: 'gateways',
  implementation: GatewayImplementation.istio(),
});
const network = { clientNamespaces: ['gateways'] };
const key = SecretKey.of('keys', 'api');
const ttft = (within: number) => [
  Objective.errorRate({ below: 0.01 }),
  Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(within) }),
];

/** Properties that leave the pods as they are: each as a program before and after the change. */
const SAME_PODS: [what: string, after: Props, before?: Props][] = [
  ['a fixed number of replicas', { scaling: Scaling.fixed(3) }, { scaling: Scaling.fixed(2) }],
  ['a scaler instead of a fixed number', {}, { scaling: Scaling.fixed(2) }],
  ['the minimum of the scaler', { scaling: Scaling.keda({ minReplicas: 3, maxReplicas: 8 }) }],
  ['the maximum of the scaler', { scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 12 }) }],
  [
    'a signal of the scaler',
    { scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8, signals: [Signal.kvCacheUse()] }) },
  ],
  [
    'the Prometheus of the scaler',
    {
      scaling: Scaling.keda({
        minReplicas: 2,
        maxReplicas: 8,
        prometheus: PrometheusServer.at('http://thanos.monitoring:9090'),
      }),
    },
  ],
  ['the target of an objective', { objectives: [Objective.errorRate({ below: 0.005 }), ...ttft(500).slice(1)] }],
  [
    'a percentile of an objective',
    { objectives: [...ttft(500).slice(0, 1), Objective.timeToFirstToken({ percentile: 99, within: WITHIN })] },
  ],
  ['an objective more', { objectives: [...ttft(500), Objective.availability({ atLeast: 0.99 })] }],
  ['an objective less', { objectives: ttft(500).slice(0, 1) }],
  ['the latency of an objective, between bounds that vLLM has', { objectives: ttft(1000) }],
  ['an alert', { alerts: { tune: { VllmOomKilled: { severity: AlertSeverity.CRITICAL } } } }],
  ['no alerts', { alerts: { enabled: false } }],
  ['the labels of alerts', { alerts: { labels: { team: 'search' } } }],
  ['the monitor', { monitor: Monitor.none() }],
  ['the scrape interval', { monitor: Monitor.pods({ interval: Duration.seconds(30) }) }],
  ['the labels of the monitor', { monitoringLabels: { release: 'prometheus' } }],
  ['dashboards', { dashboards: Dashboards.none() }],
  ['the price', { price: Price.perGpuHour(2.5) }],
  ['the requests at the gateway', { gatewayTraffic: GatewayTraffic.istio() }],
  ['the disruption budget', { disruptionBudget: { maxUnavailable: 2 } }],
  ['who may call the pods', { network: { clientNamespaces: ['apps'] } }],
  ['no NetworkPolicy', { network: { policy: false } }],
  ['annotations of the ServiceAccount', { serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn' } }],
  ['the progress deadline', { lifecycle: { progressDeadline: Duration.hours(2) } }],
  ['an acknowledgement', { acknowledge: { 'monitor-unselected': 'test' } }],
  [
    'the release before',
    { vllmVersion: VllmVersion.of('0.32.0', { upgradingFrom: '0.31.0' }) },
    { vllmVersion: VllmVersion.of('0.32.0') },
  ],
];

/** Properties that change the pods. */
const OTHER_PODS: [what: string, after: Props][] = [
  ['the model', { model: Model.of('Qwen/Qwen3-8B') }],
  ['the name that clients send', { model: Model.of(LLAMA, { servedNames: ['llama'] }) }],
  ['the release', { vllmVersion: VllmVersion.of('0.31.0') }],
  ['an option of the engine', { engine: { maxModelLen: 8192 } }],
  ['an argument', { extraArgs: ['--seed=1'] }],
  ['a variable', { env: { HTTPS_PROXY: 'http://proxy:3128' } }],
  ['a variable from a Secret', { secretEnv: { PROXY_PASSWORD: key } }],
  ['an API key', { apiKey: key }],
  ['the number of GPUs', { accelerator: Accelerator.gpu(GpuModel.L40S, 2) }],
  ['the GPU', { accelerator: Accelerator.gpu(GpuModel.H100), placement: Placement.gpuFeatureDiscovery() }],
  ['the place', { placement: Placement.nodeLabels({ pool: 'gpu' }) }],
  ['the weights', { weights: Weights.fromVolume({ claim: 'weights', path: 'llama' }) }],
  ['the startup budget', { lifecycle: { startupBudget: Duration.minutes(20) } }],
  ['the wait before SIGTERM', { lifecycle: { preStopDelay: Duration.seconds(20) } }],
  ['the time to drain', { lifecycle: { drainTimeout: Duration.minutes(5) } }],
  ['the grace period', { lifecycle: { terminationGracePeriod: Duration.minutes(10) } }],
  ['the CPU request', { resources: { cpu: 12 } }],
  ['the memory request', { resources: { memory: Size.gibibytes(40) } }],
  ['a toleration', { tolerations: [{ key: 'gpu', effect: TaintEffect.NO_SCHEDULE }] }],
  ['the spread', { topologySpread: [] }],
  ['the priority', { priorityClassName: 'serving' }],
  ['the runtime class', { runtimeClassName: 'nvidia' }],
  ['pull secrets', { imagePullSecrets: ['registry'] }],
  ['a volume', { extraVolumes: [ExtraVolume.empty('scratch', '/scratch')] }],
  ['a label of every object', { labels: { team: 'search' } }],
  ['an annotation of every object', { annotations: { team: 'search' } }],
  ['a label of the pods', { podLabels: { 'kueue.x-k8s.io/queue-name': 'serving' } }],
  ['an annotation of the pods', { podAnnotations: { team: 'search' } }],
  ['a field of the pod template', { podTemplateOverrides: { spec: { schedulerName: 'other' } } }],
  ['the mesh', { mesh: Mesh.istioSidecar() }],
  ['traces', { tracing: Tracing.otlp({ endpoint: 'http://collector.tracing:4317' }) }],
  // vLLM counts requests between bounds; one that it does not have must be added to its own.
  ['the latency of an objective, for which vLLM needs another bound', { objectives: ttft(333) }],
];

describe.each(Object.entries(DELIVERIES))('the pods of %s', (_what, { kind, delivery }) => {
  const base = workloadOf(kind, { delivery });

  test.each(SAME_PODS.map(([what, after, before = {}]) => ({ what, after, before })))('stay with $what', (change) => {
    const [before, after] = [change.before, change.after].map((props) => workloadOf(kind, { ...props, delivery }));
    expect(after).toEqual(before);
  });

  test.each(OTHER_PODS)('are replaced with %s', (_change, after) => {
    const { template, steps } = workloadOf(kind, { ...after, delivery });
    expect(template).not.toEqual(base.template);
    expect(steps).toEqual(base.steps);
  });
});

describe('the pods and steps of a canary', () => {
  const withRoutes = (routes: VllmInferenceStackProps['routes'], more: Props = {}): Workload =>
    workloadOf('Rollout', {
      delivery: canaryBy({ router: CanaryRouter.gatewayApi() }),
      network,
      apiKey: key,
      routes,
      ...more,
    });
  const routed = withRoutes({ gateway, hostnames: ['a.example.com'] });

  test.each<[what: string, routes: VllmInferenceStackProps['routes']]>([
    ['a hostname', { gateway, hostnames: ['b.example.com'] }],
    ['a hostname more', { gateway, hostnames: ['a.example.com', 'b.example.com'] }],
    ['the request timeout', { gateway, hostnames: ['a.example.com'], requestTimeout: Duration.minutes(5) }],
    ['a condition', { gateway, hostnames: ['a.example.com'], headers: { team: 'a' } }],
    ['labels of the route', { gateway, hostnames: ['a.example.com'], labels: { team: 'a' } }],
    ['a test of the route', { gateway, hostnames: ['a.example.com'], smokeTest: SmokeTest.job() }],
  ])('stay with %s', (_change, routes) => {
    expect(withRoutes(routes)).toEqual(routed);
  });

  const delivered = (options: Partial<CanaryOptions>): Workload =>
    workloadOf('Rollout', { delivery: canaryBy(options) });
  const plain = delivered({});

  test.each<[what: string, options: Partial<CanaryOptions>]>([
    ['a notification', { notifications: [{ service: 'slack', recipients: ['ml'] }] }],
    ['an event', { notifications: [{ service: 'slack', recipients: ['ml'], events: [RolloutEvent.UPDATED] }] }],
    ['the window of guards', { analysis: { window: Duration.minutes(10) } }],
    ['the measurements of guards', { analysis: { measurements: 20, successes: 5, failures: 2 } }],
    ['a guard', { guards: [Guard.custom({ name: 'a', query: 'sum(b{c="{{args.canary}}"})', maximum: 1 })] }],
    ['the Prometheus of guards', { prometheus: PrometheusServer.at('http://thanos.monitoring:9090') }],
    ['a budget', { gpuBudget: 100 }],
    ['the scale of the old version', { dynamicStableScale: false }],
    ['the delays', { dynamicStableScale: false, scaleDownDelay: Duration.minutes(5) }],
    ['the hosts of the router', { router: CanaryRouter.istio({ hosts: ['a.example.com'], gateways: ['mesh'] }) }],
    ['another router', { router: CanaryRouter.virtualService({ virtualService: 'own' }) }],
  ])('stay with %s', (_change, options) => {
    expect(delivered(options)).toEqual(plain);
  });

  test.each<[what: string, options: Partial<CanaryOptions>]>([
    ['other weights', { weights: [10, 50] }],
    ['a promotion by a person', { manualPromotion: true }],
    ['guards at 100 %', { analyzeFullWeight: true }],
    ['a comparison with the old version', { compareWithStable: { maxLatencyRatio: 1.5 } }],
  ])('have other steps and the same pods with %s', (_change, options) => {
    const { template, steps } = delivered(options);
    expect(template).toEqual(plain.template);
    expect(steps).not.toEqual(plain.steps);
  });

  test('have other steps when the scaler may have more replicas than one new pod can share with', () => {
    const upTo = (maxReplicas: number): Workload =>
      workloadOf('Rollout', { delivery: canaryBy(), scaling: Scaling.keda({ maxReplicas }) });
    expect(upTo(20)).toEqual(upTo(1));
    const { template, steps } = upTo(21);
    expect(template).toEqual(plain.template);
    expect(steps).toEqual(plain.steps.filter((step: Manifest) => !('setCanaryScale' in step)));
  });

  test('stay when a canary becomes a blue-green rollout', () => {
    const { template } = workloadOf('Rollout', { delivery: Delivery.blueGreen() });
    expect(template).toEqual(plain.template);
  });

  test.each([Migration.FROM_DEPLOYMENT, Migration.TO_DEPLOYMENT])(
    'are those of the Deployment with %s',
    (migration) => {
      const { template } = workloadOf('Deployment', { delivery: canaryBy({ migration }) });
      expect(template).toEqual(plain.template);
    },
  );
});
