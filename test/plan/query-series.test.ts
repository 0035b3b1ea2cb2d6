import { VllmVersion } from '../../lib';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { readQuery } from '../../lib/metrics/query/read-query';
import { querySeriesFindings } from '../../lib/plan/query-series';
import { findingLine } from '../../lib/preflight/finding';

/** What is found in a query, without the words before it. */
function found(query: string, version = '0.32.0', scrapeInterval = 15): string[] {
  const reading = readQuery(query);
  if (!('result' in reading)) throw new Error(reading.map(({ problem }) => problem).join());
  const input = { checked: Catalogue.of(VllmVersion.of(version)._release), scrapeInterval };
  return querySeriesFindings(query, reading, 'q', input).map((each) =>
    `${each.severity}: ${findingLine(each).replace(/^.*", which /, '')}`.replaceAll('`', ''),
  );
}

describe('a metric of vLLM', () => {
  it.each([
    'sum(vllm:num_requests_running)',
    'sum(rate(vllm:prompt_tokens_total[5m]))',
    'histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))',
    'sum(rate(vllm:e2e_request_latency_seconds_sum[5m])) / sum(rate(vllm:e2e_request_latency_seconds_count[5m]))',
    'sum(rate(vllm:iteration_tokens_total_count[5m]))',
    'max(vllm:kv_cache_usage_perc{model_name="llama", engine="0", namespace="llm", pod=~"llama-.*"})',
    'sum by (model_name, pod, node, cluster) (vllm:num_requests_waiting)',
    'sum(rate(vllm:request_success_total{finished_reason="stop"}[5m]))',
    'max_over_time(vllm:num_requests_running[10m])',
    'deriv(vllm:kv_cache_usage_perc[5m])',
    'time() - max(vllm:prompt_tokens_created)',
    'sum(rate(vllm:generation_tokens_total[30s]))',
    'max_over_time(vllm:num_requests_running[15s])',
    'count(vllm:cache_config_info)',
    'sum(vllm:num_requests_running{constructor="a"})',
    'sum(vllm:gpu_prefix_cache_hits_total) / sum(vllm:gpu_prefix_cache_queries_total)',
  ])('is accepted in its own release: %s', (query) => {
    expect(found(query, query.includes('gpu_prefix') ? '0.10.2' : '0.32.0')).toEqual([]);
  });

  it.each([
    'sum(vllm:request_rate:5m)',
    'sum(job:vllm:requests:rate5m)',
    'sum(myapp_vllm_requests)',
    'sum(rate(nginx_ingress_controller_requests[5m]))',
    'sum(rate(requests_total[5m]))',
    'sum(vllm{a="b"})',
    'sum(rate(vllm:num_incoming_requests_total{model="llama"}[1m]) > bool 0)',
    'sum(vllm:current_qps)',
    'sum(vllm:healthy_pods_total)',
    'histogram_quantile(0.9, sum by (le) (rate(vllm:request_latency_seconds_bucket[5m])))',
    'sum(rate(vllm_router_requests_total[1m]))',
    'sum(vllm_router:num_requests)',
  ])('is no name of another program or rule: %s', (query) => {
    expect(found(query)).toEqual([]);
  });

  it('warns about a counter of a router without its rate', () => {
    expect(found('sum(vllm:num_incoming_requests_total)')).toEqual([
      expect.stringContaining('without its rate: a counter rises until the pod restarts'),
    ]);
  });

  it.each<[query: string, version: string, fix: string]>([
    ['sum(vllm_num_requests_running)', '0.32.0', 'read vllm:num_requests_running'],
    ['sum(VLLM:num_requests_running)', '0.32.0', 'read vllm:num_requests_running'],
    ['sum(vllm:num_request_running)', '0.32.0', 'read vllm:num_requests_running'],
    ['sum(vllm:num_requests_runing)', '0.32.0', 'read vllm:num_requests_running'],
    ['max(vllm:gpu_cache_usage_perc)', '0.32.0', 'read vllm:kv_cache_usage_perc'],
    ['max(vllm:kv_cache_usage_percent)', '0.32.0', 'read vllm:kv_cache_usage_perc'],
    ['sum(rate(vllm:prompt_tokens[5m]))', '0.32.0', 'read vllm:prompt_tokens_total'],
    ['sum(rate(vllm:num_requests_running_total[5m]))', '0.32.0', 'read vllm:num_requests_running'],
    ['sum(rate(vllm:request_success[5m]))', '0.32.0', 'read vllm:request_success_total'],
    ['sum(vllm:num_requests_running_sum)', '0.32.0', 'read vllm:num_requests_running'],
    [
      'sum(rate(vllm_time_to_first_token_seconds_bucket[5m]))',
      '0.32.0',
      'read vllm:time_to_first_token_seconds_bucket',
    ],
    ['max(vllm:kv_cache_usage_perc)', '0.9.1', 'read vllm:gpu_cache_usage_perc'],
    ['sum(vllm:num_requests_swapped)', '0.32.0', 'read another metric'],
    ['sum(rate(vllm:admission_rejections_total[5m]))', '0.31.0', 'read another metric'],
  ])('is refused if the release does not expose it: %s in %s', (query, version, fix) => {
    const [line, ...more] = found(query, version);
    expect(more).toEqual([]);
    expect(line).toMatch(new RegExp(`^error: reads [\\w:]+, which vLLM ${version} does not expose; `));
    expect(line).toContain(`; ${fix} [query-metric-missing]`);
  });

  it('is refused if it is a histogram without the part', () => {
    expect(found('sum(vllm:time_to_first_token_seconds)')).toEqual([
      'error: reads vllm:time_to_first_token_seconds, a histogram: its series end in _bucket, _sum, _count; read vllm:time_to_first_token_seconds_bucket for a percentile [query-metric-missing]',
    ]);
  });

  it('warns about one that is like no other', () => {
    expect(found('sum(vllm:tenant_quota)')).toEqual([
      'warning: reads vllm:tenant_quota, which vLLM 0.32.0 does not expose; read another metric, or acknowledge this finding if a rule or a plugin makes it [query-metric-unknown]',
    ]);
  });

  it('warns about one that needs a flag', () => {
    expect(found('max(vllm:gpu_cache_usage_perc)', '0.11.2')[0]).toContain(
      'warning: reads vllm:gpu_cache_usage_perc, which vLLM 0.11.2 exposes only with --show-hidden-metrics-for-version; read vllm:kv_cache_usage_perc',
    );
  });

  it('is not checked for a release that is not known', () => {
    const reading = readQuery('rate(vllm:typo[5m])') as Parameters<typeof querySeriesFindings>[1];
    expect(querySeriesFindings('', reading, 'q', { checked: undefined, scrapeInterval: 15 })).toEqual([]);
  });

  it('is named once, however often the query reads it', () => {
    expect(found('sum(vllm_num_requests_running) / (sum(vllm_num_requests_running) + 1)')).toHaveLength(1);
  });
});

