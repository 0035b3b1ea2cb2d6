import { Duration, Size } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  CanaryRouter,
  Delivery,
  ExtraVolume,
  GpuModel,
  Model,
  ModelGateway,
  GatewayImplementation,
  Objective,
  Price,
  Scaling,
  Signal,
  Tracing,
  VllmVersion,
  Weights,
} from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { PLAUSIBLE } from '../../lib/defaults/plausible';
import { refusalOf, stackWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

/** Warnings of a stack about its quantities, each as `subject: value; what was meant`. */
const quantitiesOf = (props: Props): string[] =>
  stackWith(props)
    .findings.filter(({ id }) => id === 'implausible-quantity')
    .map(({ subject, problem, fix }) => `${subject} ${/^is (.+?), which/.exec(problem)?.[1]}; ${fix}`);

const UNKNOWN = 'acme/model';
const latency = (within: Duration) => ({ percentile: 95, within });
const keda = (signals: Signal[]): Props => ({ scaling: Scaling.keda({ maxReplicas: 4, signals }) });
const canary = (options: object): Props => ({
  objectives: [Objective.timeToFirstToken(latency(Duration.seconds(1)))],
  delivery: Delivery.canary({ router: CanaryRouter.none(), weights: [50], ...options }),
});
const GATEWAY = ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.envoyGateway() });
const collector = (tailSampling: object): Props => ({
  tracing: Tracing.collector({ exportTo: 'https://tempo.example.com:4317', tailSampling }),
});

