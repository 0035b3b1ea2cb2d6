import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import { DASHBOARDS, everything, exprsOf, MINORS, opened, queriesOf, release } from '../support/dashboards';
import type { Dashboard } from '../../lib/dashboards/grafana/dashboard';
import { GPU_QUESTIONS } from './dashboard-gpu-questions';
import type { Question } from './dashboard-question';
import { fleet, one, POD, service } from './dashboard-question';
import type { Case } from './promtool';
import { checkQueries, expectHolds, testQueries } from './promtool';
import type { Series } from './series';
import { counter, gauge } from './series';

const RELEASES = [MINORS.at(-1), '0.32', MINORS[0]].map((minor = ''): [string, Dashboard] => [
  `a stack of vLLM ${minor}`,
  serviceDashboard(everything({ release: release(minor) })),
]);

describe('Prometheus accepts every query of', () => {
  test.each([...RELEASES, ...DASHBOARDS])('%s', (_, dashboard) => {
    const queries = [...new Set(queriesOf(dashboard))].map((expr) => opened(expr, dashboard));
    expectHolds(checkQueries(queries.map((expr, index) => [`dashboard:query:n${index}`, expr])));
  });
});

const OTHER_POD = 'vllm-5c9f8d7b66-aaaaa';
const MODEL = 'meta-llama/Llama-3.1-8B-Instruct';
const target = { namespace: 'llm', app: 'vllm', model: MODEL, pod: POD };
const engine = { ...target, model_name: 'llama', engine: '0' };
const chat = { ...target, handler: '/v1/chat/completions', method: 'POST' };

const RATIOS: readonly Question[] = [
  {
    title: 'failed requests have no value without requests',
    of: service,
    panel: 'Failed requests',
    series: [counter('http_requests_total', { ...chat, status: '2xx' }, 0)],
    answer: [],
  },
  {
    title: 'failed requests are 0 when none has ever failed',
    of: service,
    panel: 'Failed requests',
    series: [counter('http_requests_total', { ...chat, status: '2xx' }, 2)],
    answer: one(0),
  },
  {
    title: 'failed requests are a share of work, and polls of /v1/models do not count',
    of: service,
    panel: 'Failed requests',
    series: [
      counter('http_requests_total', { ...chat, status: '2xx' }, 3),
      counter('http_requests_total', { ...chat, status: '5xx' }, 1),
      counter('http_requests_total', { ...chat, handler: '/v1/models', status: '2xx' }, 50),
    ],
    answer: one(0.25),
  },
  {
    title: 'a latency has no percentile without requests',
    of: service,
    panel: 'Time to first token',
    series: ['0.06', '+Inf'].map((le) => counter('vllm:time_to_first_token_seconds_bucket', { ...engine, le }, 0)),
    answer: [],
  },
  {
    title: 'the prefix cache has no hit rate without requests',
    of: service,
    panel: 'Prefix cache hits',
    series: [counter('vllm:prefix_cache_hits_total', engine, 0), counter('vllm:prefix_cache_queries_total', engine, 0)],
    answer: [],
  },
  {
    title: 'reasons are shares of all finished requests',
    of: service,
    panel: 'Why requests ended',
    series: [
      counter('vllm:request_success_total', { ...engine, finished_reason: 'stop' }, 3),
      counter('vllm:request_success_total', { ...engine, finished_reason: 'abort' }, 1),
    ],
    answer: [
      { labels: '{finished_reason="abort"}', value: 0.25 },
      { labels: '{finished_reason="stop"}', value: 0.75 },
    ],
  },
  {
    title: 'a phase takes its mean time',
    of: service,
    panel: 'Mean time by phase',
    series: [
      counter('vllm:request_queue_time_seconds_sum', engine, 3),
      counter('vllm:request_queue_time_seconds_count', engine, 2),
    ],
    answer: one(1.5),
  },
  {
    title: 'tokens per dollar have no value while no pod costs anything',
    of: service,
    panel: 'Tokens per dollar',
    series: [
      counter('vllm:prompt_tokens_total', engine, 30),
      counter('vllm:generation_tokens_total', engine, 10),
      gauge('namespace_app:vllm_cost_dollars:per_hour', { namespace: 'llm', app: 'vllm', model: MODEL }, 0),
    ],
    answer: [],
  },
  {
    title: 'tokens per dollar are those of an hour by its price',
    of: service,
    panel: 'Tokens per dollar',
    series: [
      counter('vllm:prompt_tokens_total', engine, 30),
      counter('vllm:generation_tokens_total', engine, 10),
      gauge('namespace_app:vllm_cost_dollars:per_hour', { namespace: 'llm', app: 'vllm', model: MODEL }, 2),
    ],
    answer: one(72_000),
  },
  {
    title: 'a version that never failed has 0 beside one that did',
    of: service,
    panel: 'Failed requests by version',
    series: [
      counter('http_requests_total', { ...chat, status: '2xx', pod_template_hash: 'old' }, 1),
      counter('http_requests_total', { ...chat, status: '2xx', pod_template_hash: 'new' }, 3),
      counter('http_requests_total', { ...chat, status: '5xx', pod_template_hash: 'new' }, 1),
    ],
    answer: [
      { labels: '{pod_template_hash="new"}', value: 0.25 },
      { labels: '{pod_template_hash="old"}', value: 0 },
    ],
  },
];

