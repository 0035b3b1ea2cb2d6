import type { Row } from '../grafana/layout';
import type { Panel, PanelText } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { chosen, ENGINE_ACTIVE, LEGEND, perDevice } from './gpu-scope';

/** Curves of which each GPU or slice has one. */
const curve = (text: PanelText, expr: string, max?: number): Panel =>
  timeseries({ ...text, max, queries: [{ expr, legend: LEGEND }] });

/** Units of the exporter (etc/default-counters.csv): memory in MiB, clocks in MHz. */
const MIB = 1024 ** 2;
const MHZ = 1e6;

/** How the GPUs are used. */
export const useRow: Row = {
  title: 'Use',
  panels: [
    curve(
      {
        title: 'Engine active',
        about:
          'Share of time in which any kernel ran, from the utilisation where the profiling metric is missing. A held GPU that stays near 0 is paid for and does nothing.',
        unit: UNIT.share,
      },
      ENGINE_ACTIVE,
      1,
    ),
    curve(
      {
        title: 'Tensor cores active',
        about:
          'Share of time in which the tensor cores worked. If it is low under load, memory limits the work, not compute.',
        unit: UNIT.share,
      },
      perDevice(chosen('DCGM_FI_PROF_PIPE_TENSOR_ACTIVE')),
      1,
    ),
    curve(
      {
        title: 'Memory active',
        about:
          'Share of time in which the memory was read or written. If it is high and tokens are slow, smaller types help.',
        unit: UNIT.share,
      },
      perDevice(chosen('DCGM_FI_PROF_DRAM_ACTIVE')),
      1,
    ),
    curve(
      {
        title: 'Memory used',
        about:
          'Memory in use. vLLM allocates its share at the start and keeps it. Memory in use on a free GPU belongs to a process that was left behind.',
        unit: UNIT.bytes,
      },
      `${perDevice(chosen('DCGM_FI_DEV_FB_USED'))} * ${MIB}`,
    ),
    curve(
      {
        title: 'Power',
        about:
          'Power of each GPU. At its limit the clocks fall. If it is far below the limit under load, something else slows the work.',
        unit: UNIT.watts,
      },
      perDevice(chosen('DCGM_FI_DEV_POWER_USAGE')),
    ),
    curve(
      {
        title: 'Temperature',
        about: 'Temperature of each GPU. Above about 85 °C most models slow down: look at the cooling of the node.',
        unit: UNIT.celsius,
      },
      perDevice(chosen('DCGM_FI_DEV_GPU_TEMP')),
    ),
    curve(
      {
        title: 'Temperature of the memory',
        about: 'Temperature of the memory, on models that report it. Above about 95 °C its clock falls.',
        unit: UNIT.celsius,
      },
      perDevice(chosen('DCGM_FI_DEV_MEMORY_TEMP')),
    ),
    timeseries({
      title: 'Clocks',
      about:
        'Clocks of compute and memory. A GPU whose clock is lower than that of similar GPUs is throttled: the panels below show why.',
      unit: UNIT.hertz,
      queries: [
        { expr: `${perDevice(chosen('DCGM_FI_DEV_SM_CLOCK'))} * ${MHZ}`, legend: `${LEGEND} SM` },
        { expr: `${perDevice(chosen('DCGM_FI_DEV_MEM_CLOCK'))} * ${MHZ}`, legend: `${LEGEND} memory` },
      ],
    }),
  ],
};
