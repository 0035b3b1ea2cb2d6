import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import { PLAUSIBLE } from '../../defaults/plausible';
import { implausible } from '../../shapes/plausible';
import { COUNTERS, PROFILING_PREFIX } from './dcgm-counters';
import type { ExporterPlan } from './dcgm-plan';
import type { ExporterSettings } from './dcgm-settings';

/** Findings about an exporter, ours or the GPU Operator's. */
export function settingsFindings(settings: ExporterSettings, subject: string): Finding[] {
  return [
    ...quantityFindings(settings, subject),
    ...counterFindings(settings, `${subject}.extraCounters`),
    ...memoryFindings(settings, `${subject}.resources.memory`),
    ...labelFindings(settings, `${subject}.podLabels`),
    ...runbookFindings(settings, `${subject}.runbookBaseUrl`),
  ];
}

/** All findings about the exporter that the platform runs. */
export function exporterFindings(plan: ExporterPlan): Finding[] {
  return [...settingsFindings(plan, 'exporter'), ...namespaceFindings(plan, 'exporter')];
}

function quantityFindings({ interval, resources }: ExporterSettings, subject: string): Finding[] {
  const { cpu, memory, memoryLimit } = resources;
  return [
    ...implausible(PLAUSIBLE['exporter.interval'], `${subject}.interval`, interval),
    ...implausible(PLAUSIBLE['exporter.resources.cpu'], `${subject}.resources.cpu`, cpu),
    ...implausible(PLAUSIBLE['exporter.resources.memory'], `${subject}.resources.memory`, memory),
    ...(memoryLimit === memory
      ? []
      : implausible(PLAUSIBLE['exporter.resources.memory'], `${subject}.resources.memoryLimit`, memoryLimit)),
  ];
}

function counterFindings({ extraCounters, profiling }: ExporterSettings, subject: string): Finding[] {
  const fields = extraCounters.map(([field]) => field);
  return fields.flatMap((field, index) => {
    const where = `${subject}[${index}]`;
    if (!profiling && field.startsWith(PROFILING_PREFIX)) {
      const problem = `is ${field}, which the exporter cannot read without profiling: it would fail to start`;
      return [error('dcgm-counter-profiling', where, problem, 'remove it, or set profiling: true')];
    }
    if (COUNTERS.some(([known]) => known === field)) {
      return [error('dcgm-counter-known', where, `is ${field}, which the library already reads`, 'remove it')];
    }
    if (fields.indexOf(field) === index) return [];
    return [error('dcgm-counter-twice', where, `is ${field}, which the list has already`, 'remove it')];
  });
}

function memoryFindings({ resources: { memory, memoryLimit } }: ExporterSettings, subject: string): Finding[] {
  if (memory <= memoryLimit) return [];
  const problem = `is ${memory} MiB, but memoryLimit is ${memoryLimit} MiB`;
  return [error('dcgm-memory-above-limit', subject, problem, 'raise memoryLimit, or lower memory')];
}

/** Labels are merged on the plain path only (NVIDIA/dcgm-exporter internal/pkg/transformation/kubernetes.go). */
function labelFindings({ podLabels, sharing: { virtualGpus, dra } }: ExporterSettings, subject: string): Finding[] {
  if (podLabels.length === 0 || !(virtualGpus || dra)) return [];
  const how = dra ? 'Dynamic Resource Allocation' : 'shared GPUs';
  const problem = `are ${podLabels.join(', ')}, but with ${how} the exporter copies no labels of pods`;
  return [error('dcgm-pod-labels', subject, problem, 'remove them, and join with kube_pod_labels in queries')];
}

function runbookFindings({ alerts, runbookBaseUrl }: ExporterSettings, subject: string): Finding[] {
  if (alerts || runbookBaseUrl === undefined) return [];
  return [error('dcgm-runbooks-unused', subject, 'is set, but alerts is false', 'remove it, or set alerts: true')];
}

/** Pod Security `baseline` refuses host paths and SYS_ADMIN: the pods would never be created. */
function namespaceFindings({ profiling, namespace, createNamespace }: ExporterPlan, subject: string): Finding[] {
  if (createNamespace) return [];
  const why = profiling ? 'a folder of the host and SYS_ADMIN' : 'a folder of the host';
  const problem = `runs in namespace ${namespace} as root with ${why}, which Pod Security "baseline" refuses`;
  const fix = `label the namespace: kubectl label namespace ${namespace} pod-security.kubernetes.io/enforce=privileged`;
  return [notice('dcgm-privileged', subject, problem, fix)];
}
