import { costRules } from '../../lib/cost/cost-rules';
import { COST_RECORDS } from '../../lib/metrics/gpu-records';
import { watchedWith } from '../support/watched';
import { expectHolds } from './promtool';
import type { Question } from './rules';
import { checkRules, testRules } from './rules';

/** Values each minute, as promtool reads them. */
type Series = { readonly [selector: string]: string };
type Name = keyof typeof COST_RECORDS;

const ARTICLE = watchedWith({ dollarsPerDeviceHour: 2.5 });
const SLICE = { nvidia: true, resourceName: 'nvidia.com/mig-1g.10gb', perPod: 1 };
const SLICES = watchedWith({ device: SLICE, dollarsPerDeviceHour: 0.357143 });
const holding = (perPod: number, claimed = false) =>
  watchedWith({ dollarsPerDeviceHour: 2.5, device: { nvidia: true, resourceName: 'nvidia.com/gpu', perPod, claimed } });
const pod = (suffix: string) => `vllm-6d4cf56db6-${suffix}`;

/** What kube-state-metrics reports about one pod; `''` as node while it has none. */
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
  const info = [`kube_pod_info{${of},node="${node}"}`, '1x180'];
  return Object.fromEntries([...phases, ...requested, info]) as Series;
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

interface Case {
  readonly title: string;
  readonly watched?: typeof ARTICLE;
  readonly series: Series;
  /** After two hours; undefined for no sample. */
  readonly expected: Partial<Readonly<Record<Name, number | undefined>>>;
}

const busy = tokens(pod('aaaaa'), ...BUSY);
const idle = tokens(pod('aaaaa'), ...IDLE);
const running = podState(pod('aaaaa'), 'Running');
const pods = (...names: string[]) =>
  Object.assign({}, ...names.map((name) => podState(pod(name), 'Running'))) as Series;

/** Every kind of pod, with two devices each, of which three hold them. */
const everyKind = (devices: number): Series => ({
  ...podState(pod('ready'), 'Running', { devices }),
  ...podState(pod('loads'), 'Running', { devices }),
  ...podState(pod('pulls'), 'Pending', { devices, node: 'gpu-2' }),
  ...podState(pod('waits'), 'Pending', { devices, node: '' }),
  ...podState(pod('ended'), 'Failed', { devices }),
  ...podState('vllm-other-6d4cf56db6-aaaaa', 'Running', { devices }),
});

/** From two kube-state-metrics. */
const twice = (series: Series): Series =>
  Object.fromEntries(
    Object.entries(series).flatMap(([name, values]) =>
      ['one', 'two'].map((instance) => [name.replace('{', `{instance="${instance}",`), values]),
    ),
  );

/** Deleted for the first half of the second hour. */
const halfAsleep = Object.fromEntries(
  Object.entries(running).map(([name, values]) => [name, values.replace(/^(\d)x180$/, '_x90 $1x90')]),
);

const PER_1K = (1000 * 2.5) / (2000 * 3600);

const COST: readonly Case[] = [
  {
    title: 'is $0.000347 per 1,000 tokens at $2.5 per hour and 2,000 tokens per second',
    series: { ...running, ...busy },
    expected: { devices: 1, dollarsPerHour: 2.5, per1kOutputTokens: PER_1K, per1kTokens: PER_1K / 4 },
  },
  {
    title: 'counts devices of pods that are ready, load or pull, not of pods that wait for a node or have ended',
    series: everyKind(2),
    expected: { devices: 6, dollarsPerHour: 15 },
  },
  {
    title: 'counts devices that pods claim, which are not requests of a container',
    watched: holding(2, true),
    series: everyKind(0),
    expected: { devices: 6, dollarsPerHour: 15 },
  },
  {
    title: 'counts no device twice while two kube-state-metrics answer',
    series: twice(running),
    expected: { devices: 1 },
  },
  {
    title: 'counts no claim twice while two kube-state-metrics answer',
    watched: holding(2, true),
    series: twice(running),
    expected: { devices: 2 },
  },
  {
    title: 'finds a MIG slice by its name in kube-state-metrics',
    watched: SLICES,
    series: podState(pod('aaaaa'), 'Running', { resource: 'nvidia_com_mig_1g_10gb' }),
    expected: { devices: 1, dollarsPerHour: 0.357143 },
  },
  {
    title: 'is 0, without a price of a token, after the last replica was deleted',
    series: {},
    expected: { devices: 0, dollarsPerHour: 0, per1kOutputTokens: undefined, idleDollarsPerHour: undefined },
  },
  {
    title: 'is unknown without kube-state-metrics',
    series: { 'kube_node_info{node="gpu-1"}': '_x180', 'kube_node_info{node="gpu-2"}': '_x180' },
    expected: { devices: undefined, dollarsPerHour: undefined },
  },
  {
    title: 'has no price of a token without requests',
    series: { ...running, ...idle },
    expected: { dollarsPerHour: 2.5, per1kOutputTokens: undefined, per1kTokens: undefined },
  },
  {
    title: 'is half in an hour in which the pool was scaled to zero for half',
    series: { ...halfAsleep, ...tokens(pod('aaaaa'), '_x89 0+120000x90', '_x89 0+360000x90') },
    expected: { per1kOutputTokens: (2.5 * 30) / 60 / (120 * 30) },
  },
];

const IDLE_COST: readonly Case[] = [
  {
    title: 'is that of replicas without a token for 15 minutes, not of busy, new or deleted ones',
    series: {
      ...pods('idle1', 'idle2', 'busy1', 'new11'),
      ...tokens(pod('idle1'), ...IDLE),
      ...tokens(pod('idle2'), ...IDLE),
      ...tokens(pod('busy1'), ...BUSY),
      ...tokens(pod('new11'), '_x115 0x60', '_x115 0x60'),
      ...tokens(pod('gone1'), '5000x110 stale', '9000x110 stale'),
    },
    expected: { idleDollarsPerHour: 5 },
  },
  {
    title: 'counts a replica with one long answer as busy',
    series: { ...running, ...tokens(pod('aaaaa'), '0+60x180', '9000x180') },
    expected: { idleDollarsPerHour: 0 },
  },
  {
    title: 'is that of all devices of a replica',
    watched: holding(4),
    series: { ...running, ...idle },
    expected: { idleDollarsPerHour: 10 },
  },
];

/** The expected value of a record. */
function question(record: string, value: number | undefined): Question {
  const labels = `{app="vllm", model="${ARTICLE.model}", namespace="llm"}`;
  return { query: record, samples: value === undefined ? [] : [{ labels: record + labels, value }] };
}

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  const files = [...COST, ...IDLE_COST].map(({ title, watched = ARTICLE, series, expected }) => ({
    groups: costRules(watched),
    cases: [
      {
        name: title,
        series: Object.entries({ ...CLUSTER, ...series }),
        minutes: 120,
        questions: Object.entries(expected).map(([name, value]) => question(COST_RECORDS[name as Name], value)),
      },
    ],
  }));
  verdicts = testRules(files);
});

test.each([
  ['GPUs', ARTICLE],
  ['slices', SLICES],
  ['claims', holding(2, true)],
])('the rules of %s are clean', (_, watched) => expectHolds(checkRules(costRules(watched))));

describe('cost', () => {
  test.each(COST)('$title', ({ title }) => expectHolds(verdicts.get(title)));
});

describe('idle cost', () => {
  test.each(IDLE_COST)('$title', ({ title }) => expectHolds(verdicts.get(title)));
});
