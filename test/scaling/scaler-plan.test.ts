import { Duration } from 'cdk8s';
import { Model, Signal } from '../../lib';
import { h100 } from '../support/plan';
import { scalerFindings } from '../../lib/scaling/scaler-findings';
import { scalerOf } from '../support/scaling';

const LLAMA_405B = { model: Model.of('meta-llama/Llama-3.1-405B-Instruct'), accelerator: h100(16) };
const GATEWAY = Signal.gatewayRequests({ metric: 'a', matchers: { b: 'c' }, perReplica: 4 });

describe('the limits', () => {
  it('are one replica and the maximum that is set', () => {
    expect(scalerOf()).toMatchObject({ min: { value: 1, reason: 'default' }, max: 40 });
    expect(scalerOf({ minReplicas: 3 }).min).toEqual({ value: 3, reason: 'set in scaling.minReplicas' });
  });

  it('add the warm pool to the minimum', () => {
    expect(scalerOf({ minReplicas: 3, warmPool: 2 }).min).toEqual({ value: 5, reason: '3 plus a warm pool of 2' });
  });
});

describe('the signals', () => {
  it('are requests in flight and the KV cache by default', () => {
    expect(scalerOf().triggers.map(({ name }) => name)).toEqual(['in-flight-requests', 'kv-cache-use']);
  });

  it('keep their order', () => {
    const signals = [GATEWAY, Signal.inFlightRequests()];
    expect(scalerOf({ signals }).triggers.map(({ name }) => name)).toEqual(['gateway-requests', 'in-flight-requests']);
  });

  it('are queried at the Service that the Prometheus Operator creates', () => {
    expect(scalerOf().server).toBe('http://prometheus-operated.monitoring:9090');
  });
});

describe('the scrapes', () => {
  const queryOf = (scrapeInterval: number) => {
    const [trigger] = scalerOf({ signals: [Signal.requestRate({ perReplica: 1 })] }, {}, scrapeInterval).triggers;
    return trigger?.type === 'prometheus' ? trigger.query : '';
  };

  it.each([
    [5, '[1m]'],
    [15, '[1m]'],
    [30, '[2m]'],
  ])('every %i s give rates over %s', (interval, window) => {
    expect(queryOf(interval)).toContain(window);
  });

  it('are the unit of a step up', () => {
    expect(scalerOf({}, {}, 70).up.period).toEqual({ value: 630, reason: 'a step lasts 1.5 starts' });
  });
});

describe('a step up', () => {
  it('lasts one and a half starts, in whole scrapes', () => {
    expect(scalerOf().up.period).toEqual({ value: 600, reason: 'a step lasts 1.5 starts' });
  });

  it('lasts at most half an hour, the maximum in Kubernetes, and gives that reason', () => {
    expect(scalerOf({}, LLAMA_405B).up.period).toEqual({
      value: 1800,
      reason: 'the longest step that Kubernetes accepts; 1.5 starts would be 11985 s',
    });
  });

  it.each([
    [1, 4],
    [24, 4],
    [25, 5],
    [40, 7],
  ])('with a maximum of %i replicas adds %i, or the current number', (maxReplicas, pods) => {
    expect(scalerOf({ maxReplicas }).up).toMatchObject({ window: 0, pods: { value: pods }, percent: 100 });
  });

  it('adds no more than is set', () => {
    expect(scalerOf({ speed: { scaleUpPods: 2 } }).up).toMatchObject({
      pods: { value: 2, reason: 'set in scaling.speed.scaleUpPods' },
      percent: 0,
    });
  });
});

describe('a step down', () => {
  it('removes one replica or a tenth of them each minute', () => {
    expect(scalerOf().down).toMatchObject({ pods: { value: 1 }, percent: 10, period: { value: 60 } });
  });

  it('removes no more than is set', () => {
    expect(scalerOf({ speed: { scaleDownPods: 2 } }).down).toMatchObject({ pods: { value: 2 }, percent: 0 });
  });

  it('waits five minutes, for any start time', () => {
    expect(scalerOf().down.window).toBe(300);
    expect(scalerOf({}, LLAMA_405B).down.window).toBe(300);
  });

  it('waits as long as the window of rates, if that is longer', () => {
    const plan = scalerOf({ rateWindow: Duration.minutes(10) });
    expect(plan.down.window).toBe(600);
    expect(scalerFindings(plan)).toEqual([]);
  });

  it('waits as long as is set', () => {
    expect(scalerOf({ speed: { scaleDownWindow: Duration.minutes(20) } }).down.window).toBe(1200);
  });
});

describe('the fallback', () => {
  it('is the minimum replicas with the warm pool, after three failures', () => {
    expect(scalerOf({ minReplicas: 2, warmPool: 1 }).fallback).toEqual({ replicas: 3, failureThreshold: 3 });
  });

  it('is the value that is set', () => {
    const fallback = { replicas: 7, failureThreshold: 1 };
    expect(scalerOf({ fallback }).fallback).toEqual(fallback);
  });
});

describe('scale to zero', () => {
  it('is off by default', () => {
    expect(scalerOf().toZero).toBeUndefined();
  });

  it('waits half an hour, and for a first start as long as it may last', () => {
    expect(scalerOf({ signals: [GATEWAY], scaleToZero: {} }).toZero).toEqual({
      cooldown: 1800,
      pollingInterval: 15,
      initialCooldown: 600,
    });
  });

  it('waits as long as is set', () => {
    const scaleToZero = { cooldown: Duration.hours(1), pollingInterval: Duration.seconds(5) };
    const { toZero } = scalerOf({ signals: [GATEWAY], scaleToZero });
    expect(toZero).toMatchObject({ cooldown: 3600, pollingInterval: 5 });
  });
});
