import { Duration } from 'cdk8s';
import type { EngineOptions, KedaScalingOptions } from '../../lib';
import { Accelerator, GpuModel, Model, Signal, VllmVersion } from '../../lib';
import { WORK_HANDLERS } from '../../lib/engine/work-paths';
import { ENGINE_SIGNALS } from '../../lib/scaling/signal-catalogue';
import { pinned } from '../support/plan';
import { scalerErrors, scalerOf } from '../support/scaling';

const NEW = 'vllm:kv_cache_usage_perc';
const OLD = 'vllm:gpu_cache_usage_perc';
const POOL = '{namespace="llm",app="vllm"}';
const RUNNING = `sum(vllm:num_requests_running${POOL})`;
const WAITING = `sum(vllm:num_requests_waiting${POOL})`;
const NONE = 'sum(kube_deployment_status_replicas{namespace="llm",deployment="vllm"}) == 0';

const one = (signal: Signal, more: Partial<KedaScalingOptions> = {}, props: object = {}) => {
  const [first] = scalerOf({ signals: [signal], ...more }, props).triggers;
  if (first?.type !== 'prometheus') throw new Error('no query');
  return first;
};

const GATEWAY = Signal.gatewayRequests({
  metric: 'envoy_cluster_upstream_rq_total',
  matchers: { envoy_cluster_name: 'a"b', code: '200' },
  perReplica: 4,
});
const custom = (query: string, total?: boolean) => Signal.custom({ name: 'own', query, target: 3, total });

