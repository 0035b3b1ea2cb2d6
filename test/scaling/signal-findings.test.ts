import { Duration } from 'cdk8s';
import { GatewayTraffic, Signal } from '../../lib';
import type { KedaScalingOptions } from '../../lib';
import { gatewayCounts, gatewayCountsOfRoutes } from '../../lib/routing/traffic/gateway-counts';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { metricOf } from '../../lib/engine/metric-roles';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import { ENGINE_SIGNALS } from '../../lib/scaling/signal-catalogue';
import { signalFindings } from '../../lib/scaling/signal-findings';
import { pinned, planOf } from '../support/plan';
import { linesOf, scalerErrors, scalerLines, scalerOf, scalerWarnings } from '../support/scaling';

const GATEWAY = Signal.gatewayRequests({
  metric: 'a',
  matchers: { b: 'c' },
  perReplica: 4,
  presence: 'up{job="gateway"}',
});
const custom = (query: string) => Signal.custom({ name: 'own', query, target: 3 });

describe('a query of another dialect', () => {
  const query = 'sum(rate(a)) keep_metric_names';

  it('is refused', () => {
    expect(scalerErrors({ signals: [custom(query)] }).join()).toContain('[query-syntax]');
  });

  it('is used as it is if it is unchecked', () => {
    const signals = [Signal.custom({ name: 'own', query, target: 3, unchecked: true })];
    expect(scalerErrors({ signals })).toEqual([]);
    expect(scalerOf({ signals }).triggers).toMatchObject([{ query }]);
  });
});

describe('the series of a query', () => {
  it.each<[what: string, query: string, line: string]>([
    [
      'a metric with an old name',
      'max(vllm:gpu_cache_usage_perc)',
      'read vllm:kv_cache_usage_perc [query-metric-missing]',
    ],
    ['the rate of a gauge', 'sum(rate(vllm:num_requests_running[5m]))', '[query-function]'],
    ['a value that nothing fills in', 'sum(a{namespace="$namespace"})', 'write the value itself [query-syntax]'],
  ])('are refused: %s', (_what, query, line) => {
    expect(scalerErrors({ signals: [custom(query)] })).toEqual([expect.stringContaining(line)]);
  });

  it.each<[what: string, query: string, line: string]>([
    [
      'a comparison',
      'sum(a) > 5',
      'scaling.signals[0]: has the query "sum(a) > 5", which has no result while its comparison is false: KEDA treats that as a failure; remove the comparison, since KEDA compares the value with target, or append "or vector(0)" [query-filters]',
    ],
    ['a counter without its rate', 'sum(vllm:request_success_total)', '[query-counter]'],
    ['a range of one scrape', 'sum(rate(vllm:prompt_tokens_total[15s]))', '[query-range-short]'],
    ['a label with another name', 'sum by () (vllm:num_requests_running{model_id="a"})', '[query-label]'],
  ])('warns about %s', (_what, query, line) => {
    expect(scalerWarnings({ signals: [custom(query)] })).toEqual([expect.stringContaining(line)]);
  });

  it.each(['sum(a) > 5 or vector(0)', 'sum(a > 5) or vector(0)', 'clamp_min(sum(a), 1)', '100 * sum(a)'])(
    'are accepted: %s',
    (query) => {
      expect([...scalerErrors({ signals: [custom(query)] }), ...scalerWarnings({ signals: [custom(query)] })]).toEqual(
        [],
      );
    },
  );
});

