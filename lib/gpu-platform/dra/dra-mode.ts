import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import type { DraOptions } from './dra-options';
import { exporterOffFindings, exporterPart } from '../exporter/exporter-part';
import { GpuNodes } from '../nodes/gpu-node';
import { presentLabelFindings } from '../nodes/gpu-node-findings';
import type { PlatformContext, PlatformPlan } from '../platform-plan';

/** NVIDIA's driver refuses an older Kubernetes (kubernetes-sigs/dra-driver-nvidia-gpu, prerequisites). */
const OLDEST = [1, 34, 2];

/** Whether a version, as numbers from the most significant one on, is below another. */
function isBelow(version: readonly number[], limit: readonly number[]): boolean {
  const at = limit.findIndex((each, index) => version[index] !== each);
  return at >= 0 && (version[at] ?? 0) < (limit[at] ?? 0);
}

function findingsOf({ kubernetesVersion, exportMetrics = true, exporter }: DraOptions): Finding[] {
  const findings: Finding[] = [];
  const version = kubernetesVersion.replace(/^v/, '').split('.').map(Number);
  if (isBelow(version, OLDEST)) {
    const problem = `is ${kubernetesVersion}, and NVIDIA's DRA driver needs ${OLDEST.join('.')} or later`;
    const fix = 'upgrade the cluster, or use GpuPlatformMode.devicePlugin or GpuPlatformMode.gpuOperator';
    findings.push(error('kubernetes-too-old', 'kubernetesVersion', problem, fix));
  }
  findings.push(...exporterOffFindings(exportMetrics, exporter));
  const problem = "comes with NVIDIA's DRA driver, which brings the device classes and is not emitted here";
  const fix = 'install its chart (docs/gpu.md), on nodes without the device plugin';
  return [...findings, notice('dra-driver', 'mode', problem, fix)];
}

/** The mode in which GPUs are claimed. The driver and its device classes belong to its own chart. */
export function draMode(options: DraOptions, context: PlatformContext): PlatformPlan {
  const { exportMetrics = true, exporter: exporterOptions = {}, tolerations = [] } = options;
  const nodes = options.nodes ?? GpuNodes.nodeFeatureDiscovery();
  const exporter = exporterPart(exportMetrics ? exporterOptions : undefined, context, {
    nodes,
    tolerations,
    dra: true,
  });
  const findings = [...findingsOf(options), ...presentLabelFindings(nodes), ...exporter.findings];
  return { objects: exporter.objects, findings, tolerations };
}