const proxy = { namespace: 'envoy-gateway-system', gateway_envoyproxy_io_owning_gateway_name: 'public' };
const atRule = { ...proxy, envoy_cluster_name: 'httproute/llm/chat/rule/1' };
const recorded = { namespace: 'llm', app: 'vllm', model: MODEL };

const AT_GATEWAY: readonly Question[] = [
  {
    title: 'requests are those of the rules of the stack, by class',
    of: service,
    panel: 'Requests at the gateway',
    series: [
      counter('envoy_cluster_upstream_rq_xx', { ...atRule, envoy_response_code_class: '2' }, 3),
      counter('envoy_cluster_upstream_rq_xx', { ...atRule, envoy_response_code_class: '5' }, 1),
      counter(
        'envoy_cluster_upstream_rq_xx',
        { ...proxy, envoy_cluster_name: 'httproute/llm/chat/rule/2', envoy_response_code_class: '2' },
        9,
      ),
    ],
    answer: [
      { labels: '{envoy_response_code_class="2"}', value: 3 },
      { labels: '{envoy_response_code_class="5"}', value: 1 },
    ],
  },
  {
    title: 'failures are a share of the recorded requests',
    of: service,
    panel: 'Failed at the gateway',
    series: [
      gauge('namespace_app:vllm_gateway_requests:rate5m', recorded, 4),
      gauge('namespace_app:vllm_gateway_failed_requests:rate5m', recorded, 1),
    ],
    answer: one(0.25),
  },
  {
    title: 'failures have no share without requests',
    of: service,
    panel: 'Failed at the gateway',
    series: [
      gauge('namespace_app:vllm_gateway_requests:rate5m', recorded, 0),
      gauge('namespace_app:vllm_gateway_failed_requests:rate5m', recorded, 0),
    ],
    answer: [],
  },
  {
    title: 'durations of Envoy are milliseconds',
    of: service,
    panel: 'Duration at the gateway',
    series: ['10000', '30000', '+Inf'].map((le) =>
      counter('envoy_cluster_upstream_rq_time_bucket', { ...atRule, le }, le === '10000' ? 0 : 1),
    ),
    answer: one(20),
  },
];

const budget = (slo: string) => ({ namespace: 'llm', app: 'vllm', sloth_slo: slo, sloth_id: `llm-vllm-${slo}` });