describe('the metrics of a signal', () => {
  it.each(['0.8.5', '0.9.2', '0.11.0', '0.12.0', '0.20.0', '0.32.0'])('all exist in vLLM %s', (version) => {
    const target = Duration.seconds(1);
    const signals = [
      Signal.inFlightRequests(),
      Signal.kvCacheUse(),
      Signal.queuedRequests(),
      Signal.requestRate({ perReplica: 1 }),
      Signal.generatedTokens({ perReplica: 1 }),
      Signal.promptTokens({ perReplica: 1 }),
      Signal.queueTime({ target }),
      Signal.timeToFirstToken({ target }),
    ];
    expect(signals).toHaveLength(Object.keys(ENGINE_SIGNALS).length);
    expect(scalerErrors({ signals }, pinned(version))).toEqual([]);
  });

  it.each(Object.entries(ENGINE_SIGNALS))('of %s are those that its query names', (_, signal) => {
    const catalogue = Catalogue.of(planOf().release);
    const metrics = signal.reads.map((role) => metricOf(role, catalogue));
    const query = signal.query({
      namespace: 'a',
      app: 'b',
      release: catalogue.release,
      rateWindow: 60,
      percentile: 95,
    });
    const named = query.match(/(vllm:|http_)\w+/g)?.map((name) => name.replace(/_bucket$/, ''));
    expect([...new Set(named)].sort()).toEqual(metrics.sort());
  });

  const findings = (version: string, checkedAs: string | undefined) => {
    const input = {
      scope: { namespace: 'llm', app: 'vllm' },
      rateWindow: 60,
      maxNumSeqs: undefined,
      engines: 1,
      checked: checkedAs === undefined ? undefined : Catalogue.of(planOf(pinned(checkedAs)).release),
      catalogue: Catalogue.of(planOf(pinned(version)).release),
      noReplicas: undefined,
      scrapeInterval: 15,
    };
    return signalFindings(Signal.kvCacheUse()._spec, 'scaling.signals[1]', input).map(findingLine);
  };

  it('refuses a metric that the version does not expose', () => {
    expect(findings('0.32.0', '0.9.1')).toEqual([
      'scaling.signals[1]: needs the metric vllm:kv_cache_usage_perc, which vLLM 0.32.0 does not expose; use another signal, or another vllmVersion [signal-metric-missing]',
    ]);
  });

  it('refuses a metric that is hidden', () => {
    expect(findings('0.9.1', '0.11.0')[0]).toContain('needs the metric vllm:gpu_cache_usage_perc');
  });

  it('are not checked for an unchecked version', () => {
    expect(findings('0.32.0', undefined)).toEqual([]);
  });
});

