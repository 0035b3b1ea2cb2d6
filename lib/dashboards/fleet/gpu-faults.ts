import { XID_ADVICE } from '../pod-gpu-series';
import type { Row } from '../grafana/layout';
import type { Query } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { rate } from '../panel-queries';
import { chosen, LEGEND, perDevice } from './gpu-scope';

const gauge = (metric: string, what: string): Query => ({
  expr: perDevice(chosen(metric)),
  legend: `${LEGEND} ${what}`,
});
const growth = (metric: string, what: string): Query => ({
  expr: perDevice(rate(chosen(metric))),
  legend: `${LEGEND} ${what}`,
});

/** These metrics are commented out in the exporter's own list (etc/default-counters.csv). */
const SWITCHED_OFF = ' This metric is off by default in the exporter.';

/** What is wrong with the GPUs. */
export const faultsRow: Row = {
  title: 'Health',
  panels: [
    timeseries({
      title: 'XID errors',
      about: `Faults of the last five minutes by XID. ${XID_ADVICE}${SWITCHED_OFF}`,
      unit: UNIT.count,
      queries: [
        { expr: `${perDevice(chosen('DCGM_EXP_XID_ERRORS_COUNT'), 'xid')} > 0`, legend: `${LEGEND} XID {{xid}}` },
      ],
    }),
    timeseries({
      title: 'Last XID',
      about:
        'Code of the last fault of each GPU. It may be old: the gauge keeps it until the driver is loaded again. A step is a new fault; the panel "XID errors" explains the codes.',
      unit: UNIT.none,
      queries: [{ expr: `${perDevice(chosen('DCGM_FI_DEV_XID_ERRORS'))} > 0`, legend: LEGEND }],
    }),
    timeseries({
      title: 'Throttling',
      about: `Reasons for lower clocks in the last five minutes. \`power_cap\` is normal under load; \`hw_thermal\`, \`sw_thermal\`, \`hw_slowdown\` and \`hw_power_brake\` point to the cooling or the power of the node: check them.${SWITCHED_OFF}`,
      unit: UNIT.count,
      queries: [
        {
          expr: `${perDevice(chosen('DCGM_EXP_CLOCK_EVENTS_COUNT'), 'clock_event')} > 0`,
          legend: `${LEGEND} {{clock_event}}`,
        },
      ],
    }),
    timeseries({
      title: 'Memory errors',
      about: `Double-bit errors since the driver was loaded, and rows of memory that were replaced. After an uncorrectable error or a failed replacement, drain the node and reset the GPU; it may need to be replaced. The metric of double-bit errors is off by default in the exporter.`,
      unit: UNIT.count,
      queries: [
        gauge('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 'double-bit'),
        gauge('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', 'uncorrectable rows'),
        gauge('DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS', 'correctable rows'),
        gauge('DCGM_FI_DEV_ROW_REMAP_FAILURE', 'failed replacement'),
      ],
    }),
    timeseries({
      title: 'NVLink errors',
      about: `Errors on the links between GPUs per second. Steady errors slow tensor parallelism down: drain the node and check the links.${SWITCHED_OFF}`,
      unit: UNIT.perSecond,
      queries: [
        growth('DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL', 'CRC'),
        growth('DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL', 'replays'),
      ],
    }),
    timeseries({
      title: 'NVLink traffic',
      about:
        'Growth of the traffic counter of all links, in units of the driver. Compare the GPUs of one node: a GPU without traffic, while others have some, lost its links.',
      unit: UNIT.perSecond,
      queries: [growth('DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL', '')],
    }),
  ],
};
