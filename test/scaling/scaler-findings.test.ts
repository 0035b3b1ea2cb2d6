import { Chart, Duration, Testing } from 'cdk8s';
import type { KedaScalingOptions } from '../../lib';
import { Accelerator, GpuModel, Model, Scaling, Signal, VllmInferenceStack } from '../../lib';
import { refusalOf, stackWith } from '../support/stack';
import { messageOf, scalerErrors } from '../support/scaling';

const GATEWAY = Signal.gatewayRequests({ metric: 'a', matchers: { b: 'c' }, perReplica: 4 });
const own = (name: string) => Signal.custom({ name, query: 'sum(a)', target: 1 });
const schedule = (replicas: number) =>
  Signal.schedule({ timeZone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', replicas });
const minutes = (value: number) => Duration.minutes(value);

describe('a scaler', () => {
  it('has no findings by default', () => {
    expect(scalerErrors({})).toEqual([]);
  });

  it('refuses a rate window of fewer than four scrapes, at any interval', () => {
    const rateWindow = Duration.seconds(60);
    expect(scalerErrors({ rateWindow }, {}, 20)).toEqual([
      'scaling.rateWindow: is 60 s, shorter than four scrapes of 20 s: one missed scrape leaves no data; use 80 s or more [rate-window-too-short]',
    ]);
    expect(scalerErrors({ rateWindow: Duration.seconds(20) }, {}, 5)).toEqual([]);
  });

  it.each<[what: string, options: Partial<KedaScalingOptions>, lines: string[]]>([
    [
      'a minimum above the maximum, once',
      { minReplicas: 5, maxReplicas: 4 },
      [
        'scaling.minReplicas: sets a minimum of 5 replicas (set in scaling.minReplicas), but maxReplicas is 4; raise maxReplicas, or lower scaling.minReplicas [min-above-max]',
      ],
    ],
    [
      'a warm pool above the maximum',
      { minReplicas: 3, warmPool: 2, maxReplicas: 4 },
      [
        'scaling.warmPool: sets a minimum of 5 replicas (3 plus a warm pool of 2), but maxReplicas is 4; raise maxReplicas, or lower scaling.warmPool [min-above-max]',
      ],
    ],
    [
      'a fallback above the maximum',
      { fallback: { replicas: 41 } },
      ['scaling.fallback.replicas: is 41, but maxReplicas is 40; use at most 40 [fallback-above-max]'],
    ],
    [
      'a rate window of fewer than four scrapes',
      { rateWindow: Duration.seconds(59) },
      [
        'scaling.rateWindow: is 59 s, shorter than four scrapes of 15 s: one missed scrape leaves no data; use 60 s or more [rate-window-too-short]',
      ],
    ],
    [
      'a rate window that no scale-down window can cover',
      { rateWindow: minutes(61) },
      [
        'scaling.rateWindow: is 3660 s: the scale-down window must cover it, and Kubernetes accepts at most 3600 s there; use 3600 s or less [rate-window-too-long]',
      ],
    ],
    [
      'a scale-down window below five minutes',
      { speed: { scaleDownWindow: Duration.seconds(299) } },
      [
        'scaling.speed.scaleDownWindow: is 299 s, but with a rate window of 60 s it must be 300 to 3600 s: a replica that is removed too early takes minutes to start again; use a value in that range, or remove it [scale-down-window]',
      ],
    ],
    [
      'a scale-down window above an hour',
      { speed: { scaleDownWindow: Duration.seconds(3601) } },
      [
        expect.stringContaining(
          'scaling.speed.scaleDownWindow: is 3601 s, but with a rate window of 60 s it must be 300 to 3600 s',
        ),
      ],
    ],
    [
      'a scale-down window below the rate window',
      { rateWindow: minutes(10), speed: { scaleDownWindow: minutes(9) } },
      [expect.stringContaining('is 540 s, but with a rate window of 600 s it must be 600 to 3600 s')],
    ],
    [
      'one signal twice',
      { signals: [Signal.inFlightRequests(), Signal.inFlightRequests({ perReplica: 9 })] },
      [
        'scaling.signals[1]: is named "in-flight-requests", and another signal has the same name; remove one of them, or rename it [signal-twice]',
      ],
    ],
    [
      'two queries of one name',
      { signals: [own('a'), own('b'), own('a')] },
      [expect.stringMatching(/^scaling.signals\[2\]/)],
    ],
    [
      'a query with the name of a signal',
      { signals: [Signal.kvCacheUse(), own('kv-cache-use')] },
      [expect.stringContaining('is named "kv-cache-use"')],
    ],
    [
      'zero without a signal that wakes',
      { scaleToZero: {} },
      [
        'scaling.scaleToZero: has no signal that can wake the stack: vLLM’s own metrics end with the last replica; add Signal.gatewayRequests, or remove scaleToZero [nothing-wakes]',
      ],
    ],
    [
      'a warm pool with scale to zero',
      { signals: [GATEWAY], scaleToZero: {}, warmPool: 1 },
      ['scaling.warmPool: is 1, but scaleToZero removes every replica; remove one of them [warm-pool-and-zero]'],
    ],
    [
      'a fallback that each wake would start',
      { signals: [GATEWAY], scaleToZero: {}, fallback: { replicas: 6 } },
      [
        'scaling.fallback.replicas: is 6: a replica has no metrics while it loads, so each wake from zero would start 6 replicas; remove it, or use 1 [fallback-and-zero]',
      ],
    ],
    [
      'a cooldown that ends while a replica loads',
      { signals: [GATEWAY], scaleToZero: { cooldown: Duration.minutes(1) } },
      [
        'scaling.scaleToZero.cooldown: is 60 s, but a new replica needs up to 660 s for its first answer: it would be removed while it loads; use 660 s or more [cooldown-too-short]',
      ],
    ],
    [
      'polls that end before kube-state-metrics reports 0 replicas',
      { signals: [GATEWAY], scaleToZero: { pollingInterval: Duration.seconds(5) } },
      [
        'scaling.scaleToZero.pollingInterval: is 5 s with a failureThreshold of 4: vLLM’s series end up to 60 s before kube-state-metrics reports 0 replicas; use 15 to 300 s, and a failureThreshold that covers at least 60 s [polling-interval]',
      ],
    ],
    [
      'a schedule above the maximum',
      { signals: [schedule(41)] },
      ['scaling.signals[0].replicas: is 41, but maxReplicas is 40; use at most 40 [schedule-above-max]'],
    ],
    [
      'a schedule that has no effect',
      { signals: [GATEWAY, schedule(2)], minReplicas: 2 },
      [
        'scaling.signals[1].replicas: is 2, but 2 replicas always run (set in scaling.minReplicas): the schedule has no effect; use more than 2, or remove the schedule [schedule-below-min]',
      ],
    ],
    [
      'a schedule below the minimum while awake',
      { signals: [GATEWAY, schedule(1)], minReplicas: 2, scaleToZero: {} },
      [
        expect.stringContaining(
          'is 1, but an awake stack has at least 2 replicas (set in scaling.minReplicas); use 2 or more',
        ),
      ],
    ],
  ])('refuses %s', (_, options, lines) => {
    expect(scalerErrors(options)).toEqual(lines);
  });

  it.each<[what: string, options: Partial<KedaScalingOptions>]>([
    ['a minimum that equals the maximum', { minReplicas: 40 }],
    ['a fallback to all', { fallback: { replicas: 40 } }],
    ['a scale-down window of an hour', { speed: { scaleDownWindow: minutes(60) } }],
    ['a rate window of an hour', { rateWindow: minutes(60) }],
    ['a schedule of all', { signals: [schedule(40)] }],
    ['a schedule that keeps the minimum awake', { signals: [GATEWAY, schedule(1)], scaleToZero: {} }],
    ['two queries of two names', { signals: [own('a'), own('b')] }],
  ])('may have %s', (_, options) => {
    expect(scalerErrors(options)).toEqual([]);
  });
});

describe('a stack that scales', () => {
  const scaling = Scaling.keda({ maxReplicas: 4 });

  it('has a name of at most 47 characters', () => {
    expect(() => stackWith({ name: 'a'.repeat(47), scaling })).not.toThrow();
  });

  it('refuses a name of 48 characters, which is valid without KEDA', () => {
    const name = 'a'.repeat(48);
    expect(refusalOf({ name, scaling })).toContain(
      `name: makes the name of the ScaledObject "${name}-scaler" 55 characters long, and KEDA accepts 54; use at most 47 characters with Scaling.keda [scaler-name-too-long]`,
    );
    expect(() => stackWith({ name })).not.toThrow();
  });

  const without = (namespace?: string) => () =>
    new VllmInferenceStack(new Chart(Testing.app(), 'test'), 'Stack', {
      name: 'vllm',
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      scaling,
      namespace,
    });

  it('refuses an unknown namespace', () => {
    expect(messageOf(without())).toContain(
      'namespace: is unset: queries would count every stack of this name in the cluster; set it in the stack, or in the props of the chart [namespace-unknown]',
    );
    expect(without('llm')).not.toThrow();
  });

  it('refuses an engine without metrics', () => {
    expect(refusalOf({ scaling, engine: { disableLogStats: true } })).toContain(
      'engine.disableLogStats: removes every vllm:* metric, and these read them: scaling',
    );
    expect(refusalOf({ scaling, extraArgs: ['--disable-log-stats'] })).toContain('these read them: scaling');
  });

  it('refuses a disruption budget of the minimum replicas', () => {
    const keda = Scaling.keda({ maxReplicas: 40, minReplicas: 2, warmPool: 1 });
    expect(refusalOf({ scaling: keda, disruptionBudget: { minAvailable: 3 } })).toContain(
      'disruptionBudget.minAvailable: is 3 of 3 replicas: a node with one of them can never be drained',
    );
    expect(() => stackWith({ scaling: keda, disruptionBudget: { minAvailable: 2 } })).not.toThrow();
  });
});
