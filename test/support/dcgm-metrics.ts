import type { ExporterMetric } from './exporter-metric';

/** Labels of every sample; `pod`, `namespace` and `container` only while a pod uses the GPU. */
const LABELS = ['gpu', 'UUID', 'pci_bus_id', 'device', 'modelName', 'GPU_I_ID', 'GPU_I_PROFILE'];
const POD_LABELS = ['namespace', 'pod', 'container'];

/** Not in the exporter's own list of fields (etc/default-counters.csv): your own list replaces that one. */
const OWN_LIST = 'only with a list of fields that has it';

type Row = readonly [
  name: string,
  more?: Partial<Pick<ExporterMetric, 'type' | 'unit' | 'when'>> & { labels?: string },
];

const counter = { type: 'counter' } as const;
const share = { unit: 'ratio' } as const;

/** On by default: DCGM exporter 4.5.3-4.8.2, etc/default-counters.csv. */
const DEFAULT: readonly Row[] = [
  ['DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS', counter],
  ['DCGM_FI_DEV_DEC_UTIL', { unit: 'percent' }],
  ['DCGM_FI_DEV_ENC_UTIL', { unit: 'percent' }],
  ['DCGM_FI_DEV_FB_FREE', { unit: 'MiB' }],
  ['DCGM_FI_DEV_FB_RESERVED', { unit: 'MiB', when: "not in the list of the exporter's Helm chart" }],
  ['DCGM_FI_DEV_FB_USED', { unit: 'MiB' }],
  ['DCGM_FI_DEV_GPU_TEMP', { unit: 'celsius' }],
  ['DCGM_FI_DEV_GPU_UTIL', { unit: 'percent', when: 'not for MIG slices' }],
  ['DCGM_FI_DEV_MEMORY_TEMP', { unit: 'celsius' }],
  ['DCGM_FI_DEV_MEM_CLOCK', { unit: 'MHz' }],
  ['DCGM_FI_DEV_MEM_COPY_UTIL', { unit: 'percent' }],
  ['DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL', counter],
  ['DCGM_FI_DEV_PCIE_REPLAY_COUNTER', counter],
  ['DCGM_FI_DEV_POWER_USAGE', { unit: 'watts' }],
  ['DCGM_FI_DEV_ROW_REMAP_FAILURE'],
  ['DCGM_FI_DEV_SM_CLOCK', { unit: 'MHz' }],
  ['DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', { ...counter, unit: 'millijoules' }],
  ['DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', counter],
  ['DCGM_FI_DEV_VGPU_LICENSE_STATUS'],
  ['DCGM_FI_DEV_XID_ERRORS', { labels: 'err_code err_msg', when: 'keeps the last XID for ever' }],
  ['DCGM_FI_PROF_DRAM_ACTIVE', share],
  [
    'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
    { ...share, when: 'missing with some drivers for H100 and H200 (NVIDIA/DCGM#226)' },
  ],
  ['DCGM_FI_PROF_PCIE_RX_BYTES', { unit: 'bytes per second' }],
  ['DCGM_FI_PROF_PCIE_TX_BYTES', { unit: 'bytes per second' }],
  ['DCGM_FI_PROF_PIPE_TENSOR_ACTIVE', share],
];

/** Off by default: commented out in that list, or not in it (NVIDIA/DCGM dcgmlib/dcgm_fields.h). */
const OPTIONAL: readonly Row[] = [
  ['DCGM_EXP_CLOCK_EVENTS_COUNT', { labels: 'clock_event' }],
  ['DCGM_EXP_GPU_HEALTH_STATUS', { labels: 'health_watch health_error_code' }],
  ['DCGM_EXP_P2P_STATUS'],
  ['DCGM_EXP_XID_ERRORS_COUNT', { labels: 'xid' }],
  ['DCGM_FI_DEV_ECC_DBE_AGG_TOTAL', counter],
  ['DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', counter],
  ['DCGM_FI_DEV_ECC_SBE_AGG_TOTAL', counter],
  ['DCGM_FI_DEV_ECC_SBE_VOL_TOTAL', counter],
  ['DCGM_FI_DEV_FB_TOTAL', { unit: 'MiB' }],
  ['DCGM_FI_DEV_FB_USED_PERCENT', share],
  ['DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL', counter],
  ['DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL', counter],
  ['DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL', counter],
  ['DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL', counter],
  ['DCGM_FI_DEV_POWER_VIOLATION', { ...counter, unit: 'nanoseconds' }],
  ['DCGM_FI_DEV_RETIRED_DBE', counter],
  ['DCGM_FI_DEV_RETIRED_PENDING', counter],
  ['DCGM_FI_DEV_RETIRED_SBE', counter],
  ['DCGM_FI_DEV_ROW_REMAP_PENDING'],
  ['DCGM_FI_DEV_THERMAL_VIOLATION', { ...counter, unit: 'nanoseconds' }],
  ['DCGM_FI_PROF_SM_ACTIVE', share],
  ['DCGM_FI_PROF_SM_OCCUPANCY', share],
];

const metric = ([name, { labels, ...more } = {}]: Row, when?: string): ExporterMetric => ({
  name,
  exporter: 'dcgm',
  type: 'gauge',
  labels: [...POD_LABELS, ...LABELS, ...(labels?.split(' ') ?? [])],
  ...(when === undefined ? {} : { when }),
  ...more,
});

/** The DCGM exporter's fields. Labels: internal/pkg/rendermetrics/render_metrics.go. */
export const DCGM_METRICS: readonly ExporterMetric[] = [
  ...DEFAULT.map((row) => metric(row)),
  ...OPTIONAL.map((row) => metric(row, OWN_LIST)),
];
