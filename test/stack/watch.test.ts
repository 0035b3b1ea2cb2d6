import { App, Chart, Duration } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  Dashboards,
  GatewayTraffic,
  GpuModel,
  MigStrategy,
  Model,
  Monitor,
  Objective,
  Price,
  Scaling,
  Signal,
  Tracing,
  VllmInferenceStack,
  VllmVersion,
} from '../../lib';
import { containerWith, find, type Manifest, manifestsWith, refusalOf, stackWith } from '../support/stack';

/** No labels, for a Prometheus that selects all objects: this prints no warning. */
const QUIET = { monitoringLabels: {} };
const ERRORS = Objective.errorRate({ below: 0.005 });
const AVAILABLE = Objective.availability({ atLeast: 0.999 });
const KEDA = Scaling.keda({ maxReplicas: 4 });
const AMD = {
  accelerator: Accelerator.resource('amd.com/gpu', 1),
  vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
};
const PRICE = Price.perGpuHour(7);

type Props = Partial<VllmInferenceStackProps>;

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const kindsWith = (props: Props): string[] => manifestsWith(props).map(({ kind }) => kind);
const MONITORS = ['PodMonitor', 'ServiceMonitor'];
const WATCHING = ['PrometheusRule', 'ConfigMap'];

const groupsWith = (props: Props): Manifest[] => find(manifestsWith(props), 'PrometheusRule').spec.groups;
const exprsWith = (props: Props): Record<string, string> =>
  Object.fromEntries(
    groupsWith(props).flatMap(({ rules }) => rules.map(({ record, alert, expr }: Manifest) => [record ?? alert, expr])),
  );
const decidedWith = (props: Props, what: string) => stackWith(props).decisions.find((each) => each.what === what);

describe('a stack is monitored', () => {
  it.each<[what: string, props: Props]>([
    ['that has an objective', { objectives: [AVAILABLE] }],
    ['that scales with KEDA', { scaling: KEDA }],
    ['with a monitor', { monitor: Monitor.pods() }],
    ['with labels for monitors, even none', QUIET],
    ['with alerts, even none', { alerts: { enabled: false } }],
    ['with a dashboard', { dashboards: Dashboards.configMap() }],
    ['whose gateway is watched', { gatewayTraffic: GatewayTraffic.istio() }],
    ['with a price', { price: PRICE }],
  ])('%s', (_, props) => {
    const kinds = kindsWith(props);
    expect(kinds).toEqual(expect.arrayContaining(WATCHING));
    expect(kinds.filter((kind) => MONITORS.includes(kind))).toHaveLength(1);
  });

  it.each<[what: string, props: Props]>([
    ['that sets nothing about it', {}],
    ['that has an empty list of objectives', { objectives: [] }],
    ['of a fixed size', { scaling: Scaling.fixed(2) }],
    ['that is traced alone', { tracing: Tracing.otlp({ endpoint: 'http://otel.observability:4317' }) }],
  ])('but not one %s', (_, props) => {
    expect(kindsWith(props).filter((kind) => [...MONITORS, ...WATCHING].includes(kind))).toEqual([]);
    expect(decidedWith(props, 'time between scrapes')).toBeUndefined();
  });
});

