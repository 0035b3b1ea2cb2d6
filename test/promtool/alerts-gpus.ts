import { growing, type Labels, steady, target, type Target } from './alerts-series';
import type { Series } from './series';

/** Where the DCGM exporter's labels about a pod end up: see lib/metrics/gpu-series.ts. */
export type Layout = 'exported' | 'honoured' | 'dropped';
export const LAYOUTS: readonly Layout[] = ['exported', 'honoured', 'dropped'];

const EXPORTER = { namespace: 'gpu-operator', pod: 'nvidia-dcgm-exporter-8xk2v', container: 'nvidia-dcgm-exporter' };
const SCRAPE = { job: 'nvidia-dcgm-exporter', endpoint: 'gpu-metrics', instance: '10.0.0.7:9400' };

/** Labels of a GPU that a pod holds, or of a free one. */
export function gpuLabels(holder: Target | undefined, layout: Layout, device: Labels = {}): Labels {
  const itself = {
    ...SCRAPE,
    gpu: '0',
    UUID: 'GPU-11',
    device: 'nvidia0',
    modelName: 'NVIDIA L40S',
    hostname: 'n1',
    ...device,
  };
  const own = layout === 'dropped' ? {} : EXPORTER;
  if (holder === undefined) return { ...own, ...itself };
  const { namespace, pod } = holder;
  if (layout !== 'exported') return { namespace, pod, container: 'vllm', ...itself };
  return { ...own, exported_namespace: namespace, exported_pod: pod, exported_container: 'vllm', ...itself };
}

/** What DCGM reports about one GPU. */
export interface Gpu {
  readonly active: number;
  readonly temperature: number;
  readonly memoryTemperature: number;
  readonly remapFailure: number;
  /** Each minute. */
  readonly doubleBitErrors: number;
  readonly remappedRows: number;
  readonly linkErrors: number;
  /** In the exporter's window of five minutes, by XID and by event. */
  readonly xids: Readonly<Record<string, number>>;
  readonly clockEvents: Readonly<Record<string, number>>;
}

const HEALTHY: Gpu = {
  active: 0.8,
  temperature: 60,
  memoryTemperature: 70,
  remapFailure: 0,
  doubleBitErrors: 0,
  remappedRows: 0,
  linkErrors: 0,
  xids: {},
  clockEvents: { power_cap: 9 },
};

/** Series of a GPU, all but the gauge of the last XID. */
export function gpu(labels: Labels, more: Partial<Gpu> = {}): Series[] {
  const is = { ...HEALTHY, ...more };
  return [
    steady('DCGM_FI_PROF_GR_ENGINE_ACTIVE', labels, is.active),
    steady('DCGM_FI_DEV_GPU_TEMP', labels, is.temperature),
    steady('DCGM_FI_DEV_MEMORY_TEMP', labels, is.memoryTemperature),
    steady('DCGM_FI_DEV_ROW_REMAP_FAILURE', labels, is.remapFailure),
    growing('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', labels, is.doubleBitErrors),
    growing('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', labels, is.remappedRows),
    growing('DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL', labels, is.linkErrors),
    ...Object.entries(is.xids).map(([xid, count]) => steady('DCGM_EXP_XID_ERRORS_COUNT', { ...labels, xid }, count)),
    ...Object.entries(is.clockEvents).map(([event, count]) =>
      steady('DCGM_EXP_CLOCK_EVENTS_COUNT', { ...labels, clock_event: event }, count),
    ),
  ];
}

/** The device labels that an alert about the default GPU has. */
export const ON_GPU = { pod: target().pod, gpu: '0', UUID: 'GPU-11', modelName: 'NVIDIA L40S' };
