import { ALERTS } from '../../defaults';
import { GPU_RECORDS } from '../../metrics/gpu-records';
import { gpuSeries } from '../../metrics/gpu-series';
import type { Matcher } from '../../metrics/promql';
import { series } from '../../metrics/promql';
import type { Watched } from '../../plan/watched';
import type { AlertRow } from '../alert-row';
import { maxByPod } from '../expressions';
import { notNvidia } from '../reasons';

/** Faults of a program rather than of a GPU: NVIDIA/k8s-device-plugin, internal/rm/health.go. */
const APPLICATION_XIDS = [13, 31, 43, 45, 68, 109];
const XID_PATTERN = APPLICATION_XIDS.join('|');

const GPU = 'GPU {{ $labels.gpu }} of pod {{ $labels.pod }}';

const BY_GPU = 'namespace, pod, gpu, UUID, modelName, GPU_I_ID, GPU_I_PROFILE';

/** XIDs in the exporter's window of five minutes, by their number. It counts them only if its list of fields has the metric. */
function counted(watched: Watched, xid: Matcher): string {
  return `${gpuSeries('DCGM_EXP_XID_ERRORS_COUNT', watched, { labels: { xid }, keep: ['xid'] })} > 0`;
}

/**
 * A change of the gauge that keeps the last XID forever, for exporters that do not count. A pod that gets the GPU later
 * inherits the XID, so only a change is news.
 */
function changed(watched: Watched): string {
  const last = gpuSeries('DCGM_FI_DEV_XID_ERRORS', watched);
  const before = gpuSeries('DCGM_FI_DEV_XID_ERRORS', watched, { read: (selector) => `${selector} offset 5m` });
  const news = [...APPLICATION_XIDS, 0].reduce((query, code) => `${query} != ${code}`, `(${last} != ${before})`);
  return `count_values by (${BY_GPU}) ("xid", ${news})`;
}

const grows = (metric: string, minutes: number) => (watched: Watched) =>
  `${gpuSeries(metric, watched, { read: (selector) => `increase(${selector}[${minutes}m])` })} > 0`;

const NVLINK = ['CRC_FLIT', 'CRC_DATA', 'REPLAY', 'RECOVERY'].map(
  (kind) => `DCGM_FI_DEV_NVLINK_${kind}_ERROR_COUNT_TOTAL`,
);

const THROTTLED = 'hw_thermal|sw_thermal|hw_slowdown|hw_power_brake';

export const GPU_ALERTS: readonly AlertRow[] = (
  [
    {
      name: 'VllmGpuXidHardware',
      severity: 'critical',
      pending: 0,
      expr: (watched) => `${counted(watched, { matchesNot: XID_PATTERN })} or ${changed(watched)}`,
      summary: 'A GPU reports a fault of the hardware or the driver.',
      description: `${GPU} reports XID {{ $labels.xid }}. The device plugin gives this GPU to no new pod.`,
    },
    {
      name: 'VllmGpuXidApplication',
      severity: 'warning',
      pending: 0,
      expr: (watched) => counted(watched, { matches: XID_PATTERN }),
      summary: 'A GPU reports a fault of the program that uses it.',
      description: `${GPU} reports XID {{ $labels.xid }}: the engine did something that the GPU does not allow, or was killed.`,
    },
    {
      name: 'VllmGpuEccDoubleBit',
      severity: 'critical',
      pending: 0,
      expr: grows('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 10),
      summary: 'Memory of a GPU lost data.',
      description: `${GPU} had errors of two bits, which its memory cannot correct.`,
    },
    {
      name: 'VllmGpuRowRemapFailure',
      severity: 'critical',
      pending: 60,
      expr: (watched) => `${gpuSeries('DCGM_FI_DEV_ROW_REMAP_FAILURE', watched)} > 0`,
      summary: 'Memory of a GPU has no spare rows left.',
      description: `${GPU} could not replace a broken row of its memory. The GPU must be replaced.`,
    },
    {
      name: 'VllmGpuUncorrectableRemap',
      severity: 'warning',
      pending: 0,
      expr: grows('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', 60),
      summary: 'A GPU replaces a row of its memory after an error that it could not correct.',
      description: `${GPU} replaces a broken row at its next reset.`,
    },
    {
      name: 'VllmGpuThermalThrottle',
      severity: 'warning',
      pending: ALERTS.thermalThrottle,
      expr: (watched) => {
        // power_cap is normal for a busy GPU.
        const labels = { clock_event: { matches: THROTTLED } };
        return `${gpuSeries('DCGM_EXP_CLOCK_EVENTS_COUNT', watched, { labels, keep: ['clock_event'] })} > 0`;
      },
      summary: 'A GPU slows down because of heat or power.',
      description: `${GPU} lowers its clock: {{ $labels.clock_event }}.`,
    },
    {
      name: 'VllmGpuHot',
      severity: 'warning',
      pending: ALERTS.sustained,
      threshold: {
        value: ALERTS.gpuHot,
        unit: '°C',
        reason: 'a planning figure: nvidia-smi shows where a GPU slows down',
      },
      expr: (watched, threshold) => `${series(GPU_RECORDS.temperatureCelsius, watched)} > ${threshold}`,
      summary: 'A GPU is hot.',
      description: `${GPU} is at {{ $value }} °C.`,
    },
    {
      name: 'VllmGpuMemoryHot',
      severity: 'warning',
      pending: ALERTS.sustained,
      threshold: {
        value: ALERTS.gpuMemoryHot,
        unit: '°C',
        reason: 'a planning figure: nvidia-smi shows where a GPU slows down',
      },
      expr: (watched, threshold) => `${gpuSeries('DCGM_FI_DEV_MEMORY_TEMP', watched)} > ${threshold}`,
      summary: 'Memory of a GPU is hot.',
      description: `Memory of ${GPU} is at {{ $value }} °C.`,
    },
    {
      name: 'VllmGpuNvlinkErrors',
      severity: 'warning',
      pending: ALERTS.nvlinkErrors,
      absent: ({ device }) => (device.perPod > 1 ? undefined : 'a single device uses no NVLink'),
      expr: (watched) => NVLINK.map((metric) => grows(metric, 15)(watched)).join(' or '),
      summary: 'GPUs have errors on NVLink.',
      description: `${GPU} retransmits data over NVLink: {{ $value | humanize }} errors in 15 minutes.`,
    },
    {
      name: 'VllmGpuMetricsMissing',
      severity: 'info',
      pending: ALERTS.gpuMetricsMissing,
      expr: (watched) => {
        const known = series(GPU_RECORDS.engineActive, watched);
        return `${maxByPod(series('up', watched))} == 1 unless on (namespace, pod) ${known}`;
      },
      summary: 'Prometheus has no metrics of the GPUs of a pod.',
      description: 'DCGM reports no GPU of pod {{ $labels.pod }}, so no alert about its GPUs can fire.',
    },
  ] satisfies AlertRow[]
).map((row: AlertRow) => ({ ...row, absent: (watched: Watched) => notNvidia(watched) ?? row.absent?.(watched) }));
