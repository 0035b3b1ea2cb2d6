import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import type { Mode, ModePlan } from '../common/mode-plan';
import { exporterFindings } from '../exporter/dcgm-findings';
import { planExporterUnlessOff } from '../exporter/dcgm-part';
import type { ExporterPlan } from '../exporter/dcgm-plan';
import { exporterManifests } from '../exporter/manifests/dcgm-manifests';
import type { NodesPlan } from '../nodes/gpu-nodes';
import { GpuNodes } from '../nodes/gpu-nodes';
import { presentLabelFindings } from '../nodes/node-findings';
import { copied } from '../nodes/pod-tolerations';
import type { DraOptions } from './dra-options';

/** A platform on which pods claim GPUs. */
export interface DraModePlan extends ModePlan {
  readonly mode: 'dra';
  readonly kubernetesVersion: string;
  readonly nodes: NodesPlan;
  readonly exporter?: ExporterPlan;
}

/** NVIDIA's driver refuses an older Kubernetes (kubernetes-sigs/dra-driver-nvidia-gpu, prerequisites). */
const MINIMUM = [1, 34, 2];

/** Whether a version is lower than another; both are lists of numbers, the major version first. */
function isBelow(version: readonly number[], limit: readonly number[]): boolean {
  const at = limit.findIndex((each, index) => version[index] !== each);
  return at >= 0 && (version[at] ?? 0) < (limit[at] ?? 0);
}

function driverFindings({ kubernetesVersion }: DraModePlan): Finding[] {
  const findings: Finding[] = [];
  const version = kubernetesVersion.replace(/^v/, '').split('.').map(Number);
  if (isBelow(version, MINIMUM)) {
    const problem = `is ${kubernetesVersion}, and NVIDIA's DRA driver needs ${MINIMUM.join('.')} or later`;
    const fix = 'upgrade the cluster, or use GpuPlatformMode.devicePlugin or GpuPlatformMode.gpuOperator';
    findings.push(error('kubernetes-too-old', 'kubernetesVersion', problem, fix));
  }
  const problem = "needs NVIDIA's DRA driver, which adds the device classes; this platform does not install it";
  const fix = 'install its chart (docs/gpu.md), on nodes without the device plugin';
  return [...findings, notice('dra-driver', 'mode', problem, fix)];
}

/** The mode in which pods claim GPUs. NVIDIA's chart installs the driver and the device classes. */
export const draMode: Mode<[options: DraOptions], DraModePlan> = {
  plan(context, options) {
    const nodes = (options.nodes ?? GpuNodes.nodeFeatureDiscovery())._plan;
    const taints = copied(options.tolerations ?? []);
    const sharing = { resourceNames: [], virtualGpus: false, dra: true };
    return {
      ...context,
      mode: 'dra',
      kubernetesVersion: options.kubernetesVersion,
      nodes,
      ...planExporterUnlessOff(options, context, { nodes, taints, sharing }),
      needsNamespace: options.exportMetrics ?? true,
      tolerations: taints,
    };
  },
  findings: (plan) => [
    ...driverFindings(plan),
    ...presentLabelFindings(plan.nodes),
    ...(plan.exporter ? exporterFindings(plan.exporter) : []),
  ],
  manifests: ({ exporter }) => (exporter ? exporterManifests(exporter) : []),
};
