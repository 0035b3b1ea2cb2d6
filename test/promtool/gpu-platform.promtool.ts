import { gpuAlerts } from '../../lib/gpu-platform/exporter/dcgm-alerts';
import { EXPORTER_JOB } from '../../lib/gpu-platform/exporter/dcgm-names';
import type { Sample } from './promtool';
import { checkQueries, expectHolds, testQueries } from './promtool';
import type { Series } from './series';
import { gauge } from './series';

const EXPORTER = { job: EXPORTER_JOB, pods: 'nvidia-dcgm', dra: false };
const queries = new Map(gpuAlerts(EXPORTER).map(({ alert, expr }) => [alert, expr]));

const target = { job: 'dcgm-exporter', instance: '10.0.0.1:9400', endpoint: 'metrics', node: 'a' };
const gpu = { node: 'a', gpu: '0', UUID: 'GPU-1', modelName: 'NVIDIA L4' };
/** What a sample has besides: the name of the host, which changed its label, and more. */
const sample = { ...target, ...gpu, hostname: 'a', device: 'nvidia0' };
const used = { ...sample, namespace: 'llm', pod: 'vllm-1', container: 'vllm' };
const idle = (metric: string, value: number, more = {}) => gauge(metric, { ...sample, ...more }, value);
const allocatable = (node: string, resource: string, value: number) =>
  gauge('kube_node_status_allocatable', { node, resource, unit: 'integer', job: 'kube-state-metrics' }, value);

const fires = (labels: object, value: number): Sample[] => [
  {
    labels: `{${Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`)}}`,
    value,
  },
];

type Row = readonly [alert: string, what: string, series: readonly Series[], samples: readonly Sample[]];

const XID = 'DCGM_EXP_XID_ERRORS_COUNT';
const faults = [
  ['GpuIdleEccDoubleBit', 'DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 2],
  ['GpuIdleRowRemapPending', 'DCGM_FI_DEV_ROW_REMAP_PENDING', 1],
  ['GpuIdleRowRemapFailure', 'DCGM_FI_DEV_ROW_REMAP_FAILURE', 1],
] as const;

const ROWS: readonly Row[] = [
  [
    'GpuExporterDown',
    'fires for an exporter that does not answer',
    [gauge('up', target, 0)],
    fires({ __name__: 'up', ...target }, 0),
  ],
  ['GpuExporterDown', 'is silent about one that answers', [gauge('up', target, 1)], []],
  ['GpuExporterDown', 'is silent about other targets', [gauge('up', { ...target, job: 'llm/vllm' }, 0)], []],
  [
    'GpuNodeWithoutExporter',
    'fires for a node with slices and no exporter',
    [
      allocatable('a', 'nvidia_com_gpu', 0),
      allocatable('a', 'nvidia_com_mig_1g_10gb', 7),
      gauge('up', { ...target, node: 'b' }, 1),
    ],
    fires({ node: 'a' }, 7),
  ],
  [
    'GpuNodeWithoutExporter',
    'is silent with an exporter on the node',
    [allocatable('a', 'nvidia_com_gpu', 8), gauge('up', target, 1)],
    [],
  ],
  [
    'GpuNodeWithoutExporter',
    'is silent for nodes without GPUs, and without nodes',
    [allocatable('a', 'cpu', 64), allocatable('b', 'nvidia_com_gpu', 0)],
    [],
  ],
  ['GpuIdleXid', 'fires for an error of the hardware', [idle(XID, 1, { xid: '79' })], fires({ ...gpu, xid: '79' }, 1)],
  ['GpuIdleXid', 'is silent about errors of programs', [idle(XID, 3, { xid: '31' }), idle(XID, 1, { xid: '109' })], []],
  ['GpuIdleXid', 'is silent about GPUs with a pod', [gauge(XID, { ...used, xid: '79' }, 1)], []],
  ...faults.flatMap(([alert, metric, value]): Row[] => [
    [alert, 'fires for a GPU without a pod', [idle(metric, value)], fires(gpu, value)],
    [alert, 'is silent about a sound GPU', [idle(metric, 0)], []],
    [alert, 'is silent about a GPU with a pod', [gauge(metric, used, value)], []],
  ]),
];

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  const cases = ROWS.map(([alert, what, series, samples]) => {
    return { name: `${alert} ${what}`, query: queries.get(alert) ?? '', series, samples };
  });
  verdicts = testQueries(cases);
});

test.each(ROWS.map(([alert, what]) => `${alert} ${what}`))('%s', (name) => {
  expectHolds(verdicts.get(name));
});

test('every alert fires in one case and is silent in another', () => {
  for (const alert of queries.keys()) {
    const outcomes = ROWS.filter(([name]) => name === alert).map(([, , , samples]) => samples.length > 0);
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
  }
});

test('promtool accepts every query', () => {
  expectHolds(checkQueries([...queries].map(([alert, expr]) => [`query:${alert}`, expr])));
});