describe('the monitoring of a stack', () => {
  it('is one monitor, of the kind that is set', () => {
    const monitors = (monitor: Monitor) => kindsWith({ monitor }).filter((kind) => MONITORS.includes(kind));
    expect(monitors(Monitor.pods())).toEqual(['PodMonitor']);
    expect(monitors(Monitor.service())).toEqual(['ServiceMonitor']);
    expect(monitors(Monitor.none())).toEqual([]);
  });

  it('has no dashboard with Dashboards.none()', () => {
    expect(kindsWith({ ...QUIET, dashboards: Dashboards.none() })).not.toContain('ConfigMap');
  });

  it('has records without alerts when alerts are off', () => {
    const names = groupsWith({ objectives: [ERRORS], alerts: { enabled: false } }).map(({ name }) => name);
    expect(names).toEqual(['vllm-slo-error-rate', 'vllm-gpu']);
  });

  it('has the labels that Prometheus selects, and the dashboard does not', () => {
    const manifests = manifestsWith({ monitoringLabels: { release: 'kps' } });
    expect(
      ['PodMonitor', 'PrometheusRule', 'ConfigMap'].map((kind) => find(manifests, kind).metadata.labels.release),
    ).toEqual(['kps', 'kps', undefined]);
  });

  it('uses the first served name of the model', () => {
    const model = Model.of('meta-llama/Llama-3.1-8B-Instruct', { servedNames: ['chat', 'llama'] });
    const { relabelings } = find(manifestsWith({ ...QUIET, model }), 'PodMonitor').spec.podMetricsEndpoints[0];
    expect(relabelings).toEqual([{ action: 'replace', targetLabel: 'model', replacement: 'chat' }]);
    const alerts = groupsWith({ ...QUIET, model }).flatMap(({ rules }) => rules);
    expect(new Set(alerts.map(({ labels }: Manifest) => labels.model))).toEqual(new Set(['chat']));
  });

  it('knows its own Service and namespace at the gateway', () => {
    const exprs = exprsWith({ gatewayTraffic: GatewayTraffic.istio() });
    expect(exprs['namespace_app:vllm_gateway_requests:rate5m']).toContain(
      'destination_service_name=~"vllm-svc",destination_service_namespace="llm"',
    );
    expect(Object.keys(exprsWith(QUIET)).filter((record) => record.includes('gateway'))).toEqual([]);
  });

  it('refuses an objective and a signal at a gateway that is not set, both at once', () => {
    const message = refusalOf({
      objectives: [Objective.errorRate({ below: 0.01, atGateway: true })],
      scaling: Scaling.keda({ maxReplicas: 4, signals: [Signal.gatewayRequests({ perReplica: 4 })] }),
    });
    expect(message).toContain('scaling.signals[0]: reads the requests at the gateway, but gatewayTraffic is unset');
    expect(message).toContain(
      'objectives[0].atGateway: reads the requests at the gateway, but gatewayTraffic is unset',
    );
  });

  it('refuses a gateway that is no GatewayTraffic', () => {
    expect(refusalOf({ gatewayTraffic: { route: 'chat' } as never })).toContain(
      'gatewayTraffic: is {"route":"chat"}; give a GatewayTraffic, for example GatewayTraffic.envoyGateway({ route: "chat" })',
    );
  });

  it('knows the scaler and its minimum replicas', () => {
    expect(exprsWith({ scaling: KEDA })['VllmAtMaxReplicas']).toContain('keda-hpa-vllm-scaler');
    expect(exprsWith(QUIET)).not.toHaveProperty('VllmAtMaxReplicas');
    const wake = Signal.gatewayRequests({ perReplica: 10, metric: 'requests_total', matchers: { host: 'llm' } });
    const scaling = Scaling.keda({ maxReplicas: 4, signals: [wake], scaleToZero: {} });
    expect(exprsWith({ scaling })).not.toHaveProperty('VllmTargetAbsent');
  });

  it('has rules about GPUs only if DCGM reports them', () => {
    expect(groupsWith({ ...QUIET, ...AMD }).map(({ name }) => name)).toEqual(
      expect.not.arrayContaining(['vllm-gpu', 'vllm-alerts-gpu']),
    );
    const plain = { ...QUIET, accelerator: Accelerator.resource('nvidia.com/gpu', 1) };
    expect(groupsWith(plain).map(({ name }) => name)).toContain('vllm-gpu');
    expect(groupsWith(QUIET).map(({ name }) => name)).toEqual(expect.arrayContaining(['vllm-gpu', 'vllm-alerts-gpu']));
  });
});

it('only emitted objects are reported to need a label', () => {
  const warned = (props: Props) => stackWith(props).findings.find(({ id }) => id === 'monitor-unselected')?.problem;
  expect(warned({ monitor: Monitor.pods() })).toContain('for PodMonitor and PrometheusRule:');
  expect(warned({ monitor: Monitor.none() })).toContain('for PrometheusRule:');
  expect(warned({ ...AMD, alerts: { enabled: false } })).toContain('for PodMonitor:');
});

describe('a stack without the Prometheus Operator', () => {
  const NOTHING: Props = { monitor: Monitor.none(), dashboards: Dashboards.none(), alerts: { enabled: false } };

  it('can turn off everything that needs it', () => {
    expect(kindsWith({ scaling: KEDA, ...NOTHING })).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Monitor|PrometheusRule|ConfigMap/)]),
    );
  });

  it.each<[what: string, props: Props]>([
    ['a dashboard', { dashboards: Dashboards.configMap() }],
    ['alerts', { alerts: {} }],
  ])('records GPUs for %s', (_, props) => {
    const exprs = exprsWith({ ...NOTHING, ...props });
    expect(Object.keys(exprs)).toContain('namespace_pod_gpu:dcgm_engine_active:max');
  });
});

