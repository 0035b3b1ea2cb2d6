import { ModelTask } from '../../lib';
import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import type { FlagName } from '../../lib/engine/catalogue/flag-name';
import { dashboardUid } from '../../lib/dashboards/uid';
import type { Watched } from '../../lib/plan/watched';
import {
  everything,
  exprsOf,
  MINORS,
  objectiveWith,
  panelOf,
  panelsOf,
  queriesOf,
  release,
  rowsOf,
  variablesOf,
} from '../support/dashboards';
import { AS_ROLLOUT, watchedWith } from '../support/watched';

const rowTitles = (watched: Watched): string[] => rowsOf(serviceDashboard(watched)).map(({ row }) => row.title);
const titles = (watched: Watched): string[] => panelsOf(serviceDashboard(watched)).map(({ title }) => title);

/** Values of the lines across a panel. */
function linesOf(watched: Watched, title: string): (number | null)[] {
  const { defaults } = panelOf(serviceDashboard(watched), title).fieldConfig as {
    defaults: { custom: { thresholdsStyle?: { mode: string } }; thresholds?: { steps: { value: number | null }[] } };
  };
  expect(defaults.custom.thresholdsStyle?.mode).toBe(defaults.thresholds && 'line');
  return (defaults.thresholds?.steps ?? []).map(({ value }) => value).slice(1);
}

describe('the rows', () => {
  test('of a stack that has everything', () => {
    expect(rowTitles(everything())).toEqual([
      'Objectives',
      'Requests',
      'Gateway',
      'Time by phase',
      'Engine',
      'KV cache',
      'GPU',
      'Scaling',
      'Cost',
      'Rollout',
    ]);
  });

  test('about promises need objectives', () => {
    expect(rowTitles(everything({ objectives: [] }))).not.toContain('Objectives');
    expect(queriesOf(serviceDashboard(everything({ objectives: [] }))).join()).not.toContain('slo:');
  });

  test('begin with the alerts in a stack without objectives', () => {
    const [first] = rowsOf(serviceDashboard(everything({ objectives: [] })));
    expect([first?.row.title, first?.panels.map(({ title }) => title)]).toEqual(['Alerts', ['Firing alerts']]);
  });

  test('about GPUs need NVIDIA devices: DCGM knows no others', () => {
    const device = { nvidia: false, resourceName: 'amd.com/gpu', perPod: 1 };
    expect(rowTitles(everything({ device }))).not.toContain('GPU');
    expect(queriesOf(serviceDashboard(everything({ device }))).join()).not.toContain('dcgm');
  });

  test('about cost need a price', () => {
    expect(rowTitles(everything({ dollarsPerDeviceHour: undefined }))).not.toContain('Cost');
  });

  test('stay in a stack without a scaler, without its panels', () => {
    const watched = everything({ scaler: undefined });
    expect(rowTitles(watched)).toContain('Scaling');
    expect(titles(watched)).not.toContain('Signals of the scaler');
    expect(exprsOf(serviceDashboard(watched), 'Replicas')).toHaveLength(1);
  });
});

describe('lines', () => {
  test('across a latency are the bounds of its objectives', () => {
    const slower = objectiveWith({
      slo: 'ttft-99',
      latency: { histogram: 'vllm:time_to_first_token_seconds', bound: 0.5, percentile: 99.9 },
    });
    const watched = watchedWith({ objectives: [slower, objectiveWith()] });
    expect(linesOf(watched, 'Time to first token')).toEqual([0.06, 0.5]);
    expect(linesOf(watched, 'End to end latency')).toEqual([]);
  });

  test('across a latency have their percentile among the curves', () => {
    const objective = objectiveWith({
      latency: { histogram: 'vllm:time_to_first_token_seconds', bound: 0.5, percentile: 99.9 },
    });
    const panel = panelOf(serviceDashboard(watchedWith({ objectives: [objective] })), 'Time to first token');
    expect(panel.targets.map(({ legendFormat }) => legendFormat)).toEqual(['p50', 'p95', 'p99', 'p99.9']);
    expect(panel.targets[3]?.expr).toContain('histogram_quantile(0.999, ');
  });

  test('across errors are the rate that the promise allows', () => {
    expect(linesOf(everything(), 'Failed requests')).toEqual([0.005]);
  });

  test('across the burn rate are 1 and the rates that page', () => {
    expect(linesOf(everything(), 'Burn rate')).toEqual([1, 6, 14.4]);
  });

  test('across a cold start are the startup budget', () => {
    expect(linesOf(everything({ startupBudget: 900 }), 'Cold start')).toEqual([900]);
  });
});

