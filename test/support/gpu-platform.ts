import type { ExporterContext } from '../../lib/gpu-platform/exporter/dcgm-context';
import { planDcgmExporter } from '../../lib/gpu-platform/exporter/dcgm-exporter';
import type { DcgmExporterOptions } from '../../lib/gpu-platform/exporter/dcgm-exporter-options';
import type { OperatorContext } from '../../lib/gpu-platform/operator/operator-context';
import type { GpuOperatorOptions } from '../../lib/gpu-platform/operator/operator-options';
import { planOperator } from '../../lib/gpu-platform/operator/operator-policy';
import type { Finding } from '../../lib/preflight/finding';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import type { Manifest } from './stack';

const META = {
  name: 'gpu',
  namespace: 'gpu-system',
  labels: { team: 'platform' },
  monitoringLabels: { release: 'kube-prometheus-stack' },
};

const EXPORTER: ExporterContext = {
  ...META,
  nodeAffinity: [{ matchExpressions: [{ key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] }] }],
  tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
  resourceNames: [],
  virtualGpus: false,
  dra: false,
};

/** All manifests of an exporter. */
export function exporterWith(options: DcgmExporterOptions = {}, context: Partial<ExporterContext> = {}): Manifest[] {
  return planDcgmExporter(options, { ...EXPORTER, ...context }).objects as Manifest[];
}

function errorsOf(findings: readonly Finding[]): string[] {
  return findings.filter(({ severity }) => severity === FindingSeverity.ERROR).map(findingLine);
}

/** What is wrong with an exporter, a line each. Options may be of any type, as from JavaScript. */
export function exporterErrors(options: object, context: Partial<ExporterContext> = {}): string[] {
  return errorsOf(planDcgmExporter(options, { ...EXPORTER, ...context }).findings);
}

/** The manifests of the operator mode, what is wrong with it, and the ids of all that is said about it. */
export function operatorWith(options: GpuOperatorOptions = {}, context: Partial<OperatorContext> = {}) {
  const { objects, findings } = planOperator(options, { ...META, ...context });
  return { manifests: objects as Manifest[], errors: errorsOf(findings), ids: findings.map(({ id }) => id) };
}
