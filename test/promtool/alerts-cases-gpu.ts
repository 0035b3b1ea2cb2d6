import type { AlertCase } from './alerts-case';
import { ENGINES } from './alerts-case';
import { gpu, gpuLabels, LAYOUTS, ON_GPU } from './alerts-gpus';
import { POD, series, steady, target, turning, upLabels } from './alerts-series';

const GPUS = /^DCGM.*"llm".*"vllm-6d4cf56db6-x7k2p"/;
const labels = gpuLabels(target(), 'exported');
const last = (first: number, minutes: number, then: number) =>
  turning('DCGM_FI_DEV_XID_ERRORS', labels, first, minutes, then);
const XIDS = ['VllmGpuXidHardware', 'VllmGpuXidApplication'];
const SLICE = { GPU_I_ID: '3', GPU_I_PROFILE: '1g.10gb' };

const SICK = {
  temperature: 90,
  memoryTemperature: 99,
  remapFailure: 1,
  doubleBitErrors: 1,
  remappedRows: 1,
  linkErrors: 3,
  xids: { 79: 1, 31: 2 },
  clockEvents: { hw_thermal: 1, power_cap: 4 },
};

/** What fires about a completely broken GPU. */
const sick = (device: Readonly<Record<string, string>>): AlertCase['fires'] => ({
  VllmGpuXidHardware: [{ ...device, xid: '79' }],
  VllmGpuXidApplication: [{ ...device, xid: '31' }],
  VllmGpuEccDoubleBit: [device],
  VllmGpuRowRemapFailure: [device],
  VllmGpuUncorrectableRemap: [device],
  VllmGpuThermalThrottle: [{ ...device, clock_event: 'hw_thermal' }],
  VllmGpuHot: [device],
  VllmGpuMemoryHot: [device],
  VllmGpuNvlinkErrors: [device],
});

const ofLayouts: readonly AlertCase[] = LAYOUTS.flatMap((layout): AlertCase[] => {
  const held = gpuLabels(target(), layout);
  const slice = gpuLabels(target(), layout, SLICE);
  return [
    {
      title: `a completely broken GPU, labels ${layout}`,
      without: [GPUS],
      series: gpu(held, SICK),
      at: 30,
      fires: sick(ON_GPU),
    },
    {
      title: `a completely broken MIG slice, labels ${layout}`,
      without: [GPUS],
      series: gpu(slice, SICK),
      at: 30,
      fires: sick({ ...ON_GPU, ...SLICE }),
    },
    {
      title: `a healthy GPU, labels ${layout}`,
      without: [GPUS],
      series: gpu(held),
      at: 30,
      silent: [...Object.keys(sick({}) ?? {}), 'VllmGpuMetricsMissing'],
    },
    {
      title: `a broken GPU that no pod holds any more, labels ${layout}`,
      series: gpu(gpuLabels(undefined, layout, { UUID: 'GPU-51' }), SICK),
      at: 30,
      silent: Object.keys(sick({}) ?? {}),
    },
    {
      title: `a broken GPU of another container of the pod, labels ${layout}`,
      series: gpu(
        Object.fromEntries(
          Object.entries(held).map(([label, value]) => [label, label.endsWith('container') ? 'sidecar' : value]),
        ),
        SICK,
      ),
      at: 30,
      silent: Object.keys(sick({}) ?? {}),
    },
  ];
});

export const GPU_CASES: readonly AlertCase[] = [
  ...ofLayouts,
  {
    title: 'an exporter that does not count XIDs, after a fault of the hardware',
    series: [last(0, 20, 79)],
    at: 23,
    fires: { VllmGpuXidHardware: [{ ...ON_GPU, xid: '79' }] },
  },
  {
    title: 'an exporter that does not count XIDs, after a fault of the program',
    series: [last(0, 20, 31)],
    at: 23,
    silent: XIDS,
  },
  { title: 'an exporter that keeps an XID forever', series: [last(0, 20, 79)], at: 35, silent: XIDS },
  { title: 'a new pod on a GPU that had an XID', series: [last(79, 20, 79)], at: 5, silent: XIDS },
  { title: 'an exporter that forgets an XID when it restarts', series: [last(79, 20, 0)], at: 23, silent: XIDS },
  {
    title: 'an exporter that counts no XID',
    series: [steady('DCGM_EXP_XID_ERRORS_COUNT', { ...labels, xid: '0' }, 0)],
    at: 30,
    silent: XIDS,
  },
  {
    title: 'a GPU that works at the limit of its power',
    series: gpu(labels, { clockEvents: { power_cap: 300, gpu_idle: 5 } }),
    at: 35,
    silent: ['VllmGpuThermalThrottle'],
  },
  {
    title: 'a GPU that is hot for a moment',
    series: [series('DCGM_FI_DEV_GPU_TEMP', labels, '60x9 90x4 60x200')],
    at: 14,
    silent: ['VllmGpuHot'],
  },
  {
    title: 'errors from before the pod',
    series: [
      steady('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', labels, 4),
      steady('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', labels, 4),
      steady('DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL', labels, 4),
    ],
    at: 35,
    silent: ['VllmGpuEccDoubleBit', 'VllmGpuUncorrectableRemap', 'VllmGpuNvlinkErrors'],
  },
  {
    title: 'a pod whose GPU DCGM does not know',
    without: [GPUS],
    at: 20,
    fires: { VllmGpuMetricsMissing: [{ pod: POD }] },
  },
  {
    title: 'a pod whose GPU has only the old metric of use',
    without: [GPUS],
    series: [steady('DCGM_FI_DEV_GPU_UTIL', labels, 90)],
    at: 35,
    silent: ['VllmGpuMetricsMissing'],
  },
  {
    title: 'a pod that loads, whose GPU DCGM does not know yet',
    without: [ENGINES, GPUS],
    series: [
      series('up', upLabels(target()), '0x240'),
      series('up', upLabels(target('vllm-6d4cf56db6-b9q4z')), '1x240'),
      steady('kube_pod_status_ready', { namespace: 'llm', pod: POD, job: 'kube-state-metrics', condition: 'true' }, 0),
      steady('kube_pod_status_scheduled_time', { namespace: 'llm', pod: POD, job: 'kube-state-metrics' }, 800),
    ],
    at: 20,
    silent: ['VllmGpuMetricsMissing'],
  },
];
