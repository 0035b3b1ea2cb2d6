import type { Toleration } from '../accelerator/toleration';
import type { ExporterContext } from './dcgm-exporter';
import type { GpuNodes } from './gpu-node';
import { affinityTerms, gpuTolerations } from './node-scheduling';
import type { PlatformContext } from './platform-plan';

/** What the exporter must know of the mode that it runs in. */
export function exporterContext(
  { namespace, labels, monitorLabels }: PlatformContext,
  nodes: GpuNodes,
  tolerations: readonly Toleration[],
  mode: Partial<Pick<ExporterContext, 'resourceNames' | 'virtualGpus' | 'dra'>>,
): ExporterContext {
  return {
    name: 'nvidia-dcgm-exporter',
    namespace,
    labels,
    nodeAffinity: affinityTerms(nodes),
    tolerations: gpuTolerations(tolerations),
    resourceNames: [],
    virtualGpus: false,
    dra: false,
    monitorLabels,
    ...mode,
  };
}
