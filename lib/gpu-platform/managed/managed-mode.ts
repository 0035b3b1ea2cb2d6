import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Mode, ModePlan, PlacementByGpu } from '../common/mode-plan';
import { exporterFindings } from '../exporter/dcgm-findings';
import { planExporterPart } from '../exporter/dcgm-part';
import type { ExporterPlan } from '../exporter/dcgm-plan';
import { exporterManifests } from '../exporter/manifests/dcgm-manifests';
import type { NodesPlan } from '../nodes/gpu-nodes';
import { GpuNodes } from '../nodes/gpu-nodes';
import { presentLabelFindings } from '../nodes/node-findings';
import { copied } from '../nodes/pod-tolerations';
import type { ManagedOptions } from './managed-options';
import { ManagedProvider } from './managed-options';

interface Provider {
  readonly name: string;
  /** How to use its own exporter; undefined when it has none. */
  readonly ownExporter?: string;
  readonly tolerations: readonly Toleration[];
  readonly placement?: PlacementByGpu;
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
    placement: 'gke',
  },
  [ManagedProvider.EKS]: { name: 'EKS', tolerations: [] },
  [ManagedProvider.AKS]: {
    name: 'AKS',
    ownExporter: 'scrape port 19400 of nodes with kubernetes.azure.com/dcgm-exporter=enabled',
    tolerations: [{ key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }],
  },
};

/** A platform on which the provider runs the device plugin. */
export interface ManagedModePlan extends ModePlan {
  readonly mode: 'managed';
  readonly provider: ManagedProvider;
  /** Nodes that the user selected for the exporter. */
  readonly nodes: NodesPlan | undefined;
  /** Whether the user sets an exporter. */
  readonly exports: boolean;
  readonly exporter?: ExporterPlan;
}

function providerFindings({ provider, exports, nodes }: ManagedModePlan): Finding[] {
  const { name, ownExporter } = PROVIDERS[provider];
  if (exports && ownExporter !== undefined) {
    const problem = `is set, but ${name} runs its own exporter: two exporters double every series`;
    return [error('second-exporter', 'exporter', problem, `${ownExporter}; and remove exporter`)];
  }
  if (!exports && nodes !== undefined) {
    const problem = 'selects nodes for the exporter, but exporter is unset';
    return [error('nodes-unused', 'nodes', problem, 'set exporter, or remove nodes')];
  }
  return [];
}

/** The mode in which the provider runs the device plugin. */
export const managedMode: Mode<[provider: ManagedProvider, options: ManagedOptions], ManagedModePlan> = {
  plan(context, provider, options) {
    const facts = PROVIDERS[provider];
    const taints = copied(options.tolerations ?? facts.tolerations);
    const nodes = options.nodes?._plan;
    const sharing = { resourceNames: [], virtualGpus: false, dra: false };
    const place = { nodes: nodes ?? GpuNodes._eksAutoModeOrKarpenter()._plan, taints, sharing };
    const exports = options.exporter !== undefined;
    return {
      ...context,
      mode: 'managed',
      provider,
      nodes,
      exports,
      ...planExporterPart(options.exporter, context, place),
      needsNamespace: exports,
      tolerations: taints,
      placement: facts.placement,
    };
  },
  findings: (plan) => [
    ...providerFindings(plan),
    ...(plan.nodes ? presentLabelFindings(plan.nodes) : []),
    ...(plan.exporter ? exporterFindings(plan.exporter) : []),
  ],
  manifests: ({ exporter }) => (exporter ? exporterManifests(exporter) : []),
};