const WRONG: [string, Props, string][] = [
  ['cores in millicores', { resources: { cpu: 4000 } }, 'resources.cpu 4000 cores; write 4 if it is in millicores'],
  ['500 cores', { resources: { cpu: 500 } }, 'resources.cpu 500 cores; write 0.5 if it is in millicores'],
  [
    'shared memory of 2 TiB',
    { resources: { sharedMemory: Size.tebibytes(2), memoryLimit: Size.tebibytes(3) } },
    'resources.sharedMemory 2 TiB; write Size.gibibytes(2) if that is meant',
  ],
  [
    'shared memory of 16 MiB',
    { resources: { sharedMemory: Size.mebibytes(16) } },
    'resources.sharedMemory 16 MiB; write Size.gibibytes(16) if that is meant',
  ],
  [
    'memory of 16 MiB',
    { resources: { memory: Size.mebibytes(16) } },
    'resources.memory 16 MiB; write Size.gibibytes(16) if that is meant',
  ],
  [
    'memory of 256 TiB',
    { resources: { memory: Size.tebibytes(256) } },
    'resources.memory 256 TiB; write Size.gibibytes(256) if that is meant',
  ],
  [
    'a disk of 100 TiB',
    { resources: { ephemeralStorage: Size.tebibytes(100) } },
    'resources.ephemeralStorage 100 TiB; write Size.gibibytes(100) if that is meant',
  ],
  [
    'a startup budget of a day',
    { lifecycle: { startupBudget: Duration.days(1) } },
    'lifecycle.startupBudget 24 h; write Duration.minutes(24) if that is meant',
  ],
  [
    'a wait of minutes before SIGTERM',
    { lifecycle: { preStopDelay: Duration.minutes(15) } },
    'lifecycle.preStopDelay 15 min; write Duration.seconds(15) if that is meant',
  ],
  [
    'a drain of hours',
    { lifecycle: { drainTimeout: Duration.hours(2) } },
    'lifecycle.drainTimeout 2 h; write Duration.minutes(2) if that is meant',
  ],
  [
    'a grace period of a day',
    { lifecycle: { terminationGracePeriod: Duration.hours(24) } },
    'lifecycle.terminationGracePeriod 24 h; write Duration.minutes(24) if that is meant',
  ],
  [
    'a progress deadline of a day',
    { lifecycle: { progressDeadline: Duration.hours(20) } },
    'lifecycle.progressDeadline 20 h; write Duration.minutes(20) if that is meant',
  ],
  [
    'weights of 140 MiB on four GPUs',
    { model: Model.of(UNKNOWN, { weightsSize: Size.mebibytes(140) }), accelerator: Accelerator.gpu(GpuModel.H100, 4) },
    'model.weightsSize 140 MiB; write Size.gibibytes(140) if that is meant',
  ],
  [
    'weights of 16 MiB',
    { model: Model.of(UNKNOWN, { weightsSize: Size.mebibytes(16) }), accelerator: Accelerator.gpu(GpuModel.L4) },
    'model.weightsSize 16 MiB; write Size.gibibytes(16) if that is meant',
  ],
  [
    'weights of KiB',
    { model: Model.of(UNKNOWN, { weightsSize: Size.kibibytes(15) }), accelerator: Accelerator.gpu(GpuModel.L4) },
    'model.weightsSize 15 KiB; write Size.gibibytes(15) if that is meant',
  ],
  [
    'a load rate of 1 KiB/s',
    {
      weights: Weights.fromHub({ loadRatePerSecond: Size.kibibytes(1) }),
      lifecycle: { startupBudget: Duration.minutes(30) },
    },
    'weights.loadRatePerSecond 1 KiB; write Size.gibibytes(1) if that is meant',
  ],
  [
    'a load rate of 100 KiB/s',
    {
      weights: Weights.fromHub({ loadRatePerSecond: Size.kibibytes(100) }),
      lifecycle: { startupBudget: Duration.minutes(30) },
    },
    'weights.loadRatePerSecond 100 KiB; write Size.mebibytes(100) if that is meant',
  ],
  [
    'a load rate of 500 GiB/s',
    { weights: Weights.fromHub({ loadRatePerSecond: Size.gibibytes(500) }) },
    'weights.loadRatePerSecond 500 GiB; write Size.mebibytes(500) if that is meant',
  ],
  [
    'a keep-alive of half an hour',
    { engine: { sseKeepAliveInterval: Duration.minutes(30) } },
    'engine.sseKeepAliveInterval 30 min; write Duration.seconds(30) if that is meant',
  ],
  [
    'a context of 32 tokens',
    { engine: { maxModelLen: 32 } },
    'engine.maxModelLen 32 tokens; write 32768 if it is in thousands',
  ],
  [
    'a first token within 60 s',
    { objectives: [Objective.timeToFirstToken(latency(Duration.seconds(60)))] },
    'objectives[0].within 60 s; write Duration.millis(60) if that is meant',
  ],
  [
    'a token every 50 s',
    { objectives: [Objective.interTokenLatency(latency(Duration.seconds(50)))] },
    'objectives[0].within 50 s; write Duration.millis(50) if that is meant',
  ],
  [
    'a first token within 2 ms',
    { objectives: [Objective.timeToFirstToken(latency(Duration.millis(2)))] },
    'objectives[0].within 2 ms; write Duration.seconds(2) if that is meant',
  ],
  [
    'answers within a day',
    { objectives: [Objective.endToEnd(latency(Duration.hours(20)))] },
    'objectives[0].within 20 h; write Duration.minutes(20) if that is meant',
  ],
  [
    'errors of 50 %',
    { objectives: [Objective.errorRate({ below: 0.5 })] },
    'objectives[0].below 0.5; write 0.005 if it is in percent',
  ],
  [
    'an availability of 50 %',
    { objectives: [Objective.availability({ atLeast: 0.5 })] },
    'objectives[0].atLeast 0.5; correct it, or acknowledge this finding',
  ],
  [
    'a price of a month',
    { price: Price.perGpuHour(2500) },
    'price 2500 dollars per hour; write 3.425 if it is the price of a month',
  ],
  [
    'a price of a node of 8 GPUs',
    { price: Price.perGpuHour(98.32) },
    'price 98.32 dollars per hour; write 12.29 if it is the price of a node of 8 GPUs',
  ],
  [
    'a price of a second',
    { price: Price.perGpuHour(0.0011) },
    'price 0.0011 dollars per hour; write 3.96 if it is the price of a second',
  ],
  [
    'a price of a year',
    { price: Price.perGpuHour(30_000) },
    'price 30000 dollars per hour; write 3.425 if it is the price of a year',
  ],
  [
    '10,000 replicas',
    { scaling: Scaling.fixed(10_000) },
    'scaling.replicas 10000; correct it, or acknowledge this finding',
  ],
  [
    'a maximum of 10,000 replicas',
    { scaling: Scaling.keda({ maxReplicas: 10_000 }) },
    'scaling.maxReplicas 10000; correct it, or acknowledge this finding',
  ],
  [
    'a cooldown of days',
    {
      scaling: Scaling.keda({
        maxReplicas: 2,
        signals: [
          Signal.gatewayRequests({
            metric: 'router_requests_total',
            matchers: { model: 'llama' },
            perReplica: 1,
            presence: 'up{job="router"}',
          }),
        ],
        scaleToZero: { cooldown: Duration.days(30) },
      }),
    },
    'scaling.scaleToZero.cooldown 30 d; write Duration.minutes(30) if that is meant',
  ],
  [
    'a queue of an hour',
    keda([Signal.queueTime({ target: Duration.hours(1) })]),
    'scaling.signals[0].target 60 min; write Duration.seconds(60) if that is meant',
  ],
  [
    'a share for requests in flight',
    keda([Signal.inFlightRequests({ perReplica: 0.47 })]),
    'scaling.signals[0].perReplica 0.47; correct it, or acknowledge this finding',
  ],
  [
    '1 % of the KV cache',
    keda([Signal.kvCacheUse({ perReplica: 0.008 })]),
    'scaling.signals[0].perReplica 0.008; correct it, or acknowledge this finding',
  ],
  [
    'requests per day',
    keda([Signal.requestRate({ perReplica: 86_400 })]),
    'scaling.signals[0].perReplica 86400 per second; write 1440 if it is per minute',
  ],
  [
    'a window of days',
    canary({ analysis: { window: Duration.days(2) } }),
    'delivery.analysis.window 2 d; write Duration.hours(2) if that is meant',
  ],
  [
    'measurements every few hours',
    canary({ analysis: { interval: Duration.hours(5) } }),
    'delivery.analysis.interval 5 h; write Duration.minutes(5) if that is meant',
  ],
  [
    'a warm-up of a day',
    canary({ analysis: { warmUp: Duration.hours(24) } }),
    'delivery.analysis.warmUp 24 h; write Duration.minutes(24) if that is meant',
  ],
  [
    'a ratio in percent',
    canary({ compareWithStable: { maxLatencyRatio: 120 } }),
    'delivery.compareWithStable.maxLatencyRatio 120; write 1.2 if it is in percent',
  ],
  [
    'traces slower than a day',
    collector({ slowerThan: Duration.days(1) }),
    'tracing.tailSampling.slowerThan 24 h; write Duration.minutes(24) if that is meant',
  ],
  [
    'first tokens slower than 500 s',
    collector({ firstTokenSlowerThan: Duration.seconds(500) }),
    'tracing.tailSampling.firstTokenSlowerThan 500 s; write Duration.millis(500) if that is meant',
  ],
  [
    'an alert after a week',
    { monitoringLabels: {}, alerts: { tune: { VllmQueueTimeHigh: { pending: Duration.days(7) } } } },
    'alerts.tune.VllmQueueTimeHigh.pending 7 d; write Duration.hours(7) if that is meant',
  ],
  [
    'answers of at most 3 s',
    { routes: { gateway: GATEWAY, hostnames: ['llm.example.com'], requestTimeout: Duration.seconds(3) } },
    'routes.requestTimeout 3 s; write Duration.minutes(3) if that is meant',
  ],
  [
    '64 network devices',
    { rdma: { resourceName: 'rdma/ib', count: 64 } },
    'rdma.count 64; correct it, or acknowledge this finding',
  ],
  [
    'a volume of 200 TiB',
    { extraVolumes: [ExtraVolume.empty('scratch', '/scratch', { sizeLimit: Size.tebibytes(200) })] },
    'extraVolumes[0].sizeLimit 200 TiB; write Size.gibibytes(200) if that is meant',
  ],
];

