import { series } from './envoy';
import { send } from './client';
import { ANSWER } from './pods';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { metricsScenario } from './scenarios/traffic';

const endpoint = endpointOf(SCENARIOS, metricsScenario);
const proxy = SCENARIOS.indexOf(metricsScenario);
const N = 20;
/** Envoy publishes counters of its worker threads a moment later. */
const SETTLE_MS = 500;

/** What rises while N requests are sent: the series that objectives and dashboards could read. */
async function risen(path: string, headers: Record<string, string> = {}): Promise<Record<string, number>> {
  const before = await series(proxy);
  for (let index = 0; index < N; index++) await send(endpoint, { host: 'h', path, headers });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = await series(proxy);
  const wanted =
    /^envoy_(cluster_upstream_rq_(xx|total|completed)|http_(no_cluster|no_route|rq_direct_response|downstream_rq_xx)){/;
  const rises = [...after].filter(([name]) => wanted.test(name) && !name.includes('"admin"'));
  return Object.fromEntries(
    rises
      .map(([name, value]) => [short(name), value - (before.get(name) ?? 0)] as const)
      .filter(([, rise]) => rise > 0),
  );
}

/** `envoy_cluster_upstream_rq_xx{…}` → `cluster rule/0 upstream_rq_xx 5` */
function short(name: string): string {
  const [, kind, metric, labels = ''] = /^envoy_(cluster|http)_(\w+){(.*)}$/.exec(name) ?? [];
  const cluster = /envoy_cluster_name="httproute\/metrics\/chat\/([^"]+)"/.exec(labels)?.[1];
  const code = /envoy_response_code_class="(\d)"/.exec(labels)?.[1];
  return [kind, cluster, metric, code].filter(Boolean).join(' ');
}

test('an answer of a pod counts at the cluster of its rule', async () => {
  expect(await risen('/ready', { [ANSWER]: '503' })).toEqual({
    'cluster rule/0 upstream_rq_completed': N,
    'cluster rule/0 upstream_rq_total': N,
    'cluster rule/0 upstream_rq_xx 5': N,
    'http downstream_rq_xx 5': N,
  });
});

test('weighted backends of a rule share one cluster', async () => {
  expect(await risen('/weighted')).toEqual({
    'cluster rule/1 upstream_rq_completed': N,
    'cluster rule/1 upstream_rq_total': N,
    'cluster rule/1 upstream_rq_xx 2': N,
    'http downstream_rq_xx 2': N,
  });
});

test('a Service without endpoints counts at the listener only', async () => {
  expect(await risen('/empty')).toEqual({ 'http downstream_rq_xx 5': N, 'http rq_direct_response': N });
});

test('the share of a backend without endpoints counts at the listener only', async () => {
  const rises = await risen('/half');
  const failed = rises['http no_cluster'] ?? 0;
  expect(failed).toBeGreaterThan(0);
  expect(rises).toEqual({
    'cluster rule/3/backend/0 upstream_rq_completed': N - failed,
    'cluster rule/3/backend/0 upstream_rq_total': N - failed,
    'cluster rule/3/backend/0 upstream_rq_xx 2': N - failed,
    'http downstream_rq_xx 2': N - failed,
    'http downstream_rq_xx 5': failed,
    'http no_cluster': failed,
  });
});

test('a path without a rule counts at the listener only', async () => {
  expect(await risen('/nowhere')).toEqual({ 'http downstream_rq_xx 4': N, 'http no_route': N });
});
