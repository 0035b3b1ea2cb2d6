import type { Dashboard } from '../../lib/dashboards/grafana/dashboard';
import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { exposedMetrics } from '../../lib/engine/metric-roles';
import { fleetDashboard } from '../../lib/dashboards/fleet/fleet-dashboard';
import { metricsOf } from '../../lib/dashboards/grafana/panel';
import { gpuDashboard } from '../../lib/dashboards/fleet/gpu-dashboard';
import type { Release } from '../../lib/engine/release';
import { ALL_FLAGS, everything, MINORS, opened, queriesOf, release, variablesOf } from '../support/dashboards';
import { factOf, labelsOf, partsOf, problemsIn, unknownIn } from '../support/promql';

const fleet = fleetDashboard('fleet');
const gpus = gpuDashboard('gpus');

const queries = (dashboard: Dashboard): string[] => queriesOf(dashboard).map((expr) => opened(expr, dashboard));

/** Series that a dashboard reads and no exporter has, and labels that a series does not have. */
function unknown(dashboard: Dashboard, of: Release): string[] {
  return queries(dashboard).flatMap((expr) => unknownIn(expr, of));
}

const engineSeries = (dashboard: Dashboard): string[] =>
  queriesOf(dashboard)
    .flatMap(metricsOf)
    .filter((name) => /^(vllm:|http_)/.test(name));

describe.each(MINORS)('the dashboard of vLLM %s', (minor) => {
  const of = release(minor);
  const dashboard = serviceDashboard(everything({ release: of }));

  test('reads series and labels that exist', () => {
    expect(unknown(dashboard, of)).toEqual([]);
  });

  test('reads no hidden metric', () => {
    expect(engineSeries(dashboard).filter((series) => factOf(series, of)?.hidden !== false)).toEqual([]);
  });

  test('reads no metric of an optional part of the engine', () => {
    const bare = serviceDashboard(everything({ release: of, flags: [] }));
    expect(engineSeries(bare).filter((series) => factOf(series, of)?.when !== 'always')).toEqual([]);
  });

  test('names the metrics that it reads', () => {
    const read = new Set(engineSeries(dashboard).map((series) => factOf(series, of)?.name));
    expect([...read].sort()).toEqual(Object.values(exposedMetrics(Catalogue.of(of), ALL_FLAGS)).sort());
  });

  test('has the latencies of requests, under any name', () => {
    const latency = ['vllm:time_to_first_token_seconds', 'vllm:e2e_request_latency_seconds'];
    const perToken = /^vllm:(inter_token_latency|time_per_output_token)_seconds$/;
    const read = Object.values(exposedMetrics(Catalogue.of(of), []));
    expect(read).toEqual(expect.arrayContaining([...latency, expect.stringMatching(perToken)]));
  });
});

test.each([
  ['the fleet', fleet],
  ['the GPUs', gpus],
])('%s reads series and labels that every release has', (_, dashboard) => {
  expect(MINORS.flatMap((minor) => unknown(dashboard, release(minor)))).toEqual([]);
});

describe('every query', () => {
  const all = [serviceDashboard(everything()), fleet, gpus];

  test('is PromQL', () => {
    expect(all.flatMap(queries).flatMap(problemsIn)).toEqual([]);
  });

  test('uses no variable that its dashboard does not have', () => {
    for (const dashboard of all) {
      const names = new Set(['1', '__rate_interval', ...variablesOf(dashboard).map(({ name }) => name)]);
      const used = queriesOf(dashboard).flatMap((expr) =>
        Array.from(expr.matchAll(/\$(\w+)/g), ([, name = '']) => name),
      );
      expect(used.filter((name) => !names.has(name))).toEqual([]);
    }
  });

  test('has no rate over a fixed window', () => {
    const windows = all
      .flatMap(queriesOf)
      .map((expr) => expr.replace(/"(\\.|[^"\\])*"/g, '""'))
      .flatMap((expr) => Array.from(expr.matchAll(/rate\([^[]*\[([^\]]*)\]/g), ([, range]) => range));
    expect(new Set(windows)).toEqual(new Set(['$__rate_interval']));
  });

  test('divides only by values above 0', () => {
    const divisors = all
      .flatMap(queriesOf)
      .flatMap((expr) => Array.from(expr.matchAll(/ \/ (.*)/g), ([, rest = '']) => rest));
    expect(divisors.length).toBeGreaterThan(10);
    expect(divisors.filter((rest) => !/^(on \(\) group_left \(\) )?\(.* > 0\)|^100\b/.test(rest))).toEqual([]);
  });

  test('is detected with an unknown label or series', () => {
    const [of] = [release('0.32')];
    expect(labelsOf('vllm:num_requests_swapped', of)).toBeUndefined();
    expect(labelsOf('vllm:num_requests_running', of)).not.toContain('reason');
    expect(partsOf('sum by (a) (rate(b{c="d"}[5m])) / on (e) f{}')).toEqual({
      errors: 0,
      selectors: [
        { series: 'b', labels: ['c'] },
        { series: 'f', labels: [] },
      ],
      grouping: ['a', 'e'],
      made: [],
    });
    expect(partsOf('sum(a').errors).toBeGreaterThan(0);
  });
});
