import { Duration } from 'cdk8s';
import { Guard, Objective } from '../../../lib';
import { readQuery } from '../../../lib/metrics/query/read-query';
import { ERRORS, errorsOf, rolloutOf, warningsOf, withCanary } from '../../support/rollout';

const guarded = (query: string) => withCanary({ guards: [Guard.custom({ name: 'own', query, maximum: 1 })] });
const about = (lines: readonly string[]) => lines.filter((line) => line.startsWith('delivery.guards[0]'));

describe('the query of a guard', () => {
  it('has one element where the library writes it', () => {
    const within = Duration.millis(500);
    const objectives = [ERRORS, Objective.timeToFirstToken({ percentile: 95, within })];
    const { guards, faults } = rolloutOf(withCanary({ compareWithStable: { maxLatencyRatio: 1.5 } }, { objectives }));
    const queries = [...guards, ...faults].map(({ query }) => query);
    expect(queries.length).toBeGreaterThan(3);
    expect(
      queries
        .map((query) => readQuery(query, ['args.canary', 'args.stable']))
        .filter((read) => !('result' in read && read.single)),
    ).toEqual([]);
  });

  it.each([
    'max(vllm:kv_cache_usage_perc{rollouts_pod_template_hash="{{args.canary}}"})',
    'sum(rate(a{pod=~"vllm-{{args.canary}}-.*"}[5m])) / sum(rate(b[5m]))',
    'max(a{hash="{{args.canary}}"}) - max(a{hash="{{args.stable}}"})',
    'histogram_quantile(0.9, sum by (le) (rate(a_bucket{hash="{{args.canary}}"}[5m])))',
  ])('is accepted: %s', (query) => {
    expect(about(errorsOf(guarded(query)))).toEqual([]);
    expect(about(warningsOf(guarded(query)))).toEqual([]);
  });

  it.each([
    [
      'does not parse',
      'sum(a{hash="{{args.canary}}"}',
      'has the query "sum(a{hash="{{args.canary}}"}", which ends where ")" is missing; close "(" at position 4, near "sum(a{hash="{{args.ca…" [query-syntax]',
    ],
    [
      'has a placeholder outside of quotes',
      'rate(a[{{args.canary}}])',
      'has the query "rate(a[{{args.canary}}])", which has {{args.canary}}, a placeholder outside of quotes, at position 8, near "rate(a[{{args.canary}}])"; write the value itself [query-syntax]',
    ],
    [
      'is a number',
      'scalar(max(a{hash="{{args.canary}}"}))',
      'has the query "scalar(max(a{hash="{{args.canary}}"}))", which is a number: Argo Rollouts hands it to the condition, which needs a list; write vector(…) around it [query-scalar]',
    ],
    [
      'reads a metric that vLLM does not have',
      'max(vllm_kv_cache_usage_perc{hash="{{args.canary}}"})',
      'has the query "max(vllm_kv_cache_usage_perc{hash="{{args.canary}}"})", which reads vllm_kv_cache_usage_perc, which vLLM 0.32.0 does not expose; read vllm:kv_cache_usage_perc [query-metric-missing]',
    ],
  ])('refuses one that %s', (_, query, line) => {
    expect(about(errorsOf(guarded(query)))).toEqual([`delivery.guards[0]: ${line}`]);
    expect(about(warningsOf(guarded(query)))).toEqual([]);
  });

  it.each([
    [
      'may have several elements',
      'a{hash="{{args.canary}}"}',
      'has the query "a{hash="{{args.canary}}"}", which may return several series: the guard then neither passes nor fails; begin the query with sum(…) or max(…) [query-not-aggregated]',
    ],
    [
      'selects no version',
      'sum(a)',
      'has the query "sum(a)", which does not select the new version: at a small share, the old one hides its faults; add rollouts_pod_template_hash="{{args.canary}}" to its labels, or acknowledge this finding [guard-mixes-versions]',
    ],
    [
      'names a version in another place than a selector',
      'label_replace(sum(a), "version", "{{args.canary}}", "", "")',
      'has the query "label_replace(sum(a), "version", "{{args.canary}}", "", "")", which does not select the new version: at a small share, the old one hides its faults; add rollouts_pod_template_hash="{{args.canary}}" to its labels, or acknowledge this finding [guard-mixes-versions]',
    ],
  ])('warns about one that %s', (_, query, line) => {
    expect(about(errorsOf(guarded(query)))).toEqual([]);
    expect(about(warningsOf(guarded(query)))).toEqual([`delivery.guards[0]: ${line}`]);
  });

  it('is not read if it is unchecked, but its placeholders are', () => {
    const unchecked = (query: string) =>
      withCanary({ guards: [Guard.custom({ name: 'own', query, maximum: 1, unchecked: true })] });
    expect(about(errorsOf(unchecked('sum(rate(a{hash="{{args.canary}}"})) keep_metric_names')))).toEqual([]);
    expect(about(warningsOf(unchecked('sum(a)')))).toEqual([]);
    expect(about(errorsOf(unchecked('sum(a{{args.window}})')))).toHaveLength(1);
  });
});
