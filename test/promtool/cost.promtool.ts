import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costRules } from '../../lib/cost/cost-rules';
import { COST_RECORDS } from '../../lib/metrics/gpu-records';
import { prometheusRule } from '../../lib/private/prometheus-rule';
import type { Watched } from '../../lib/plan/watched';
import { watchedWith } from '../support/watched';
import { readPromtool } from './environment';

/** Values each minute, as promtool takes them. */
type Series = { readonly [selector: string]: string };
type Name = keyof typeof COST_RECORDS;

const ARTICLE = { dollarsPerDeviceHour: 2.5 };
const pod = (suffix: string) => `vllm-6d4cf56db6-${suffix}`;

/** What kube-state-metrics says about one pod; `''` as node while it has none. */
function podState(
  name: string,
  phase: string,
  more: { devices?: number; node?: string; resource?: string } = {},
): Series {
  const { devices = 1, node = 'gpu-1', resource = 'nvidia_com_gpu' } = more;
  const of = `namespace="llm",pod="${name}"`;
  const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'].map((each) => [
    `kube_pod_status_phase{${of},phase="${each}"}`,
    `${each === phase ? 1 : 0}x180`,
  ]);
  const requests = { [resource]: devices, cpu: 4 };
  const requested = Object.entries(requests).map(([each, value]) => [
    `kube_pod_container_resource_requests{${of},container="vllm",resource="${each}",node="${node}"}`,
    `${value}x180`,
  ]);
  return Object.fromEntries([...phases, ...requested]) as Series;
}

const CLUSTER: Series = { 'kube_node_info{node="gpu-1"}': '1x180', 'kube_node_info{node="gpu-2"}': '1x180' };

/** The tokens of one replica; the values are counters each minute. */
function tokens(name: string, generated: string, prompt: string): Series {
  const labels = `namespace="llm",app="vllm",pod="${name}",model_name="llama",engine="0"`;
  return {
    [`vllm:generation_tokens_total{${labels}}`]: generated,
    [`vllm:prompt_tokens_total{${labels}}`]: prompt,
  };
}

/** 2,000 tokens out per second for three hours, and three times as many in. */
const BUSY = ['0+120000x180', '0+360000x180'] as const;
const IDLE = ['5000x180', '9000x180'] as const;

