import type { k8s } from 'cdk8s-plus-28';
import type { Toleration } from '../../accelerator/toleration';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { planDcgmExporter } from './dcgm-exporter';
import type { DcgmExporterOptions } from './dcgm-exporter-options';
import type { GpuNodes } from '../nodes/gpu-node';
import { affinityTerms, gpuTolerations } from '../nodes/node-scheduling';
import type { PlatformContext } from '../platform-plan';

/** Names of the platform's parts begin with it. */
export const PLATFORM_NAME = 'nvidia';

/** What a mode knows about the nodes of its exporter, and about how their GPUs are used. */
export interface ExporterPlace {
  readonly nodes: GpuNodes;
  readonly tolerations: readonly Toleration[];
  readonly runtimeClassName?: string;
  /** Names of shared resources that the exporter does not know by itself. */
  readonly resourceNames?: readonly string[];
  readonly virtualGpus?: boolean;
  readonly dra?: boolean;
}

/** The exporter of a mode; nothing without options. */
export function exporterPart(
  options: DcgmExporterOptions | undefined,
  { namespace, labels, monitoringLabels, createNamespace }: PlatformContext,
  place: ExporterPlace,
): { objects: readonly object[]; findings: readonly Finding[] } {
  if (options === undefined) return { objects: [], findings: [] };
  const nodeAffinity: k8s.NodeSelectorTerm[] = affinityTerms(place.nodes);
  const { runtimeClassName, resourceNames = [], virtualGpus = false, dra = false } = place;
  const sharing = { resourceNames: [...resourceNames], virtualGpus, dra };
  const tolerations = gpuTolerations(place.tolerations);
  const pod = { nodeAffinity, tolerations, runtimeClassName };
  return planDcgmExporter(
    options,
    { name: PLATFORM_NAME, namespace, labels, monitoringLabels, createNamespace, ...pod, ...sharing },
    'exporter',
  );
}

/** Options of an exporter that was turned off. */
export function exporterOffFindings(exportMetrics: boolean, options: DcgmExporterOptions | undefined): Finding[] {
  if (exportMetrics || options === undefined) return [];
  return [error('exporter-off', 'exporter', 'is given, but exportMetrics is false', 'keep one of them')];
}
