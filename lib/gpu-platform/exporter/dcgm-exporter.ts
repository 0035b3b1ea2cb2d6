import type { Finding } from '../../preflight/finding';
import { FindingSeverity, notice } from '../../preflight/finding';
import { findingsOf } from '../../shapes/shape';
import { exporterAccess } from './dcgm-access';
import { exporterConfigMap } from './dcgm-config';
import type { ExporterContext } from './dcgm-context';
import { EXPORTER_JOB, exporterLabels, exporterNames } from './dcgm-context';
import { exporterDaemonSet } from './dcgm-daemon-set';
import type { DcgmExporterOptions } from './dcgm-exporter-options';
import { exporterMonitor, exporterService } from './dcgm-monitor';
import { dcgmRules } from './dcgm-rules';
import type { ExporterSettings } from './dcgm-settings';
import { EXPORTER_OPTIONS, exporterSettings } from './dcgm-settings';

/** The manifests of a part of the platform, and what is to be said about it. */
export interface PlatformPart {
  readonly objects: object[];
  readonly findings: Finding[];
}

/** A part without manifests when something about it is refused. */
export function partOf(findings: Finding[], manifests: () => object[]): PlatformPart {
  const refused = findings.some(({ severity }) => severity === FindingSeverity.ERROR);
  return { objects: refused ? [] : manifests(), findings };
}

/** The exporter as manifests, in the order in which they are applied. */
export function planDcgmExporter(
  options: DcgmExporterOptions,
  context: ExporterContext,
  subject = 'exporter',
): PlatformPart {
  const shape = findingsOf(options, subject, EXPORTER_OPTIONS);
  if (shape.length > 0) return partOf(shape, () => []);
  const { settings, findings } = exporterSettings(options, context, subject);
  const exporter = { job: EXPORTER_JOB, pods: exporterNames(context.name).daemonSet, dra: context.dra };
  const rules = { ...context, labels: exporterLabels(context), exporter };
  return partOf([...findings, ...namespaceFindings(settings, context, subject)], () => [
    ...exporterAccess(settings, context),
    exporterConfigMap(settings, context),
    exporterService(context),
    exporterDaemonSet(settings, context),
    exporterMonitor(settings, context),
    ...dcgmRules(settings, rules),
  ]);
}

/** Pod Security `baseline` refuses host paths and SYS_ADMIN, and the pods would never come. */
function namespaceFindings(
  { profiling }: ExporterSettings,
  { namespace, createNamespace = false }: ExporterContext,
  subject: string,
): Finding[] {
  if (createNamespace) return [];
  const why = profiling ? 'a folder of the host and SYS_ADMIN' : 'a folder of the host';
  const problem = `runs in namespace ${namespace} as root with ${why}, which Pod Security "baseline" refuses`;
  const fix = `label the namespace: kubectl label namespace ${namespace} pod-security.kubernetes.io/enforce=privileged`;
  return [notice('dcgm-privileged', subject, problem, fix)];
}