const SERVICE: readonly Question[] = [
  {
    title: 'pods of another stack whose name begins like this one are not counted',
    of: service,
    panel: 'Replicas',
    series: [
      gauge('kube_pod_status_ready', { namespace: 'llm', pod: POD, condition: 'true' }, 1),
      gauge('kube_pod_status_ready', { namespace: 'llm', pod: POD, condition: 'false' }, 0),
      gauge('kube_pod_status_ready', { namespace: 'llm', pod: 'vllm-big-6d4cf56db6-x7k2p', condition: 'true' }, 1),
    ],
    answer: one(1),
  },
  {
    title: 'attainment is 1 minus the error ratio',
    of: service,
    panel: '95 % of first tokens within 60 ms',
    series: [
      gauge('slo:sli_error:ratio_rate30d', budget('ttft'), 0.03),
      gauge('slo:sli_error:ratio_rate30d', budget('errors'), 0.5),
    ],
    answer: one(0.97),
  },
  ...(['exported_namespace', 'namespace'] as const).map((label) => ({
    title: `a signal of KEDA is found by ${label}`,
    of: service,
    panel: 'Signals of the scaler',
    series: [
      gauge(
        'keda_scaler_metrics_value',
        { namespace: 'keda', [label]: 'llm', scaledObject: 'vllm-scaler', scaler: 'queued-requests' },
        7,
      ),
      gauge('keda_scaler_metrics_value', { namespace: 'llm2', scaledObject: 'vllm-scaler', scaler: 'other' }, 9),
    ],
    answer: one(7, '{scaler="queued-requests"}'),
  })),
];

const FLEET: readonly Question[] = [
  {
    title: 'a stack of two engines and two pods is one row of two replicas',
    of: fleet,
    panel: 'Stacks',
    series: [POD, OTHER_POD].flatMap((pod) =>
      ['0', '1'].map((each) => gauge('vllm:num_requests_running', { ...engine, pod, engine: each }, 1)),
    ),
    answer: one(2, `{namespace="llm", app="vllm", model="${MODEL}"}`),
  },
  {
    title: 'the smallest error budget of a stack is its own',
    of: fleet,
    panel: 'Stacks',
    index: 5,
    series: [
      gauge('slo:period_error_budget_remaining:ratio', budget('ttft'), 0.75),
      gauge('slo:period_error_budget_remaining:ratio', budget('errors'), -0.5),
    ],
    answer: one(-0.5, '{namespace="llm", app="vllm"}'),
  },
  {
    title: 'all columns but the first have one element for each stack',
    of: fleet,
    panel: 'Stacks',
    index: 6,
    series: ['0', '1'].map((gpu) =>
      gauge('namespace_pod_gpu:dcgm_engine_active:max', { ...target, gpu, UUID: `GPU-${gpu}` }, Number(gpu)),
    ),
    answer: one(0.5, '{namespace="llm", app="vllm"}'),
  },
];

/** Annotations have no panel. */
const mark = (dashboard: Dashboard): string => queriesOf(dashboard).at(-1) ?? '';
const deployment = { namespace: 'llm', deployment: 'vllm' };
const generation = (values: string): Series => [
  'kube_deployment_status_observed_generation{namespace="llm",deployment="vllm"}',
  values,
];
const desired = (values: string): Series => [
  'kube_deployment_spec_replicas{namespace="llm",deployment="vllm"}',
  values,
];

const MARKS: readonly Case[] = [
  {
    name: 'a rollout is marked',
    series: [generation('1x37 2x3'), gauge('kube_deployment_spec_replicas', deployment, 3)],
    samples: one(1),
  },
  { name: 'a step of the scaler is not marked', series: [generation('1x37 2x3'), desired('3x37 4x3')], samples: [] },
  { name: 'a quiet time is not marked', series: [generation('1x40'), desired('3x40')], samples: [] },
].map((each) => ({ ...each, query: opened(mark(service), service) }));

const questions = [...RATIOS, ...AT_GATEWAY, ...SERVICE, ...FLEET, ...GPU_QUESTIONS].map(
  ({ title, of, panel, row, index = 0, series, answer }): Case => ({
    name: `${panel}: ${title}`,
    query: opened(exprsOf(of, panel, row)[index] ?? '', of),
    series,
    samples: answer,
  }),
);

describe('Prometheus answers', () => {
  const cases = [...questions, ...MARKS];
  let verdicts: ReadonlyMap<string, string>;

  beforeAll(() => {
    verdicts = testQueries(cases);
  });

  test.each(cases.map(({ name }) => name))('%s', (name) => {
    expectHolds(verdicts.get(name));
  });
});
