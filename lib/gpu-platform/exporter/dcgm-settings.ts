import { DCGM } from '../../defaults';
import { BASE_ADDRESS } from '../../metrics/runbook';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { mebibytesOf } from '../../units/mebibytes';
import { QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { above, flag, listOf, matching, oneOf, size, wholeSeconds } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import type { CounterRow } from './dcgm-counters';
import { COUNTERS, PROFILING_PREFIX } from './dcgm-counters';
import type { DcgmCounter, DcgmExporterOptions, DcgmExporterResources } from './dcgm-exporter-options';
import { DcgmCounterType } from './dcgm-exporter-options';
import type { DeviceSharing } from './device-sharing';
import { unique } from '../../shapes/unique-list';

/** What an exporter does, wherever it runs: ours and the GPU Operator's. */
export interface ExporterSettings {
  readonly profiling: boolean;
  readonly counters: readonly CounterRow[];
  /** Seconds between samples, and between scrapes. */
  readonly interval: number;
  readonly scrapeTimeout: number;
  readonly podLabels: readonly string[];
  readonly alerts: boolean;
  readonly runbookBaseUrl: string | undefined;
  /** Cores and MiB. */
  readonly resources: { readonly cpu: number; readonly memory: number; readonly memoryLimit: number };
}

const COUNTER = structOf<DcgmCounter>(
  {
    field: matching(/^DCGM_(FI|EXP)_[A-Z0-9_]+$/, 'the name of a DCGM field, for example "DCGM_FI_DEV_PCIE_LINK_GEN"'),
    type: oneOf(...Object.values(DcgmCounterType)),
    help: matching(/^[^\s,"][^,"\n\r]*$/, 'one line of text without commas and quotes'),
  },
  {},
);
const RESOURCES = structOf<DcgmExporterResources>(
  {},
  { cpu: above(0), memory: size('Size.mebibytes(128)'), memoryLimit: size('Size.mebibytes(512)') },
);
/** What the options must look like. */
export const EXPORTER_OPTIONS = structOf<DcgmExporterOptions>(
  {},
  {
    profiling: flag,
    alerts: flag,
    runbookBaseUrl: BASE_ADDRESS,
    extraCounters: listOf(COUNTER),
    interval: wholeSeconds('Duration.seconds(15)', { least: 1, most: DCGM.maxInterval }),
    podLabels: unique(listOf(matching(QUALIFIED_KEY, 'the key of a pod label, for example "team"'), 1)),
    resources: RESOURCES,
  },
);

/** The settings, and what cannot be together in them. Options must have the right shape. */
export function exporterSettings(
  options: DcgmExporterOptions,
  sharing: DeviceSharing,
  subject: string,
): { settings: ExporterSettings; findings: Finding[] } {
  const { profiling = true, extraCounters = [], podLabels = [], resources = {} } = options;
  const interval = options.interval?.toSeconds() ?? DCGM.interval;
  const own = COUNTERS.filter(([field]) => profiling || !field.startsWith(PROFILING_PREFIX));
  const memory = resources.memory ? mebibytesOf(resources.memory) : DCGM.memory;
  const memoryLimit = resources.memoryLimit ? mebibytesOf(resources.memoryLimit) : Math.max(DCGM.memoryLimit, memory);
  const settings: ExporterSettings = {
    profiling,
    counters: [...own, ...extraCounters.map(({ field, type, help }) => [field, type, help] as const)],
    interval,
    scrapeTimeout: Math.min(DCGM.scrapeTimeout, interval),
    podLabels,
    alerts: options.alerts ?? true,
    runbookBaseUrl: options.runbookBaseUrl,
    resources: { cpu: resources.cpu ?? DCGM.cpu, memory, memoryLimit },
  };
  const findings = [
    ...counterFindings(
      extraCounters.map(({ field }) => field),
      profiling,
      `${subject}.extraCounters`,
    ),
    ...(memory > memoryLimit ? [tooLittle(memory, memoryLimit, `${subject}.resources.memory`)] : []),
    ...labelFindings(settings, sharing, `${subject}.podLabels`),
    ...runbookFindings(settings, `${subject}.runbookBaseUrl`),
  ];
  return { settings, findings };
}

function counterFindings(fields: readonly string[], profiling: boolean, subject: string): Finding[] {
  return fields.flatMap((field, index) => {
    const where = `${subject}[${index}]`;
    if (!profiling && field.startsWith(PROFILING_PREFIX)) {
      const problem = `is ${field}, which the exporter cannot read without profiling: it would not start`;
      return [error('dcgm-counter-profiling', where, problem, 'leave it out, or set profiling')];
    }
    if (COUNTERS.some(([known]) => known === field)) {
      return [error('dcgm-counter-known', where, `is ${field}, which the library reads already`, 'leave it out')];
    }
    if (fields.indexOf(field) === index) return [];
    return [error('dcgm-counter-twice', where, `is ${field} once more`, 'leave it out')];
  });
}

function tooLittle(memory: number, limit: number, subject: string): Finding {
  const problem = `is ${memory} MiB, but memoryLimit is ${limit} MiB`;
  return error('dcgm-memory-above-limit', subject, problem, 'raise the limit, or ask for less');
}

/** Labels are merged on the plain path only (NVIDIA/dcgm-exporter internal/pkg/transformation/kubernetes.go). */
function labelFindings(
  { podLabels }: ExporterSettings,
  { virtualGpus, dra }: DeviceSharing,
  subject: string,
): Finding[] {
  if (podLabels.length === 0 || !(virtualGpus || dra)) return [];
  const how = dra ? 'Dynamic Resource Allocation' : 'shared GPUs';
  const problem = `ask for ${podLabels.join(', ')}, but with ${how} the exporter copies no labels of pods`;
  return [error('dcgm-pod-labels', subject, problem, 'leave them out, and join with kube_pod_labels in queries')];
}

function runbookFindings({ alerts, runbookBaseUrl }: ExporterSettings, subject: string): Finding[] {
  if (alerts || runbookBaseUrl === undefined) return [];
  return [error('dcgm-runbooks-unused', subject, 'is given, but alerts is false', 'keep one of them')];
}
