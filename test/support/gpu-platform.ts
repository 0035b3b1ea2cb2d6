import type { DcgmExporterOptions, GpuOperatorOptions, NamedPluginConfigs } from '../../lib';
import type { PlatformContext } from '../../lib/gpu-platform/common/mode-plan';
import { exporterFindings } from '../../lib/gpu-platform/exporter/dcgm-findings';
import { planExporterPart } from '../../lib/gpu-platform/exporter/dcgm-part';
import type { ExporterPlace } from '../../lib/gpu-platform/exporter/dcgm-plan';
import type { DeviceSharing } from '../../lib/gpu-platform/exporter/dcgm-settings';
import { exporterManifests } from '../../lib/gpu-platform/exporter/manifests/dcgm-manifests';
import { gpuOperatorMode } from '../../lib/gpu-platform/operator/gpu-operator-mode';
import type { Finding } from '../../lib/preflight/finding';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import type { Manifest } from './stack';

const META: PlatformContext = {
  name: 'gpu',
  namespace: 'gpu-system',
  createNamespace: false,
  labels: { team: 'platform' },
  monitoringLabels: { release: 'kube-prometheus-stack' },
};

type Context = Partial<PlatformContext & DeviceSharing & Pick<ExporterPlace, 'runtimeClassName'>>;

function exporterPart(options: object, context: Context) {
  const { resourceNames = [], virtualGpus = false, dra = false, runtimeClassName, ...meta } = context;
  const nodes = { terms: [[{ key: 'nvidia.com/gpu.present', values: ['true'] }]], fromNodeFeatureDiscovery: false };
  const place = { nodes, taints: [], runtimeClassName, sharing: { resourceNames, virtualGpus, dra } };
  return planExporterPart(options, { ...META, ...meta }, place);
}

/** All manifests of an exporter. */
export function exporterWith(options: DcgmExporterOptions = {}, context: Context = {}): Manifest[] {
  const { exporter } = exporterPart(options, context);
  return exporter ? exporterManifests(exporter) : [];
}

/** All findings about an exporter. Options may be of any type, as from JavaScript. */
export function exporterFound(options: object, context: Context = {}): Finding[] {
  const { exporter, optionFindings } = exporterPart(options, context);
  return [...optionFindings, ...(exporter ? exporterFindings(exporter) : [])];
}

function errorsOf(findings: readonly Finding[]): string[] {
  return findings.filter(({ severity }) => severity === FindingSeverity.ERROR).map(findingLine);
}

/** Problems of an exporter, a line each. */
export const exporterErrors = (options: object, context: Context = {}): string[] =>
  errorsOf(exporterFound(options, context));

/** The manifests of the operator mode, its problems, and the ids of all findings. */
export function operatorWith(options: GpuOperatorOptions = {}, devicePlugin: NamedPluginConfigs = {}) {
  const plan = gpuOperatorMode.plan(META, options, devicePlugin);
  const findings = [...plan.optionFindings, ...gpuOperatorMode.findings(plan)];
  const manifests: Manifest[] = gpuOperatorMode.manifests(plan);
  return { manifests, errors: errorsOf(findings), ids: findings.map(({ id }) => id) };
}
