import { GPU_RECORDS } from './gpu-records';
import type { GpuPods } from './gpu-series';
import { gpuSeries } from './gpu-series';
import type { RuleGroup } from './rules';

const MIB = 1_048_576;

/** One query for each record. DCGM counts memory in MiB and the old utilisation in percent. */
const QUERIES: Readonly<Record<keyof typeof GPU_RECORDS, (of: (metric: string) => string) => string>> = {
  // The old metric has no series for a MIG slice, the new one none with some drivers.
  engineActive: (of) => `${of('DCGM_FI_PROF_GR_ENGINE_ACTIVE')} or ${of('DCGM_FI_DEV_GPU_UTIL')} / 100`,
  tensorActive: (of) => of('DCGM_FI_PROF_PIPE_TENSOR_ACTIVE'),
  memoryActive: (of) => of('DCGM_FI_PROF_DRAM_ACTIVE'),
  memoryUsedBytes: (of) => `${of('DCGM_FI_DEV_FB_USED')} * ${MIB}`,
  memoryFreeBytes: (of) => `${of('DCGM_FI_DEV_FB_FREE')} * ${MIB}`,
  powerWatts: (of) => of('DCGM_FI_DEV_POWER_USAGE'),
  temperatureCelsius: (of) => of('DCGM_FI_DEV_GPU_TEMP'),
};

/** The records of `GPU_RECORDS` for the pods of a stack; no rules when DCGM does not know its devices. */
export function gpuRules(watched: GpuPods): RuleGroup {
  const { app, model, device } = watched;
  const names = device.nvidia ? (Object.keys(GPU_RECORDS) as (keyof typeof GPU_RECORDS)[]) : [];
  return {
    name: `${app}-gpu`,
    rules: names.map((name) => ({
      record: GPU_RECORDS[name],
      expr: QUERIES[name]((metric) => gpuSeries(metric, watched)),
      labels: { app, model },
    })),
  };
}
