import { DCGM } from '../../defaults';
import type { AlertingRule } from '../../metrics/rules';
import { mebibytesOf } from '../../units/mebibytes';
import { gpuAlertRules } from './dcgm-alerts';
import type { CounterRow } from './dcgm-counters';
import { COUNTERS, PROFILING_PREFIX } from './dcgm-counters';
import type { DcgmExporterOptions } from './dcgm-exporter-options';

/** How pods get GPUs: the part that the exporter must know. */
export interface DeviceSharing {
  /** Extended resources of shared GPUs, such as `nvidia.com/gpu.shared`. The exporter must be told these. */
  readonly resourceNames: readonly string[];
  /** Several pods share a GPU, by time slicing or MPS. */
  readonly virtualGpus: boolean;
  /** Pods get GPUs by Dynamic Resource Allocation. */
  readonly dra: boolean;
}

/** Settings of an exporter, ours or the GPU Operator's. */
export interface ExporterSettings {
  readonly sharing: DeviceSharing;
  readonly profiling: boolean;
  /** Fields of the library. */
  readonly counters: readonly CounterRow[];
  /** Fields that the user adds. */
  readonly extraCounters: readonly CounterRow[];
  /** Seconds between samples, and between scrapes. */
  readonly interval: number;
  readonly scrapeTimeout: number;
  readonly podLabels: readonly string[];
  readonly alerts: boolean;
  readonly runbookBaseUrl: string | undefined;
  /** The alerts; none when they are off. */
  readonly rules: readonly AlertingRule[];
  /** Cores and MiB. */
  readonly resources: { readonly cpu: number; readonly memory: number; readonly memoryLimit: number };
}

/**
 * Settings of an exporter that do not depend on where it runs. Options must have the right shape.
 *
 * @param target job and pods of the exporter, for its alerts
 */
export function exporterSettings(
  options: DcgmExporterOptions,
  sharing: DeviceSharing,
  target: { readonly job: string; readonly pods: string },
): ExporterSettings {
  const {
    profiling = true,
    alerts = true,
    extraCounters = [],
    podLabels = [],
    resources = {},
    runbookBaseUrl,
  } = options;
  const interval = options.interval?.toSeconds() ?? DCGM.interval;
  const memory = resources.memory ? mebibytesOf(resources.memory) : DCGM.memory;
  const memoryLimit = resources.memoryLimit ? mebibytesOf(resources.memoryLimit) : Math.max(DCGM.memoryLimit, memory);
  return {
    sharing,
    profiling,
    counters: COUNTERS.filter(([field]) => profiling || !field.startsWith(PROFILING_PREFIX)),
    extraCounters: extraCounters.map(({ field, type, help }) => [field, type, help] as const),
    interval,
    scrapeTimeout: Math.min(DCGM.scrapeTimeout, interval),
    podLabels: [...podLabels],
    alerts,
    runbookBaseUrl,
    rules: alerts ? gpuAlertRules({ ...target, dra: sharing.dra }, runbookBaseUrl) : [],
    resources: { cpu: resources.cpu ?? DCGM.cpu, memory, memoryLimit },
  };
}

/** The whole list of fields. */
export const allCounters = ({ counters, extraCounters }: ExporterSettings): CounterRow[] => [
  ...counters,
  ...extraCounters,
];