describe('a panel that needs a release or a flag', () => {
  test('exists only with it', () => {
    const newer = titles(watchedWith({ release: release('0.32') }));
    const older = titles(watchedWith({ release: release('0.10') }));
    const added = newer.filter((title) => !older.includes(title));
    expect(added).toEqual([
      'Time per output token',
      'Waiting by reason',
      'Rejected requests',
      'Prompt tokens by source',
      'Cached prompt tokens by place',
    ]);
    expect(older.filter((title) => !newer.includes(title))).toEqual([]);
  });

  test('has the name of the metric in that release', () => {
    const use = (minor: string) =>
      exprsOf(serviceDashboard(watchedWith({ release: release(minor) })), 'KV cache in use');
    expect(use('0.8')[0]).toContain('vllm:gpu_cache_usage_perc{');
    expect(use('0.9')[0]).toContain('vllm:kv_cache_usage_perc{');
  });

  test.each<[FlagName, string[]]>([
    ['--speculative-config', ['Accepted draft tokens']],
    ['--kv-offloading-size', ['KV blocks moved to and from the host', 'Host cache in use']],
  ])('%s adds its panels', (flag, brought) => {
    const without = titles(watchedWith());
    expect(titles(watchedWith({ flags: [flag] })).filter((title) => !without.includes(title))).toEqual(brought);
  });

  test('of hits needs a connector', () => {
    const hits = (flags: FlagName[]) => exprsOf(serviceDashboard(watchedWith({ flags })), 'Prefix cache hits');
    expect(hits([])).toHaveLength(1);
    expect(hits(['--kv-transfer-config'])[1]).toContain('vllm:external_prefix_cache_hits_total{');
  });

  test('of errors of the engine needs a release that counts them', () => {
    const failed = (minor: string) =>
      exprsOf(serviceDashboard(watchedWith({ release: release(minor) })), 'Failed requests');
    expect(failed('0.12')).toHaveLength(1);
    expect(failed('0.13')[1]).toContain('finished_reason="error"');
  });
});

describe('a Rollout', () => {
  const rollout = serviceDashboard(everything({ workload: AS_ROLLOUT }));

  test('has versions by another hash than a Deployment', () => {
    const panel = 'Time to first token by version, p95';
    expect(exprsOf(rollout, panel)[0]).toContain('by (rollouts_pod_template_hash, le)');
    expect(exprsOf(serviceDashboard(everything()), panel)[0]).toContain('by (pod_template_hash, le)');
  });

  test('shows its phase, which a Deployment does not have', () => {
    expect(exprsOf(rollout, 'Phase of the rollout')[0]).toContain('rollout_info{');
    expect(titles(everything())).not.toContain('Phase of the rollout');
  });
});

describe('the reader', () => {
  const dashboard = serviceDashboard(everything());

  test('sees the namespace of the stack and all its pods by default', () => {
    const chosen = variablesOf(dashboard).map(({ name, current }) => [name, current?.value]);
    expect(chosen).toEqual([
      ['datasource', undefined],
      ['namespace', 'llm'],
      ['model', ['$__all']],
      ['pod', ['$__all']],
    ]);
  });

  test('never sees another stack: "All" means the pods of this stack', () => {
    const { allValue } = variablesOf(dashboard).find(({ name }) => name === 'pod') ?? {};
    expect(allValue).toBe(everything().pods);
  });

  test('chooses among series of the stack', () => {
    const [, namespace, model, pod] = variablesOf(dashboard).map(({ query }) => (query as { query: string }).query);
    expect(namespace).toBe('label_values(vllm:num_requests_running{app="vllm"}, namespace)');
    expect(model).toBe('label_values(vllm:num_requests_running{namespace="$namespace",app="vllm"}, model)');
    expect(pod).toBe('label_values(vllm:num_requests_running{namespace="$namespace",app="vllm"}, pod)');
  });
});

describe('the uid', () => {
  test('differs for each namespace and name, also where they join to the same text', () => {
    const scopes = [
      { namespace: 'a-b', app: 'c' },
      { namespace: 'a', app: 'b-c' },
      { namespace: 'a', app: 'c' },
    ];
    expect(new Set(scopes.map(dashboardUid)).size).toBe(3);
  });

  test('has at most 40 characters, whatever the name', () => {
    expect(dashboardUid({ namespace: 'n'.repeat(63), app: 'a'.repeat(56) })).toHaveLength(40);
    expect(dashboardUid({ namespace: 'llm', app: 'vllm' })).toMatch(/^vllm-[0-9a-f]{12}$/);
  });

  test('is that of the dashboard', () => {
    expect(serviceDashboard(watchedWith()).uid).toBe(dashboardUid(watchedWith()));
  });
});

test.each(MINORS)('the dashboard of vLLM %s is the same text each time, and at most 64 KiB', (minor) => {
  const text = () => JSON.stringify(serviceDashboard(everything({ release: release(minor) })));
  expect(text()).toBe(text());
  expect(Buffer.byteLength(text())).toBeLessThanOrEqual(64 * 1024);
});

describe('the panels of a model that does not generate', () => {
  const embedding = everything({ task: ModelTask.EMBED, objectives: [] });

  test('are about whole answers', () => {
    expect(titles(embedding)).toContain('End to end latency');
    expect(titles(embedding)).toContain('End to end latency by version, p95');
  });

  test('count no generated tokens, and wait for none', () => {
    const queries = queriesOf(serviceDashboard(embedding)).join();
    expect(queries).not.toMatch(/time_to_first_token|inter_token|per_output_token|decode_time/);
    expect(titles(embedding).filter((title) => /first token|output token|Inter-token/i.test(title))).toEqual([]);
  });
});
