import { Placement } from '../../accelerator/placement';
import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { exporterPart } from '../exporter/exporter-part';
import { GpuNodes } from '../nodes/gpu-node';
import { presentLabelFindings } from '../nodes/gpu-node-findings';
import { ManagedProvider } from './managed-options';
import type { ManagedOptions } from './managed-options';
import type { PlatformContext, PlatformPlan } from '../platform-plan';

interface Provider {
  readonly name: string;
  /** Where its own exporter is; undefined when there is none. */
  readonly ownExporter?: string;
  readonly tolerations: readonly Toleration[];
  readonly placement?: () => Placement;
}

/**
 * Sources: cloud.google.com/kubernetes-engine/docs/how-to/dcgm-metrics; learn.microsoft.com/azure/aks/use-nvidia-gpu and
 * aks-managed-gpu-nodes. GKE's taint is `nvidia.com/gpu`, which everything here tolerates.
 */
const PROVIDERS: Record<ManagedProvider, Provider> = {
  [ManagedProvider.GKE]: {
    name: 'GKE',
    ownExporter: 'enable its DCGM metrics: gcloud container clusters update NAME --monitoring=SYSTEM,DCGM',
    tolerations: [],
    placement: () => Placement.gke(),
  },
  [ManagedProvider.EKS]: { name: 'EKS', tolerations: [] },
  [ManagedProvider.AKS]: {
    name: 'AKS',
    ownExporter: 'scrape port 19400 of nodes with kubernetes.azure.com/dcgm-exporter=enabled',
    tolerations: [{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }],
  },
};

function exporterFindings({ name, ownExporter }: Provider, { exporter, nodes }: ManagedOptions): Finding[] {
  if (exporter !== undefined && ownExporter !== undefined) {
    const problem = `is given, but ${name} runs an exporter of its own: two double every series`;
    return [error('second-exporter', 'exporter', problem, `${ownExporter}; and remove exporter`)];
  }
  if (exporter === undefined && nodes !== undefined) {
    const problem = 'says where the exporter runs, and there is none';
    return [error('nodes-unused', 'nodes', problem, 'give exporter, or remove nodes')];
  }
  return [];
}

/** The mode in which the provider runs the device plugin. */
export function managedMode(
  provider: ManagedProvider,
  options: ManagedOptions,
  context: PlatformContext,
): PlatformPlan {
  const facts = PROVIDERS[provider];
  const { nodes = GpuNodes._eksAutoModeOrKarpenter(), tolerations = facts.tolerations } = options;
  const exporter = exporterPart(options.exporter, context, { nodes, tolerations });
  return {
    objects: exporter.objects,
    findings: [...exporterFindings(facts, options), ...presentLabelFindings(nodes), ...exporter.findings],
    tolerations,
    placement: facts.placement?.(),
  };
}
