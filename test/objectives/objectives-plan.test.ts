import { objectiveFindings } from '../../lib/objectives/objective-findings';
import { Duration } from 'cdk8s';
import { GatewayTraffic, Objective } from '../../lib';
import { gatewayCounts, gatewayCountsOfRoutes } from '../../lib/routing/traffic/gateway-counts';
import { parseRelease } from '../../lib/engine/release';
import { objectiveNeeds } from '../../lib/objectives/objective-needs';
import { planObjectives } from '../../lib/objectives/objectives-plan';
import { planStack } from '../../lib/stack/plan-stack';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import { SMALLEST } from '../support/plan';

const ttft = (percentile: number, millis = 60) =>
  Objective.timeToFirstToken({ percentile, within: Duration.millis(millis) });
const itl = Objective.interTokenLatency({ percentile: 99, within: Duration.millis(50) });
const e2e = Objective.endToEnd({ percentile: 95, within: Duration.minutes(2) });
const errors = Objective.errorRate({ below: 0.005 });
const atGateway = Objective.errorRate({ below: 0.005, atGateway: true });
const available = Objective.availability({ atLeast: 0.999 });

const findingsOf = (objectives: Objective[], version = '0.32.0', checked = true) =>
  objectiveFindings(
    planObjectives(objectives, { namespace: 'llm', app: 'vllm' }),
    checked ? parseRelease(version) : undefined,
  );
const planned = (objective: Objective) => planObjectives([objective], { namespace: 'llm', app: 'vllm' })[0];

describe('a planned promise', () => {
  it('has the names of Sloth', () => {
    expect(planned(ttft(95))).toMatchObject({
      id: 'llm-vllm-time-to-first-token-p95',
      service: 'llm-vllm',
      slo: 'time-to-first-token-p95',
    });
    expect(planned(ttft(99.9))?.slo).toBe('time-to-first-token-p99.9');
    expect(planned(errors)?.slo).toBe('error-rate');
  });

  it('has its histogram and its bound', () => {
    expect(planned(itl)?.latency).toEqual({
      histogram: 'vllm:inter_token_latency_seconds',
      bound: 0.05,
      percentile: 99,
    });
    expect(planned(available)?.latency).toBeUndefined();
  });

  it.each([
    [ttft(95), 0.95, '95 % of first tokens within 60 ms'],
    [ttft(99.99, 1500), 0.9999, '99.99 % of first tokens within 1.5 s'],
    [itl, 0.99, '99 % of tokens within 50 ms of the one before'],
    [e2e, 0.95, '95 % of requests complete within 2 min'],
    [errors, 0.995, 'less than 0.5 % of requests fail'],
    [atGateway, 0.995, 'less than 0.5 % of requests fail at the gateway'],
    [available, 0.999, 'available 99.9 % of the time'],
  ])('%#: has its promise in words', (objective, target, title) => {
    expect(planned(objective)).toMatchObject({ target, title });
  });
});

describe('what the engine must expose', () => {
  const needs = (objectives: Objective[], version = '0.32.0') => objectiveNeeds(objectives, parseRelease(version));

  it('is a bound and a histogram for a latency', () => {
    expect(needs([errors, ttft(95)]).bounds).toEqual([
      { metric: 'vllm:time_to_first_token_seconds', seconds: 0.06, subject: 'objectives[1].within' },
    ]);
    expect(needs([ttft(95), ttft(99), e2e]).metrics).toEqual([
      'vllm:time_to_first_token_seconds',
      'vllm:e2e_request_latency_seconds',
    ]);
  });

  it('is the finish reason for errors, in releases that have it', () => {
    expect(needs([errors]).metrics).toEqual(['http_requests_total', 'vllm:request_success_total']);
    expect(needs([errors], '0.12.0').metrics).toEqual(['http_requests_total']);
  });

  it('reaches the command line', () => {
    const { metrics, bounds } = needs([errors, ttft(95, 70)]);
    const { args } = planStack(SMALLEST, { metricUsers: ['objectives'], metrics, bounds });
    expect(args).toContainEqual(
      expect.stringMatching(/^--custom-histogram-buckets={"time_to_first_token":\[.*,0\.06,0\.07,0\.08,.*\]}$/),
    );
  });

  it('is nothing for errors at the gateway', () => {
    expect(needs([atGateway])).toEqual({ metrics: [], bounds: [] });
  });

  it('is only what the release has', () => {
    expect(needs([itl, available], '0.10.1')).toEqual({ metrics: [], bounds: [] });
  });
});