describe('a quantity in the wrong unit', () => {
  it.each(WRONG)('warns about %s', (_, props, expected) => {
    expect(quantitiesOf(props)).toEqual([expected]);
  });

  it('refuses a memory limit of 64 MiB with one error, which has the unit', () => {
    const refusal = refusalOf({ resources: { memoryLimit: Size.mebibytes(64) } });
    expect(refusal).toContain('has 1 problem');
    expect(refusal).toContain('lower resources.sharedMemory; write Size.gibibytes(64) if that is meant [memory-limit');
  });

  it.each<[string, () => unknown]>([
    ['a GPU of 80 MiB', () => GpuModel.of({ name: 'X', memory: Size.mebibytes(80) })],
    ['a device of 96 MiB', () => Accelerator.resource('amd.com/gpu', 1, { memory: Size.mebibytes(96) })],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(/memory: is (80|96) MiB; give a Size of at least 1 GiB/);
  });

  it('is acknowledged like each warning', () => {
    const acknowledge = { 'implausible-quantity': 'a partition of a very large machine' };
    expect(quantitiesOf({ resources: { cpu: 500 }, acknowledge })).toEqual([]);
  });

  it('explains why it is not usual', () => {
    const [found] = stackWith({ resources: { cpu: 4000 } }).findings.filter(({ id }) => id === 'implausible-quantity');
    expect(found && findingLine(found)).toBe(
      'resources.cpu: is 4000 cores, which is more than 384 cores: the largest GPU nodes have 192 to 384 cores; write 4 if it is in millicores [implausible-quantity]',
    );
  });
});

