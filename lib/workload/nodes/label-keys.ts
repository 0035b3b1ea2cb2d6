import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import { nearest } from '../../preflight/nearest';
import type { Requirement } from './requirement';

const under = (domain: string, ...names: readonly string[]): string[] => names.map((name) => `${domain}/${name}`);

/** Labels of instances by Karpenter on AWS; EKS Auto Mode has the same in its own domain. */
const INSTANCE = [
  ...['accelerator-count', 'accelerator-manufacturer', 'accelerator-name', 'category', 'cpu', 'cpu-manufacturer'],
  ...['family', 'generation', 'gpu-count', 'gpu-manufacturer', 'gpu-memory', 'gpu-name', 'memory', 'size'],
].map((name) => `instance-${name}`);

/** Labels of nodes that exist: sources as of the rules about them, and their neighbours, which are no misspelling. */
const KNOWN: readonly string[] = [
  ...under('kubernetes.io', 'arch', 'hostname', 'os'),
  ...under('node.kubernetes.io', 'instance-type'),
  ...under('topology.kubernetes.io', 'region', 'zone'),
  ...under('karpenter.sh', 'capacity-type', 'nodepool'),
  ...under('karpenter.k8s.aws', ...INSTANCE),
  ...under('eks.amazonaws.com', ...INSTANCE, 'compute-type', 'capacityType', 'nodegroup'),
  ...under('karpenter.azure.com', 'sku-family', 'sku-gpu-count', 'sku-gpu-manufacturer', 'sku-gpu-name', 'sku-name'),
  ...under('karpenter.azure.com', 'sku-cpu', 'sku-memory', 'sku-version'),
  ...under('cloud.google.com', 'compute-class', 'gke-accelerator', 'gke-accelerator-count', 'gke-gpu-partition-size'),
  ...under('cloud.google.com', 'gke-gpu-sharing-strategy', 'gke-max-shared-clients-per-gpu', 'gke-nodepool'),
  ...under('cloud.google.com', 'gke-spot', 'gke-tpu-accelerator', 'gke-tpu-topology', 'machine-family'),
  ...under('nvidia.com', 'gpu.compute.major', 'gpu.compute.minor', 'gpu.count', 'gpu.family', 'gpu.machine'),
  ...under('nvidia.com', 'gpu.memory', 'gpu.mode', 'gpu.present', 'gpu.product', 'gpu.replicas', 'gpu.clique'),
  ...under('nvidia.com', 'gpu.sharing-strategy', 'mig.capable', 'mig.config', 'mig.config.state', 'mig.strategy'),
  ...under('nvidia.com', 'mps.capable', 'cuda.driver.major', 'cuda.driver.minor', 'cuda.runtime.major'),
  ...under('nvidia.com', 'cuda.driver-version.major', 'cuda.driver-version.minor', 'cuda.driver-version.full'),
  ...under('nvidia.com', 'cuda.runtime-version.major', 'cuda.runtime-version.minor', 'cuda.runtime-version.full'),
];

/** Most letters that a misspelt key may differ in: keys of one domain are alike. */
const SLIPS = 2;

/** Keys near a known one, of the domains that have it. Nodes without the label keep the pods Pending. */
export function misspeltKeys(requirements: readonly Requirement[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const { key, subject } of requirements) {
    const meant = key.includes('/') && !KNOWN.includes(key) ? nearest(key, KNOWN, SLIPS) : undefined;
    if (meant === undefined) continue;
    const problem = `requires the label "${key}", which is near "${meant}": pods stay Pending where no node has it`;
    const fix = `write ${meant}, or acknowledge this if the label is yours`;
    found.set(key, warning('label-misspelt', subject, problem, fix));
  }
  return [...found.values()];
}