describe('a NetworkPolicy', () => {
  const idsWith = (props: Props) => stackWith(props).findings.map(({ id }) => id);
  const CLOSED = { ownNamespace: false, monitoringNamespaces: [] };

  it('warns about one that blocks Prometheus', () => {
    expect(idsWith({ ...QUIET, network: CLOSED })).toContain('monitor-shut-out');
  });

  it.each<[what: string, props: Props]>([
    ['the own namespace may connect', { ...QUIET, network: { monitoringNamespaces: [] } }],
    ['a namespace of Prometheus is named', { ...QUIET, network: { ...CLOSED, monitoringNamespaces: ['ops'] } }],
    ['the policy is off', { ...QUIET, network: { ...CLOSED, policy: false } }],
    ['the monitor is Monitor.none()', { ...QUIET, monitor: Monitor.none(), network: CLOSED }],
    ['the stack is not monitored', { network: CLOSED }],
  ])('has no warning when %s', (_, props) => {
    expect(idsWith(props)).not.toContain('monitor-shut-out');
  });
});

describe('a price', () => {
  const h100 = GpuModel.H100;
  const single = Accelerator.mig(h100, '1g.10gb', { strategy: MigStrategy.SINGLE });

  it.each([
    ['a GPU', Accelerator.gpu(h100), 7, 'resource="nvidia_com_gpu"'],
    ['a slice', Accelerator.mig(h100, '1g.10gb'), 1, 'resource="nvidia_com_mig_1g_10gb"'],
    ['a slice with the strategy "single"', single, 1, 'resource="nvidia_com_gpu"'],
    ['a share', Accelerator.shared(h100, { sharers: 2 }), 3.5, 'resource="nvidia_com_gpu_shared"'],
    ['claimed GPUs', Accelerator.claim(h100, { count: 2 }), 7, 'kube_pod_info{'],
    ['a claimed slice', Accelerator.claim(h100, { migProfile: '1g.10gb' }), 1, 'kube_pod_info{'],
  ])('of %s is that of the devices of a pod', (_, accelerator, dollars, counted) => {
    const props = { ...QUIET, accelerator, price: PRICE, unsafeMemoryFit: 'tested' };
    expect(decidedWith(props, 'price of a device')?.value).toBe(`$${dollars} per hour`);
    const exprs = exprsWith(props);
    expect(exprs['namespace_app:vllm_devices_allocated:sum']).toContain(counted);
    expect(exprs['namespace_app:vllm_cost_dollars:per_hour']).toMatch(new RegExp(` \\* ${dollars}$`));
  });
});

describe('a stack is refused', () => {
  it('once when its namespace is unknown', () => {
    const build = (props: Props) => () =>
      new VllmInferenceStack(new Chart(new App(), 'test'), 'Stack', {
        name: 'vllm',
        model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
        accelerator: Accelerator.gpu(GpuModel.L40S),
        ...props,
      });
    expect(build({})).not.toThrow();
    for (const props of [QUIET, { scaling: KEDA }]) {
      expect(build(props)).toThrow(/has 1 problem:\n {2}- namespace: [^\n]*\[namespace-unknown\]$/);
    }
  });

  it.each<[user: string, props: Props]>([
    ['scaling', { scaling: KEDA }],
    ['objectives', { objectives: [ERRORS] }],
    ['cost', { price: PRICE }],
    ['alerts and dashboards', QUIET],
    ['scaling, objectives, cost', { scaling: KEDA, objectives: [ERRORS], price: PRICE }],
  ])('without the metrics that are read for %s', (user, props) => {
    const message = refusalOf({ ...props, engine: { disableLogStats: true } });
    expect(message).toContain(`and these read them: ${user};`);
  });

  it('when scrapes are too far apart for a signal, with both values', () => {
    const scaling = Scaling.keda({ maxReplicas: 4, rateWindow: Duration.minutes(1) });
    expect(refusalOf({ scaling, monitor: Monitor.pods({ interval: Duration.seconds(60) }) })).toContain('60 s');
  });
});

describe('the stack’s own collector', () => {
  const tracing = Tracing.collector({ exportTo: 'http://tempo.observability:4317' });

  it('is emitted with everything that it needs', () => {
    const kinds = kindsWith({ tracing });
    const alone = kindsWith({});
    alone.forEach((kind) => kinds.splice(kinds.indexOf(kind), 1));
    expect(kinds.sort()).toEqual(['ConfigMap', 'Deployment', 'NetworkPolicy', 'Service', 'ServiceAccount']);
  });

  it('receives the traces of the engine', () => {
    const { args } = containerWith({ tracing });
    expect(args).toContain('--otlp-traces-endpoint=http://vllm-otel:4317');
  });
});
