import { Duration } from 'cdk8s';
import { Objective } from '../../lib';
import type { FlagName } from '../../lib/engine/catalogue/flag-name';
import { parseRelease } from '../../lib/engine/release';
import type { RecordingRule } from '../../lib/metrics/rules';
import { planObjectives } from '../../lib/objectives/objectives-plan';
import { bucketLabel } from '../../lib/plan/sli';
import { sloAlerts } from '../../lib/objectives/slo-alerts';
import { sloRules } from '../../lib/objectives/slo-rules';
import type { Watched } from '../../lib/plan/watched';
import { AS_ROLLOUT, watchedWith } from '../support/watched';

const ttft = Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(60) });
const e2e = Objective.endToEnd({ percentile: 90, within: Duration.seconds(30), window: Duration.days(28) });
const errors = Objective.errorRate({ below: 0.005 });
const available = Objective.availability({ atLeast: 0.999 });

function watching(objectives: Objective[], more: Partial<Watched> = {}): Watched {
  const watched = watchedWith(more);
  return { ...watched, objectives: planObjectives(objectives, watched) };
}

const rulesOf = (objective: Objective, more?: Partial<Watched>) =>
  sloRules(watching([objective], more)).flatMap(({ rules }) => rules as readonly RecordingRule[]);
const ruleOf = (record: string, objective: Objective, more?: Partial<Watched>) =>
  rulesOf(objective, more).find((rule) => rule.record === record);
const badOf = (more: Partial<Watched>) => ruleOf('slo:sli_bad_events:rate5m', errors, more)?.expr ?? '';

describe('recording rules', () => {
  it('are one group for each promise, at one interval', () => {
    expect(sloRules(watching([ttft, errors])).map(({ name, interval }) => [name, interval])).toEqual([
      ['vllm-slo-time-to-first-token-p95', 30],
      ['vllm-slo-error-rate', 30],
    ]);
  });

  it.each([
    [ttft, '30d'],
    [e2e, '4w'],
  ])('%#: have the names of Sloth', (objective, period) => {
    const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', period];
    expect(rulesOf(objective).map(({ record }) => record)).toEqual([
      'slo:sli_events:rate5m',
      'slo:sli_bad_events:rate5m',
      ...windows.map((window) => `slo:sli_error:ratio_rate${window}`),
      'slo:objective:ratio',
      'slo:error_budget:ratio',
      'slo:time_period:days',
      'slo:current_burn_rate:ratio',
      'slo:period_burn_rate:ratio',
      'slo:period_error_budget_remaining:ratio',
      'sloth_slo_info',
    ]);
  });

  it('have the labels of Sloth and of the stack', () => {
    expect(ruleOf('slo:sli_error:ratio_rate1h', ttft)?.labels).toEqual({
      namespace: 'llm',
      app: 'vllm',
      model: 'meta-llama/Llama-3.1-8B-Instruct',
      sloth_id: 'llm-vllm-time-to-first-token-p95',
      sloth_service: 'llm-vllm',
      sloth_slo: 'time-to-first-token-p95',
      sloth_window: '1h',
    });
  });

  it('have numbers without float noise', () => {
    expect(ruleOf('slo:error_budget:ratio', Objective.errorRate({ below: 0.001 }))?.expr).toBe('vector(0.001)');
    expect(ruleOf('slo:objective:ratio', ttft)?.expr).toBe('vector(0.95)');
  });

  it('count a latency with the bucket of its bound', () => {
    const expr = ruleOf('slo:sli_bad_events:rate5m', ttft)?.expr;
    expect(expr).toContain('vllm:time_to_first_token_seconds_bucket{namespace="llm",app="vllm",le="0.06"}');
  });

  it.each([
    [0.001, '0.001'],
    [0.06, '0.06'],
    [1, '1.0'],
    [2560, '2560.0'],
    [7.5, '7.5'],
  ])('spell the bound %d as the Python client of Prometheus does', (bound, label) => {
    expect(bucketLabel(bound)).toBe(label);
  });

  it('count requests that the engine breaks off, in releases that report them', () => {
    expect(badOf({})).toContain('finished_reason="error"');
    expect(badOf({ release: parseRelease('0.12.0') })).not.toContain('finished_reason');
  });

  it.each<FlagName>(['--max-num-queued-reqs', '--max-num-queued-tokens'])('count rejections with %s', (flag) => {
    expect(badOf({ flags: [flag] })).toContain('vllm:admission_rejections_total');
    expect(badOf({ flags: [flag], release: parseRelease('0.31.0') })).not.toContain('admission');
    expect(badOf({})).not.toContain('admission');
  });

  it('count replicas with the metrics of the workload', () => {
    const expr = (more: Partial<Watched>) => ruleOf('slo:sli_events:rate5m', available, more)?.expr;
    expect(expr({})).toContain('kube_deployment_spec_replicas{namespace="llm",deployment="vllm"}');
    expect(expr({ workload: AS_ROLLOUT })).toContain('rollout_info_replicas_desired{');
  });
});