describe('a poor signal', () => {
  const target = Duration.seconds(1);
  it.each<[what: string, signal: Signal, line: string]>([
    ['the queue alone', Signal.queuedRequests(), 'queued-requests: the queue is 0 while capacity is sufficient'],
    [
      'requests as they are answered',
      Signal.requestRate({ perReplica: 1 }),
      'request-rate: vLLM counts a request after',
    ],
    ['time in the queue', Signal.queueTime({ target }), 'queue-time: latency rises only after replicas are overloaded'],
    ['time to first token', Signal.timeToFirstToken({ target }), 'time-to-first-token: latency rises only after'],
    [
      'a query without sum',
      custom('rate(a[1m])'),
      'has the query "rate(a[1m])", which may return several series: KEDA then fails',
    ],
    [
      'a sum for each pod',
      custom('sum by (pod) (a)'),
      'has the query "sum by (pod) (a)", which may return several series',
    ],
    [
      'a sum that is grouped at its end',
      custom('sum(a) by (pod)'),
      'has the query "sum(a) by (pod)", which may return several',
    ],
    [
      'a quotient',
      custom('sum(a) / sum(b)'),
      'has the query "sum(a) / sum(b)", which is NaN without traffic: KEDA then fails',
    ],
    [
      'a metric that begins with sum',
      custom('summary_count'),
      'has the query "summary_count", which may return several series',
    ],
  ])('warns about %s', (_, signal, line) => {
    const lines = scalerWarnings({ signals: [signal] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`scaling.signals[0]: ${line}`);
  });

  it.each([
    ['sum(a)'],
    ['(max (a))'],
    ['histogram_quantile(0.9, sum by (le) (rate(a_bucket[1m]))) >= 0 or vector(0)'],
    ['histogram_quantile(0.9, sum(rate(a_bucket[1m])) by (le)) >= 0 or vector(0)'],
    ['sum(a{path="/v1/chat"}) / 60'],
    ['vector(scalar(sum(a)))'],
    ['vector(1)'],
  ])('is not %s', (query) => {
    expect(scalerWarnings({ signals: [custom(query)] })).toEqual([]);
  });

  it.each([
    [
      'does not parse',
      'sum(rate(x[5m])',
      'has the query "sum(rate(x[5m])", which ends where ")" is missing; close "(" at position 4, near "sum(rate(x[5m])" [query-syntax]',
    ],
    [
      'calls no function of PromQL',
      'sum(rte(x[5m]))',
      'has the query "sum(rte(x[5m]))", which calls rte, an unknown function (did you mean "rate"?), at position 5, near "sum(rte(x[5m]))"; use a function of PromQL [query-syntax]',
    ],
    [
      'has several lines',
      'sum(\n  rate(x)\n)',
      'has the query "sum( rate(x) )", which gives an instant vector, "x", to rate; give it a range, for example rate(x[5m]) [query-syntax]',
    ],
    [
      'returns a number',
      'scalar(sum(x))',
      'has the query "scalar(sum(x))", which is a number: KEDA reads a vector with one element only; write vector(…) around it [query-scalar]',
    ],
  ])('refuses a query that %s', (_, query, line) => {
    expect(scalerErrors({ signals: [custom(query)] })).toEqual([`scaling.signals[0]: ${line}`]);
    expect(scalerWarnings({ signals: [custom(query)] })).toEqual([]);
  });

  it('refuses a query with every mistake in its types', () => {
    expect(scalerErrors({ signals: [custom('rate(x) + sum(y[5m])')] })).toHaveLength(2);
  });

  it('warns about a quotient whose other side of "or" does not replace NaN', () => {
    expect(scalerWarnings({ signals: [custom('sum(a) / sum(b) or vector(0)')] })).toEqual([
      'scaling.signals[0]: has the query "sum(a) / sum(b) or vector(0)", which is NaN without traffic: KEDA then fails and removes no replica; write it as "(…) >= 0 or vector(0)" [query-may-be-nan]',
    ]);
  });

  it('warns about a query of vLLM’s own metrics that ends with the last replica', () => {
    const zero = { signals: [GATEWAY, custom('sum(vllm:num_requests_waiting)')], scaleToZero: {} };
    expect(scalerWarnings(zero)).toEqual([
      'scaling.signals[1]: reads vllm:num_requests_waiting, which ends with the last replica: KEDA treats that as a failure and wakes the stack; append "or vector(0)" to the query [query-ends-at-zero]',
    ]);
    const fixed = [GATEWAY, custom('sum(vllm:num_requests_waiting) or vector(0)')];
    expect(scalerWarnings({ ...zero, signals: fixed })).toEqual([]);
    expect(scalerWarnings({ ...zero, scaleToZero: undefined })).toEqual([]);
  });

  it.each([[Signal.generatedTokens({ perReplica: 900 })], [Signal.promptTokens({ perReplica: 900 })]])(
    'has a notice for throughput, which saturates',
    (signal) => {
      const [line] = scalerLines(FindingSeverity.NOTICE, { signals: [signal] });
      expect(line).toContain('with a target near the capacity of a replica, no replica is added; stay below 70 %');
    },
  );
});

describe('a counter in front of the stack', () => {
  const counter = (metric: string, presence?: string) =>
    Signal.gatewayRequests({ metric, matchers: { b: 'c' }, perReplica: 4, presence });

  it('refuses a metric of vLLM itself', () => {
    expect(scalerErrors({ signals: [counter('vllm:num_requests_waiting')] })).toEqual([
      'scaling.signals[0].metric: counts vllm:num_requests_waiting, a metric of vLLM itself: it does not exist while no replica runs; use a counter of the gateway in front of the stack [gateway-metric-of-vllm]',
    ]);
  });

  it('refuses a presence that is not PromQL', () => {
    expect(scalerErrors({ signals: [counter('a', 'up{job=router}')] })).toEqual([
      'scaling.signals[0].presence: has the query "up{job=router}", which has an unexpected "router" at position 8, near "up{job=router}"; write it in quotes: "router" [query-syntax]',
    ]);
    expect(scalerErrors({ signals: [counter('a', 'up{job="router"}')] })).toEqual([]);
  });

  it('warns about one that Envoy increments only with a replica, and about one that may not exist', () => {
    const lines = scalerWarnings({ signals: [counter('envoy_cluster_upstream_rq_total')], scaleToZero: {} });
    expect(lines[0]).toContain('which Envoy increments only after it has found a replica: it never wakes the stack');
    expect(lines[1]).toContain('has no presence: until its counter exists');
    expect(scalerWarnings({ signals: [counter('a')] })).toEqual([]);
  });
});

describe('the gateway of the stack', () => {
  const SIGNAL = Signal.gatewayRequests({ perReplica: 4 });
  const ENVOY = GatewayTraffic.envoyGateway({ route: 'chat' });
  const lines = (severity: FindingSeverity, traffic: GatewayTraffic, options: Partial<KedaScalingOptions> = {}) => {
    const gateway = gatewayCounts(traffic._spec, 'vllm-svc');
    return linesOf(severity, scalerOf({ signals: [SIGNAL], ...options }, {}, undefined, gateway));
  };

  it('refuses a signal without it', () => {
    expect(scalerErrors({ signals: [SIGNAL] })).toEqual([
      'scaling.signals[0]: reads the requests at the gateway, but gatewayTraffic is unset; set it, for example to GatewayTraffic.envoyGateway({ route: "chat" }), or set metric, matchers and presence of another counter in front of the stack [gateway-not-counted]',
    ]);
  });

  it('refuses a signal of an implementation that counts no routes', () => {
    const gateway = gatewayCountsOfRoutes('nginxGatewayFabric', [{ route: 'chat' }], undefined, 'vllm-svc');
    const [line] = linesOf(FindingSeverity.ERROR, scalerOf({ signals: [SIGNAL] }, {}, undefined, gateway));
    expect(line).toContain(
      'NGINX Gateway Fabric counts the requests of a whole proxy, without routes and status codes;',
    );
  });

  it('can wake the stack from zero', () => {
    expect(lines(FindingSeverity.ERROR, ENVOY, { scaleToZero: {} })).toEqual([]);
    expect(lines(FindingSeverity.WARNING, ENVOY, { scaleToZero: {} })).toEqual([]);
  });

  it('has a notice for stacks that wake each other', () => {
    expect(lines(FindingSeverity.NOTICE, ENVOY, { scaleToZero: {} })[0]).toContain(
      'scaling.signals[0]: wakes the stack with requests that have no route: Envoy counts requests without an endpoint for the whole Gateway',
    );
    expect(lines(FindingSeverity.NOTICE, ENVOY)).toEqual([]);
    const alone = GatewayTraffic.envoyGateway({ route: 'chat', exclusive: true });
    expect(lines(FindingSeverity.NOTICE, alone, { scaleToZero: {} })).toEqual([]);
    expect(lines(FindingSeverity.NOTICE, GatewayTraffic.istio(), { scaleToZero: {} })).toEqual([]);
  });

  it('warns about a counter of answers as the only signal', () => {
    expect(lines(FindingSeverity.WARNING, GatewayTraffic.istio())).toEqual([
      'scaling.signals[0]: follows a counter that Istio increments after the answer: a full replica reports a constant rate, so no replica is added; add Signal.inFlightRequests beside it [signal-gateway-answers]',
    ]);
    const both = { signals: [Signal.inFlightRequests(), SIGNAL] };
    expect(lines(FindingSeverity.WARNING, GatewayTraffic.istio(), both)).toEqual([]);
    expect(lines(FindingSeverity.WARNING, ENVOY)).toEqual([]);
  });
});
