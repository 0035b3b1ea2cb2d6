import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { NodesPlan } from './gpu-nodes';

/** Label of a GKE node pool without Google's device plugin (NVIDIA's guide to the GPU Operator on GKE). */
const GKE_WITHOUT_PLUGIN = 'gke-no-default-nvidia-gpu-device-plugin';

/** Labels of nodes on which the provider runs its own device plugin. */
const MANAGED_NODES = [
  {
    prefix: 'cloud.google.com/gke-',
    nodes: 'nodes of GKE',
    fix: `use GpuPlatformMode.managed(ManagedProvider.GKE), or select nodes with ${GKE_WITHOUT_PLUGIN}`,
  },
  {
    prefix: 'eks.amazonaws.com/instance-',
    nodes: 'nodes of EKS Auto Mode',
    fix: 'use GpuPlatformMode.managed(ManagedProvider.EKS)',
  },
];

const keysOf = ({ terms }: NodesPlan): string[] => terms.flat().map(({ key }) => key);

/** Nodes that already run a device plugin. */
export function managedNodesFindings(nodes: NodesPlan): Finding[] {
  const keys = keysOf(nodes);
  if (keys.includes(GKE_WITHOUT_PLUGIN)) return [];
  return MANAGED_NODES.filter(({ prefix }) => keys.some((key) => key.startsWith(prefix))).map(
    ({ nodes: what, fix }) => {
      const problem = `selects ${what}, which already run a device plugin: two would offer each GPU twice`;
      return error('second-device-plugin', 'nodes', problem, fix);
    },
  );
}

/** A label that many examples use, but few clusters have. */
export function presentLabelFindings(nodes: NodesPlan): Finding[] {
  if (!keysOf(nodes).includes('nvidia.com/gpu.present')) return [];
  const problem =
    'needs nvidia.com/gpu.present, which only the GPU Operator sets: without the operator no pod would run';
  const fix = 'select by a label that the nodes have, or acknowledge this if you set the label yourself';
  return [warning('gpu-present-label', 'nodes', problem, fix)];
}