/** Runs promtool on the emitted rules and something else; gives all that it says, or nothing when it is content. */
function promtool(watched: Watched, command: (rules: string, folder: string) => string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  try {
    const emitted = prometheusRule('vllm-rules', costRules(watched), { namespace: 'llm', labels: {}, annotations: {} });
    const rules = join(folder, 'rules.yaml');
    writeFileSync(rules, JSON.stringify((emitted as { spec: object }).spec));
    const { error, status, stdout, stderr } = spawnSync(readPromtool(), command(rules, folder), { encoding: 'utf8' });
    if (error) throw error;
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What promtool has against the values that records are said to have after two hours; undefined for no sample. */
function against(watched: Watched, series: Series, expected: Partial<{ [name in Name]: number | undefined }>): string {
  const labels = `{app="vllm", model="${watched.model}", namespace="llm"}`;
  const test = {
    interval: '1m',
    input_series: Object.entries({ ...CLUSTER, ...series }).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: Object.entries(expected).map(([record, value]) => ({
      expr: COST_RECORDS[record as Name],
      eval_time: '2h',
      exp_samples: value === undefined ? [] : [{ labels: `${COST_RECORDS[record as Name]}${labels}`, value }],
    })),
  };
  return promtool(watched, (rules, folder) => {
    const file = join(folder, 'tests.yaml');
    const content = { rule_files: [rules], evaluation_interval: '1m', fuzzy_compare: true, tests: [test] };
    writeFileSync(file, JSON.stringify(content));
    return ['test', 'rules', file];
  });
}

test('promtool has nothing against the rules', () => {
  const check = (rules: string) => ['check', 'rules', '--lint=all', '--lint-fatal', rules];
  expect(promtool(watchedWith(ARTICLE), check)).toBe('');
  const mig = { nvidia: true, resourceName: 'nvidia.com/mig-1g.10gb', perPod: 1 };
  expect(promtool(watchedWith({ dollarsPerDeviceHour: 0.357143, device: mig }), check)).toBe('');
});

test('promtool would say that a value is wrong', () => {
  const series = podState(pod('aaaaa'), 'Running');
  expect(against(watchedWith(ARTICLE), series, { devices: 2 })).toContain('devices_allocated');
});

describe('cost', () => {
  it('is $0.000347 per 1,000 tokens at $2.5 per hour and 2,000 tokens per second, as in the article', () => {
    const series = { ...podState(pod('aaaaa'), 'Running'), ...tokens(pod('aaaaa'), ...BUSY) };
    const per1kOutputTokens = (1000 * 2.5) / (2000 * 3600);
    const expected = { devices: 1, dollarsPerHour: 2.5, per1kOutputTokens, per1kTokens: per1kOutputTokens / 4 };
    expect(against(watchedWith(ARTICLE), series, expected)).toBe('');
  });

  it('counts devices that pods hold: ready, loading and pulling ones, not those that wait for a node or have ended', () => {
    const series = {
      ...podState(pod('ready'), 'Running', { devices: 2 }),
      ...podState(pod('loads'), 'Running', { devices: 2 }),
      ...podState(pod('pulls'), 'Pending', { devices: 2, node: 'gpu-2' }),
      ...podState(pod('waits'), 'Pending', { devices: 2, node: '' }),
      ...podState(pod('ended'), 'Failed', { devices: 2 }),
      ...podState('vllm-other-6d4cf56db6-aaaaa', 'Running', { devices: 2 }),
    };
    expect(against(watchedWith(ARTICLE), series, { devices: 6, dollarsPerHour: 15 })).toBe('');
  });

  it('counts no device twice while two kube-state-metrics answer', () => {
    const state = podState(pod('aaaaa'), 'Running');
    const twice = Object.entries(state).flatMap(([name, values]) =>
      ['one', 'two'].map((instance) => [name.replace('{', `{instance="${instance}",`), values]),
    );
    expect(against(watchedWith(ARTICLE), Object.fromEntries(twice), { devices: 1 })).toBe('');
  });

  it('knows a MIG slice by the name that kube-state-metrics gives it', () => {
    const device = { nvidia: true, resourceName: 'nvidia.com/mig-1g.10gb', perPod: 1 };
    const watched = watchedWith({ device, dollarsPerDeviceHour: 0.357143 });
    const series = podState(pod('aaaaa'), 'Running', { resource: 'nvidia_com_mig_1g_10gb' });
    expect(against(watched, series, { devices: 1, dollarsPerHour: 0.357143 })).toBe('');
  });

  it('is nothing, and no price of a token, once the last replica is gone', () => {
    const expected = { devices: 0, dollarsPerHour: 0, per1kOutputTokens: undefined, idleDollarsPerHour: undefined };
    expect(against(watchedWith(ARTICLE), {}, expected)).toBe('');
  });

  it('is unknown without kube-state-metrics', () => {
    const series = { 'kube_node_info{node="gpu-1"}': '_x180', 'kube_node_info{node="gpu-2"}': '_x180' };
    expect(against(watchedWith(ARTICLE), series, { devices: undefined, dollarsPerHour: undefined })).toBe('');
  });

  it('has no price of a token while nobody asks', () => {
    const series = { ...podState(pod('aaaaa'), 'Running'), ...tokens(pod('aaaaa'), ...IDLE) };
    const expected = { dollarsPerHour: 2.5, per1kOutputTokens: undefined, per1kTokens: undefined };
    expect(against(watchedWith(ARTICLE), series, expected)).toBe('');
  });

  it('is half in an hour of which the pool slept half', () => {
    const name = pod('aaaaa');
    // Gone for the first half of the second hour.
    const awake = (values: string) => values.replace(/^(\d)x180$/, '_x90 $1x90');
    const state = Object.entries(podState(name, 'Running')).map(([key, values]) => [key, awake(values)]);
    const series = { ...Object.fromEntries(state), ...tokens(name, '_x89 0+120000x90', '_x89 0+360000x90') };
    const dollars = (2.5 * 30) / 60;
    expect(against(watchedWith(ARTICLE), series, { per1kOutputTokens: dollars / (120 * 30) })).toBe('');
  });
});

describe('idle cost', () => {
  const pods = (...names: string[]) =>
    Object.assign({}, ...names.map((name) => podState(pod(name), 'Running'))) as Series;

  it('is of the replicas without a token for 15 minutes, not of busy, new or gone ones', () => {
    const series = {
      ...pods('idle1', 'idle2', 'busy1', 'new11'),
      ...tokens(pod('idle1'), ...IDLE),
      ...tokens(pod('idle2'), ...IDLE),
      ...tokens(pod('busy1'), ...BUSY),
      ...tokens(pod('new11'), '_x115 0x60', '_x115 0x60'),
      ...tokens(pod('gone1'), '5000x110 stale', '9000x110 stale'),
    };
    expect(against(watchedWith(ARTICLE), series, { idleDollarsPerHour: 5 })).toBe('');
  });

  it('counts a replica with one long answer as busy', () => {
    const series = { ...pods('aaaaa'), ...tokens(pod('aaaaa'), '0+60x180', '9000x180') };
    expect(against(watchedWith(ARTICLE), series, { idleDollarsPerHour: 0 })).toBe('');
  });

  it('is of all devices of a replica', () => {
    const watched = watchedWith({ ...ARTICLE, device: { nvidia: true, resourceName: 'nvidia.com/gpu', perPod: 4 } });
    const series = { ...pods('aaaaa'), ...tokens(pod('aaaaa'), ...IDLE) };
    expect(against(watched, series, { idleDollarsPerHour: 10 })).toBe('');
  });
});