describe('a function', () => {
  it.each([
    [
      'sum(rate(vllm:num_requests_running[5m]))',
      'error: has rate(…) of vllm:num_requests_running, a gauge: each fall of it counts as a restart; use avg_over_time(…) or max_over_time(…), or deriv(…) for its slope [query-function]',
    ],
    ['increase(vllm:kv_cache_usage_perc[5m])', 'error: has increase(…) of vllm:kv_cache_usage_perc, a gauge'],
    ['irate(vllm:num_requests_waiting[5m])', 'error: has irate(…) of vllm:num_requests_waiting, a gauge'],
    ['resets(vllm:num_requests_waiting[5m])', '; use changes(…) [query-function]'],
    [
      'histogram_quantile(0.9, sum by (le) (rate(vllm:time_to_first_token_seconds_sum[5m])))',
      'error: takes a percentile of vllm:time_to_first_token_seconds_sum, which is not the buckets of a histogram',
    ],
    ['histogram_quantile(0.9, vllm:num_requests_running)', 'error: takes a percentile of vllm:num_requests_running'],
    ['deriv(vllm:prompt_tokens_total[5m])', 'warning: has deriv(…) of vllm:prompt_tokens_total, a counter'],
    ['sum(delta(vllm:request_success_total[5m]))', '; use increase(…) [query-counter]'],
    ['delta(vllm:e2e_request_latency_seconds_count[5m])', 'vllm:e2e_request_latency_seconds_count, a counter'],
  ])('does not fit the type: %s', (query, line) => {
    expect(found(query)).toEqual([expect.stringContaining(line)]);
  });

  it.each<[query: string, scrapeInterval: number]>([
    ['sum(rate(vllm:prompt_tokens_total[15s]))', 15],
    ['sum(increase(vllm:prompt_tokens_total[20]))', 15],
    ['sum(irate(vllm:prompt_tokens_total[1m]))', 60],
  ])('has too short a range: %s with scrapes every %d s', (query, scrapeInterval) => {
    const [line] = found(query, '0.32.0', scrapeInterval);
    expect(line).toMatch(/^warning: has \w+\(…\) over \d+ s, and the pods are scraped every/);
    expect(line).toContain(`use ${4 * scrapeInterval} s or more [query-range-short]`);
  });
});