describe('findings', () => {
  const lines = (severity: FindingSeverity, ...args: Parameters<typeof findingsOf>) =>
    findingsOf(...args)
      .filter((finding) => finding.severity === severity)
      .map(findingLine);

  it('refuses the same promise twice', () => {
    expect(lines(FindingSeverity.ERROR, [ttft(95), errors, ttft(95, 80)])).toEqual([
      'objectives[2]: promises time-to-first-token-p95, like objectives[0]; keep one of them, or set another percentile [objective-twice]',
    ]);
    expect(lines(FindingSeverity.ERROR, [errors, errors])).toEqual([
      'objectives[1]: promises error-rate, like objectives[0]; keep one of them [objective-twice]',
    ]);
    expect(lines(FindingSeverity.ERROR, [ttft(95), ttft(99)])).toEqual([]);
  });

  it('accepts errors at the pods and at the gateway together', () => {
    const traffic = gatewayCounts(GatewayTraffic.istio()._spec, 'vllm-svc');
    const both = planObjectives([errors, atGateway], { namespace: 'llm', app: 'vllm' });
    expect(objectiveFindings(both, parseRelease('0.32.0'), traffic)).toEqual([]);
    expect(both.map(({ id }) => id)).toEqual(['llm-vllm-error-rate', 'llm-vllm-gateway-error-rate']);
  });

  it('refuses errors at a gateway that is not known', () => {
    expect(lines(FindingSeverity.ERROR, [errors, atGateway])).toEqual([
      'objectives[1].atGateway: reads the requests at the gateway, but gatewayTraffic is unset; set it, for example to GatewayTraffic.envoyGateway({ route: "chat" }), or remove atGateway, and add Objective.availability for the time without a replica [gateway-not-counted]',
    ]);
  });

  it('refuses errors at a gateway that Prometheus does not know', () => {
    const counts = gatewayCountsOfRoutes('gke', [{ route: 'chat' }], undefined, 'vllm-svc');
    const [promise] = planObjectives([atGateway], { namespace: 'llm', app: 'vllm' });
    const [finding] = objectiveFindings(promise ? [promise] : [], parseRelease('0.32.0'), counts);
    expect(finding && findingLine(finding)).toBe(
      'objectives[0].atGateway: reads the requests at the gateway, but GKE Gateway has its metrics in Cloud Monitoring, not in Prometheus; remove atGateway, and add Objective.availability for the time without a replica [gateway-not-counted]',
    );
  });

  it('refuses a latency that the release does not measure', () => {
    expect(lines(FindingSeverity.ERROR, [itl], '0.10.1')).toEqual([
      'objectives[0]: needs the metric vllm:inter_token_latency_seconds, which was added in vLLM 0.10.2; the pinned version is 0.10.1; raise vllmVersion to 0.10.2 or later, or remove the objective [objective-metric-missing]',
    ]);
    expect(lines(FindingSeverity.ERROR, [itl], '0.10.2')).toEqual([]);
  });

  it('reports nothing about a version that is not checked', () => {
    expect(findingsOf([itl], '0.10.1', false)).toEqual([]);
  });

  it('reports the numbers of a capped threshold', () => {
    expect(lines(FindingSeverity.NOTICE, [ttft(50)])).toEqual([
      [
        'objectives[0]: allows 50 % of bad events, so some of the usual thresholds are too high for an alert; set a stricter objective to get the usual thresholds [burn-rate-capped]',
        '      page over 1 h: 720 % by the table, 90 % instead, which is 1.8 times what is allowed',
        '      page over 6 h: 300 % by the table, dropped because a shorter window has a threshold as low',
        '      ticket over 1 d: 150 % by the table, dropped because a shorter window has a threshold as low',
      ].join('\n'),
    ]);
    expect(lines(FindingSeverity.NOTICE, [ttft(95)])).toEqual([]);
  });
});