describe('a quantity that is unusual and right', () => {
  it.each<[string, Props]>([
    ['half a core', { resources: { cpu: 0.5 } }],
    ['all of a GB300 tray', { resources: { cpu: 144, memory: Size.gibibytes(960) } }],
    ['a whole machine of 4 TiB', { resources: { memory: Size.tebibytes(4) } }],
    ['a large /dev/shm', { resources: { sharedMemory: Size.gibibytes(512), memoryLimit: Size.tebibytes(1) } }],
    ['a cold Hub for a very large model', { lifecycle: { startupBudget: Duration.hours(5) } }],
    ['answers of half an hour', { lifecycle: { drainTimeout: Duration.minutes(30) } }],
    [
      'a long wait where the engine cannot drain',
      { vllmVersion: VllmVersion.of('0.11.0'), lifecycle: { preStopDelay: Duration.minutes(10) } },
    ],
    [
      'an embedding model of 90 MiB on a T4',
      { model: Model.of(UNKNOWN, { weightsSize: Size.mebibytes(90) }), accelerator: Accelerator.gpu(GpuModel.T4) },
    ],
    [
      'an embedding model of 440 MiB on a slice of an H100',
      {
        model: Model.of(UNKNOWN, { weightsSize: Size.mebibytes(440) }),
        accelerator: Accelerator.mig(GpuModel.H100, '1g.10gb'),
      },
    ],
    [
      'a slow disk',
      {
        weights: Weights.fromVolume({ claim: 'models', loadRatePerSecond: Size.mebibytes(10) }),
        lifecycle: { startupBudget: Duration.hours(1) },
      },
    ],
    [
      'local disks of 40 GiB/s',
      { weights: Weights.fromVolume({ claim: 'models', loadRatePerSecond: Size.gibibytes(40) }) },
    ],
    ['a context of 128 tokens', { engine: { maxModelLen: 128 } }],
    ['first tokens of long prompts', { objectives: [Objective.timeToFirstToken(latency(Duration.seconds(30)))] }],
    ['an answer within an hour', { objectives: [Objective.endToEnd(latency(Duration.hours(1)))] }],
    ['99.99 %', { objectives: [Objective.availability({ atLeast: 0.9999 })] }],
    ['one error in ten thousand', { objectives: [Objective.errorRate({ below: 0.0001 })] }],
    ['a spot price', { price: Price.perGpuHour(0.05) }],
    ['the price of a GB300', { price: Price.perGpuHour(25) }],
    ['hundreds of replicas', { scaling: Scaling.keda({ maxReplicas: 800 }) }],
    [
      'a slow alert',
      { monitoringLabels: {}, alerts: { tune: { VllmQueueTimeHigh: { pending: Duration.hours(12) } } } },
    ],
    ['32 EFA interfaces', { rdma: { resourceName: 'vpc.amazonaws.com/efa', count: 32 } }],
    [
      'routes without a limit of time',
      { routes: { gateway: GATEWAY, hostnames: ['llm.example.com'], requestTimeout: Duration.seconds(0) } },
    ],
  ])('accepts %s', (_, props) => {
    expect(quantitiesOf(props)).toEqual([]);
  });
});

describe('the table of quantities', () => {
  it.each(Object.entries(PLAUSIBLE))('has a range and a reason for %s', (_, row) => {
    const { least = -Infinity, most = Infinity, why } = row as { least?: number; most?: number; why: string };
    expect(least).toBeLessThan(most);
    expect(most - least).not.toBe(NaN);
    expect(why).toMatch(/^\S.*[^.]$/);
  });
});
