import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './main';
import { goldenOf } from './test/support/golden';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a manifest of any kind.
type Manifest = any;

const manifests: Manifest[] = build().charts.flatMap((chart) => chart.toJson());
const deployment = manifests.find(({ kind }) => kind === 'Deployment');
const scaler = manifests.find(({ kind }) => kind === 'ScaledObject');
const [trigger] = scaler.spec.triggers;
const service = manifests.find(({ kind }) => kind === 'Service');
const monitor = manifests.find(({ kind }) => kind === 'PodMonitor');
const rules: Manifest[] = manifests
  .find(({ kind }) => kind === 'PrometheusRule')
  .spec.groups.flatMap((group: Manifest) => group.rules);
const record = (name: string): string => rules.find((rule) => rule.record === name)?.expr;
const [endpoint] = monitor.spec.podMetricsEndpoints;
const costOfTokens = record('namespace_app:vllm_cost_dollars:per_1k_output_tokens_1h');
const starved = rules.find(({ alert }) => alert === 'VllmGpuStarvedButSlow');
const slowTokens = record('slo:sli_bad_events:rate5m');
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

test('the stack of main.ts', () => {
  expect(goldenOf(build())).toMatchSnapshot();
});

/** Fields of the article of docs/deviations.md, and the values that main.ts emits. */
describe('the stack of main.ts', () => {
  test.each<[field: string, article: unknown, ours: unknown]>([
    ['metadata.name', 'vllm', deployment.metadata.name],
    ['metadata.labels.app', 'vllm', deployment.metadata.labels.app],
    ['spec.strategy.type', 'RollingUpdate', deployment.spec.strategy.type],
    ['spec.strategy.rollingUpdate', { maxUnavailable: 0, maxSurge: 1 }, deployment.spec.strategy.rollingUpdate],
    ['spec.selector', { matchLabels: { app: 'vllm' } }, deployment.spec.selector],
    ['template.metadata.labels.app', 'vllm', deployment.spec.template.metadata.labels.app],
    ['containers[0].name', 'vllm', container.name],
    ['containers[0].ports[0].containerPort', 8000, container.ports[0].containerPort],
    ['containers[0].ports[0].name', 'http', container.ports[0].name],
    ['limits of nvidia.com/gpu', 1, container.resources.limits['nvidia.com/gpu']],
    ['requests of nvidia.com/gpu', 1, container.resources.requests['nvidia.com/gpu']],
    ['readinessProbe.httpGet', { path: '/health', port: 'http' }, container.readinessProbe.httpGet],
    ['readinessProbe.periodSeconds', 5, container.readinessProbe.periodSeconds],
    ['startupProbe.httpGet', { path: '/health', port: 'http' }, container.startupProbe.httpGet],
    ['startupProbe.periodSeconds', 5, container.startupProbe.periodSeconds],
    ['Service metadata.name', 'vllm-svc', service.metadata.name],
    ['Service spec.selector', { app: 'vllm' }, service.spec.selector],
    ['Service spec.type', 'ClusterIP', service.spec.type],
    ['Service port', 8000, service.spec.ports[0].port],
    ['ScaledObject scaleTargetRef.name', 'vllm', scaler.spec.scaleTargetRef.name],
    ['ScaledObject minReplicaCount', 1, scaler.spec.minReplicaCount],
    ['ScaledObject maxReplicaCount', 40, scaler.spec.maxReplicaCount],
    ['trigger type', 'prometheus', trigger.type],
    ['trigger serverAddress', 'http://prometheus.monitoring:9090', trigger.metadata.serverAddress],
    ['Service targetPort', 'http', service.spec.ports[0].targetPort],
    ['port and path of the scrape', ['http', '/metrics'], ['port', 'path'].map((key) => endpoint[key])],
    ['label app of the series', true, monitor.spec.podTargetLabels.includes('app')],
    ['60 ms of the objective', '0.06', /le="([\d.]+)"/.exec(slowTokens)?.[1]],
    ['95 % of the objective', 'vector(0.95)', record('slo:objective:ratio')],
    ['40 % of the alert about starved GPUs', '0.4', / < ([\d.]+) /.exec(starved.expr)?.[1]],
  ])('has the same %s as the article of docs/deviations.md', (_, article, ours) => {
    expect(ours).toEqual(article);
  });

  const documented = readFileSync(join(__dirname, 'docs/deviations.md'), 'utf8');

  test.each<[field: string, article: unknown, ours: unknown, inOurs: unknown]>([
    ['`image`', 'vllm/vllm-openai:latest', container.image, 'vllm/vllm-openai:v0.32.0'],
    [
      '`args`: the model',
      '--model=meta-llama/Llama-3.1-8B-Instruct',
      container.args[0],
      'meta-llama/Llama-3.1-8B-Instruct',
    ],
    ['`args`: `--dtype=auto`', true, container.args.some((arg: string) => arg.startsWith('--dtype')), false],
    [
      '`args`: `--gpu-memory-utilization`',
      '0.90',
      container.args.find((arg: string) => arg.includes('gpu-mem')),
      '--gpu-memory-utilization=0.9',
    ],
    ['`protocol` of the port of the container', undefined, container.ports[0].protocol, 'TCP'],
    ['`nodeSelector`', { 'nvidia.com/gpu.present': 'true' }, pod.nodeSelector, undefined],
    ['`resources.requests.cpu`', '2', container.resources.requests.cpu, '6'],
    ['`resources.limits.cpu`', '4', container.resources.limits.cpu, undefined],
    ['`resources.requests.memory`', '12Gi', container.resources.requests.memory, '25Gi'],
    ['`resources.limits.memory`', '16Gi', container.resources.limits.memory, '25Gi'],
    ['`readinessProbe.initialDelaySeconds`', 20, container.readinessProbe.initialDelaySeconds, undefined],
    ['`startupProbe.failureThreshold`', 60, container.startupProbe.failureThreshold, 120],
    ['`ports[].name`', undefined, service.spec.ports[0].name, 'http'],
    ['`spec.replicas`', 1, deployment.spec.replicas, undefined],
    ['`metadata.name` of the ScaledObject', 'vllm-rps', scaler.metadata.name, 'vllm-scaler'],
    ['`pollingInterval`', 5, scaler.spec.pollingInterval, undefined],
    ['`cooldownPeriod`', 60, scaler.spec.cooldownPeriod, undefined],
    ['`triggers[].metadata.metricName`', 'http_requests_total', trigger.metadata.metricName, undefined],
    ['`triggers[].metadata.threshold`', '8', trigger.metadata.threshold, '30'],
    [
      '`triggers[].metadata.query`',
      'rate(http_requests_total{app="vllm"}[1m])',
      trigger.metadata.query,
      'sum(vllm:num_requests_running{namespace="llm",app="vllm"}) + sum(vllm:num_requests_waiting{namespace="llm",app="vllm"})',
    ],
    ['`triggers[].metadata.ignoreNullValues`', undefined, trigger.metadata.ignoreNullValues, 'false'],
    ['`fallback`', undefined, scaler.spec.fallback?.behavior, 'currentReplicasIfHigher'],
    ['scrapes of `/metrics`', undefined, monitor.metadata.name, 'vllm-scrape'],
    [
      '"P95 ≤ 60 ms": the metric',
      'http_request_duration_seconds_bucket',
      /\w+:?\w+_bucket/.exec(slowTokens)?.[0],
      'vllm:time_to_first_token_seconds_bucket',
    ],
    [
      'GPU utilisation',
      'DCGM_FI_DEV_GPU_UTIL',
      /DCGM_\w+/.exec(record('namespace_pod_gpu:dcgm_engine_active:max'))?.[0],
      'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
    ],
    ['`job="dcgm-exporter"`', true, rules.some(({ expr }) => expr.includes('DCGM_') && expr.includes('job=')), false],
    [
      'GPU memory',
      '/ 1024',
      /[*/] \d+$/.exec(record('namespace_pod_gpu:dcgm_memory_used_bytes:max'))?.[0],
      '* 1048576',
    ],
    ['cost per 1K tokens', undefined, /generation_tokens_total\{[^}]*\}\[(\w+)\]/.exec(costOfTokens)?.[1], '1h'],
  ])('differs in %s, and docs/deviations.md lists it', (field, article, ours, expected) => {
    expect(ours).toEqual(expected);
    expect(ours).not.toEqual(article);
    expect(documented).toContain(`\n| ${field} `);
  });
});