describe('the query of', () => {
  const seconds = Duration.seconds(2);
  const quantile = (metric: string, share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(vllm:${metric}_bucket${POOL}[1m]))) >= 0 or 0 * ${RUNNING}`;
  const handler = `handler=~"${WORK_HANDLERS}"`;
  it.each<[name: string, signal: Signal, query: string, metricType: string]>([
    ['requests in flight', Signal.inFlightRequests(), `${RUNNING} + ${WAITING}`, 'AverageValue'],
    ['KV cache use', Signal.kvCacheUse(), `sum(avg by (pod) (${NEW}${POOL}))`, 'AverageValue'],
    ['queued requests', Signal.queuedRequests(), WAITING, 'AverageValue'],
    [
      'request rate',
      Signal.requestRate({ perReplica: 3 }),
      `sum(rate(http_requests_total{namespace="llm",app="vllm",${handler}}[1m])) or 0 * ${RUNNING}`,
      'AverageValue',
    ],
    [
      'generated tokens',
      Signal.generatedTokens({ perReplica: 900 }),
      `sum(rate(vllm:generation_tokens_total${POOL}[1m]))`,
      'AverageValue',
    ],
    [
      'prompt tokens',
      Signal.promptTokens({ perReplica: 900 }),
      `sum(rate(vllm:prompt_tokens_total${POOL}[1m]))`,
      'AverageValue',
    ],
    ['queue time', Signal.queueTime({ target: seconds }), quantile('request_queue_time_seconds', 0.95), 'Value'],
    [
      'time to first token',
      Signal.timeToFirstToken({ target: seconds, percentile: 58 }),
      quantile('time_to_first_token_seconds', 0.58),
      'Value',
    ],
    [
      'a gateway',
      GATEWAY,
      'sum(rate(envoy_cluster_upstream_rq_total{envoy_cluster_name="a\\"b",code="200"}[1m]))',
      'AverageValue',
    ],
    ['the user, a total', custom('sum(a)'), 'sum(a)', 'AverageValue'],
    ['the user, a ratio', custom('max(a)', false), 'max(a)', 'Value'],
  ])('%s is one element', (_, signal, query, metricType) => {
    expect(one(signal)).toMatchObject({ query, metricType });
  });

  it.each([
    ['0.8.5', OLD],
    ['0.9.1', OLD],
    ['0.9.2', NEW],
    ['0.11.0', NEW],
    ['0.32.0', NEW],
  ])('KV cache use reads the metric of vLLM %s: %s', (version, metric) => {
    expect(one(Signal.kvCacheUse(), {}, pinned(version)).query).toBe(`sum(avg by (pod) (${metric}${POOL}))`);
  });

  it('a rate covers the window that is set', () => {
    expect(one(GATEWAY, { rateWindow: Duration.seconds(90) }).query).toMatch(/\[90s\]\)\)$/);
    expect(one(Signal.promptTokens({ perReplica: 9 }), { rateWindow: Duration.minutes(5) }).query).toContain('[5m]');
  });

  it('with scale to zero, each vLLM signal has an element without replicas', () => {
    const zero = { scaleToZero: {} };
    expect(one(Signal.queuedRequests(), zero).query).toBe(`${WAITING} or ${NONE}`);
    expect(one(Signal.inFlightRequests(), zero).query).toBe(`${RUNNING} + ${WAITING} or ${NONE}`);
    expect(one(Signal.queueTime({ target: seconds }), zero).query).toMatch(/^histogram_quantile.* or sum\(kube_/);
  });

  it('with scale to zero, queries of gateways and users do not change', () => {
    expect(one(GATEWAY, { scaleToZero: {} }).query).not.toContain('kube_');
    expect(one(custom('sum(a)'), { scaleToZero: {} }).query).toBe('sum(a)');
  });
});

describe('a target', () => {
  const inFlight = (engine: EngineOptions) => one(Signal.inFlightRequests(), {}, { engine });

  it('is the value that is set', () => {
    expect(one(Signal.inFlightRequests({ perReplica: 12 }), {}, { engine: { maxNumSeqs: 64 } })).toMatchObject({
      threshold: 12,
      reason: 'set in scaling.signals',
    });
  });

  it('counts the batch of every data-parallel rank of a replica', () => {
    const model = Model.of('mistralai/Mixtral-8x7B-Instruct-v0.1');
    const moe = { model, accelerator: Accelerator.gpu(GpuModel.H100, 4), engine: { dataParallelSize: 4 } };
    expect(one(Signal.inFlightRequests(), {}, moe)).toMatchObject({
      threshold: 120,
      reason: '0.47 of a batch of 256 requests',
    });
  });

  it('follows a batch of the engine that is set and smaller than 64', () => {
    expect(inFlight({ maxNumSeqs: 32 })).toMatchObject({
      threshold: 15,
      reason: '0.47 of a batch of 32 requests',
    });
    expect(inFlight({ maxNumSeqs: 1 }).threshold).toBe(1);
  });

  it('does not follow a batch that may exceed the KV cache', () => {
    expect(inFlight({ maxNumSeqs: 64 }).threshold).toBe(30);
    expect(inFlight({ maxNumSeqs: 1024 }).threshold).toBe(30);
  });

  it('follows a batch set in extraArgs', () => {
    expect(one(Signal.inFlightRequests(), {}, { extraArgs: ['--max-num-seqs=16'] }).threshold).toBe(8);
  });

  it.each<[what: string, signal: Signal, threshold: number, reason: string]>([
    ['in flight', Signal.inFlightRequests(), 30, '0.47 of a batch of 64 requests'],
    ['of the KV cache', Signal.kvCacheUse(), 0.8, 'default: 0.8 of the KV cache per replica'],
    ['in the queue', Signal.queuedRequests(), 5, 'default: 5 waiting requests per replica'],
  ])('has a default %s', (_, signal, threshold, reason) => {
    expect(one(signal)).toMatchObject({ threshold, reason });
  });

  it('of a latency is in seconds', () => {
    expect(one(Signal.queueTime({ target: Duration.millis(250) })).threshold).toBe(0.25);
  });

  it('is a default, derived from the batch, or required, for every signal', () => {
    const without = Object.entries(ENGINE_SIGNALS).filter(([, { target }]) => target === undefined);
    expect(without.map(([name]) => name)).toEqual([
      'in-flight-requests',
      'request-rate',
      'generated-tokens',
      'prompt-tokens',
      'queue-time',
      'time-to-first-token',
    ]);
  });
});

describe('a counter in front of the stack', () => {
  it('reads 0 before its first request while its gateway is scraped', () => {
    const gateway = { metric: 'a', matchers: { b: 'c' }, perReplica: 4, presence: 'up{job="router"}' };
    expect(one(Signal.gatewayRequests(gateway))).toMatchObject({
      query: 'sum(rate(a{b="c"}[1m])) or 0 * sum(up{job="router"})',
    });
  });
});

describe('an unchecked version', () => {
  const unchecked = (version: string) => ({ vllmVersion: VllmVersion.unchecked(version) });

  it('gets the newest names, without errors about them', () => {
    expect(one(Signal.kvCacheUse(), {}, unchecked('0.99.0')).query).toContain(NEW);
    expect(scalerErrors({}, unchecked('0.99.0'))).toEqual([]);
  });

  it('that is old gets the names of that time', () => {
    expect(one(Signal.kvCacheUse(), {}, unchecked('0.9.0')).query).toContain(OLD);
  });
});