describe('a counter without its rate', () => {
  it.each([
    'sum(vllm:request_success_total)',
    'max(vllm:prompt_tokens_total) * 2',
    'sum(nginx_ingress_controller_requests_total)',
    'clamp_max(sum(requests_total), 100)',
  ])('warns about %s', (query) => {
    expect(found(query)).toEqual([
      expect.stringMatching(/^warning: reads [\w:]+ without its rate.*\[query-counter\]$/),
    ]);
  });

  it.each([
    'sum(a_total) / sum(b_total)',
    'sum(accepted_total) - sum(closed_total)',
    'count(requests_total)',
    'absent(requests_total)',
    'time() - max(timestamp(requests_total))',
    'sum(max_over_time(requests_total[1h]))',
  ])('is accepted where it has a meaning: %s', (query) => {
    expect(found(query)).toEqual([]);
  });
});

describe('a label', () => {
  it.each([
    [
      'sum(vllm:num_requests_running{model_id="a"})',
      'names the label model_id of vllm:num_requests_running',
      'model_name',
    ],
    ['sum by (served_model_name) (vllm:num_requests_running)', 'names the label served_model_name', 'model_name'],
    ['sum(vllm:num_requests_running{modelname="a"})', 'names the label modelname', 'model_name'],
    ['sum(vllm:num_requests_running{engines="0"})', 'names the label engines', 'engine'],
    [
      'sum(rate(vllm:request_success_total{finish_reason="stop"}[5m]))',
      'names the label finish_reason',
      'finished_reason',
    ],
  ])('was meant to be one of the metric: %s', (query, problem, meant) => {
    expect(found(query)).toEqual([expect.stringContaining(problem)]);
    expect(found(query)[0]).toContain(`; write ${meant} [query-label]`);
  });

  it('never has the value', () => {
    expect(found('sum(rate(vllm:request_success_total{finished_reason="length_exceeded"}[5m]))')).toEqual([
      expect.stringMatching(
        /^warning: selects .* with finished_reason="length_exceeded", a value that it never has; use one of stop,/,
      ),
    ]);
  });

  it.each(['model', 'app', 'pod', 'instance', 'job', 'node', 'zone', 'team', 'exported_namespace'])(
    'may come from Prometheus: %s',
    (label) => {
      expect(found(`sum by (${label}) (vllm:num_requests_running{${label}="a"})`)).toEqual([]);
    },
  );
});