describe('alerts', () => {
  it('are a page and a ticket for each promise', () => {
    expect(
      sloAlerts(watching([ttft, errors])).map(({ name, severity, for: lasts, labels }) => [
        name,
        severity,
        lasts,
        labels?.['sloth_severity'],
        labels?.['sloth_id'],
      ]),
    ).toEqual([
      ['VllmTimeToFirstTokenBurnFast', 'critical', 120, 'page', 'llm-vllm-time-to-first-token-p95'],
      ['VllmTimeToFirstTokenBurnSlow', 'warning', 900, 'ticket', 'llm-vllm-time-to-first-token-p95'],
      ['VllmErrorRateBurnFast', 'critical', 120, 'page', 'llm-vllm-error-rate'],
      ['VllmErrorRateBurnSlow', 'warning', 900, 'ticket', 'llm-vllm-error-rate'],
    ]);
  });

  it('join both windows of a pair, and both pairs', () => {
    const [page] = sloAlerts(watching([ttft]));
    const over = (window: string, threshold: number) =>
      `max(slo:sli_error:ratio_rate${window}{namespace="llm",app="vllm",sloth_id="llm-vllm-time-to-first-token-p95"}) > ${threshold}`;
    const bad = (window: string) =>
      `sum(sum_over_time(slo:sli_bad_events:rate5m{namespace="llm",app="vllm",sloth_id="llm-vllm-time-to-first-token-p95"}[${window}])) * 30 >= 5`;
    expect(page?.expr).toBe(
      `(${over('1h', 0.72)} and ${over('5m', 0.72)} and ${bad('1h')}) or (${over('6h', 0.3)} and ${over('30m', 0.3)} and ${bad('6h')})`,
    );
  });

  it('require the minimum of events in the long window of each pair', () => {
    const [page] = sloAlerts(watching([Objective.errorRate({ below: 0.005, minEventRate: 0.2 })]));
    const events = 'slo:sli_events:rate5m{namespace="llm",app="vllm",sloth_id="llm-vllm-error-rate"}';
    expect(page?.expr).toContain(` and max(avg_over_time(${events}[1h])) >= 0.2) or (`);
    expect(page?.expr).toContain(` and max(avg_over_time(${events}[6h])) >= 0.2)`);
  });

  it('require no number of bad events for availability', () => {
    const [page] = sloAlerts(watching([Objective.availability({ atLeast: 0.999 })]));
    expect(page?.expr).not.toContain('bad_events');
  });

  it('round the burn rates of 28 days', () => {
    const [, ticket] = sloAlerts(watching([Objective.errorRate({ below: 0.05, window: Duration.days(28) })]));
    expect(ticket?.expr).toContain('> 0.0466667 and');
    expect(ticket?.description).toContain('4.67 % over 3 d, 0.93 times what the promise allows');
  });

  it('name the limits in words', () => {
    const [page, ticket] = sloAlerts(watching([errors]));
    expect(page?.summary).toBe('The error budget of "less than 0.5 % of requests fail" burns fast.');
    expect(ticket?.summary).toBe('The error budget of "less than 0.5 % of requests fail" burns steadily.');
    expect(ticket?.description).toBe(
      '{{ $value | humanizePercentage }} of requests failed. The limit is 1.5 % over 1 d, 3 times what the promise allows, or 0.5 % over 3 d, as much as the promise allows.',
    );
  });
});
