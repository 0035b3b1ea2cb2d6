import { error, throwOnErrors, warning } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { LABEL_VALUE, QUALIFIED_KEY } from '../shapes/kubernetes-names';
import { findingsOf, listOf, mapOf, matching } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { Accelerator } from './accelerator';
import { AcceleratorKind } from './accelerator';
import type { GpuFacts } from './gpu-facts';

/** Required node labels, each with the allowed values. Pure data for the plan. */
export type NodeLabels = Readonly<Record<string, readonly string[]>>;

type Rule = (accelerator: Accelerator) => { labels: NodeLabels; findings: Finding[] };

const labelKey = matching(QUALIFIED_KEY, 'a label key such as "team" or "example.com/team"');
const labelValue = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');
const instanceType = matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'a type such as "g6e.xlarge"');
const TYPES = structOf<{ types: string[] }>({ types: listOf(instanceType, 1) }, {});
const LABELS = structOf<{ labels: Record<string, string> }>({ labels: mapOf(labelValue) }, {});

const required = (label: string, value: string | undefined): NodeLabels | undefined =>
  value === undefined ? undefined : { [label]: [value] };

/** Source: cloud.google.com/kubernetes-engine/docs/how-to/gpus-multi and …/concepts/timesharing-gpus (2026-03). */
const GKE_PARTITION = 'cloud.google.com/gke-gpu-partition-size';
const GKE_CLIENTS = 'cloud.google.com/gke-max-shared-clients-per-gpu';

/** Whether a slice or a share has the resource name of a whole GPU, so that only node labels distinguish them. */
const looksWhole = ({ kind, resourceName, _claim: claim }: Accelerator): boolean =>
  (kind === AcceleratorKind.MIG || kind === AcceleratorKind.SHARED) &&
  claim === undefined &&
  resourceName === 'nvidia.com/gpu';

/** GKE offers slices and shares as `nvidia.com/gpu` only, with node labels that show what they are. */
function gkeLabels(accelerator: Accelerator): { labels: NodeLabels; findings: Finding[] } {
  const { kind, resourceName, sharers, model, _profile: profile = '', _claim: claim } = accelerator;
  const isSlice = kind === AcceleratorKind.MIG;
  if (claim !== undefined || (!isSlice && kind !== AcceleratorKind.SHARED)) return { labels: {}, findings: [] };
  if (!looksWhole(accelerator)) {
    const problem = `requests ${resourceName}, but GKE offers slices and shares as nvidia.com/gpu: the pods stay Pending`;
    const fix = isSlice
      ? `use Accelerator.mig(GpuModel.${model?.name}, '${profile}', { strategy: MigStrategy.SINGLE })`
      : `use Accelerator.shared(GpuModel.${model?.name}, { sharers: ${sharers}, resourceName: 'nvidia.com/gpu' })`;
    return { labels: {}, findings: [error('gke-resource', 'accelerator', problem, fix)] };
  }
  if (!isSlice) return { labels: { [GKE_CLIENTS]: [String(sharers)] }, findings: [] };
  if (/^\d+g\.\d+gb$/.test(profile)) return { labels: { [GKE_PARTITION]: [profile] }, findings: [] };
  const problem = `is a slice of ${profile}, and GKE has no partition size for profiles with "+" or "-"`;
  return { labels: {}, findings: [error('gke-partition', 'accelerator', problem, 'use a plain profile')] };
}

/** The architecture of the nodes, where a stack on CPU sets one. */
export const architectureLabels = ({ _architecture: architecture }: Accelerator): NodeLabels =>
  required('kubernetes.io/arch', architecture) ?? {};

/** A rule that looks the GPU up in the catalogue and refuses when the provider has no value for it. */
function byGpu(provider: string, labels: (facts: GpuFacts, on: Accelerator) => NodeLabels | undefined): Rule {
  return (accelerator) => {
    const { model } = accelerator;
    const found = model && labels(model._facts, accelerator);
    if (found) return { labels: found, findings: [] };
    if (accelerator.kind === AcceleratorKind.CPU) {
      const problem = `selects nodes of ${provider} by their GPU, and the stack has none`;
      const fix = 'remove it, or use Placement.nodeLabels({ ... }) or Placement.instanceTypes([...])';
      return { labels: {}, findings: [error('placement-unknown', 'placement', problem, fix)] };
    }
    const problem = `${provider} has no known label value for ${model ? `a ${model.name}` : 'this accelerator'}`;
    const fix = 'set the labels yourself: Placement.nodeLabels({ ... }) or Placement.instanceTypes([...])';
    return { labels: {}, findings: [error('placement-unknown', 'placement', problem, fix)] };
  };
}

/**
 * Labels that Karpenter sets on nodes from what EC2 reports about the instance. EKS Auto Mode is Karpenter with a domain of
 * its own (docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html, supported labels).
 */
function byInstance(provider: string, domain: string): Rule {
  const byModel = byGpu(provider, ({ karpenterAws: name, karpenterAwsMemory: memory }) => {
    const byName = required(`${domain}/instance-gpu-name`, name);
    return byName && { ...byName, ...required(`${domain}/instance-gpu-memory`, memory) };
  });
  return (accelerator) => {
    const { labels, findings } = byModel(accelerator);
    return { labels, findings: [...findings, ...sliceFindings(accelerator)] };
  };
}

/** A slice with the resource name of a whole GPU, where no label shows which of them a node has. */
export function sliceFindings(accelerator: Accelerator): Finding[] {
  const { kind, _profile: profile } = accelerator;
  if (kind !== AcceleratorKind.MIG || !looksWhole(accelerator)) return [];
  const problem = `requests nvidia.com/gpu for a slice of ${profile}, and no label keeps the pods off nodes where that is a whole GPU or another slice`;
  const fix = 'use Placement.gke(), Placement.gpuFeatureDiscovery() or Placement.nodeLabels({ ... })';
  return [warning('slice-or-whole-gpu', 'accelerator', problem, fix)];
}

/**
 * Product label of GPU feature discovery. A GPU that is shared or sliced under the resource name of a whole one has
 * another value (k8s-device-plugin internal/lm); how the label spells the "+" of a profile is not known.
 */
function productName(product: string, accelerator: Accelerator): string | undefined {
  if (!looksWhole(accelerator)) return product;
  if (accelerator.kind === AcceleratorKind.SHARED) return `${product}-SHARED`;
  return accelerator._profile?.includes('+') ? undefined : `${product}-MIG-${accelerator._profile}`;
}

/**
 * Which nodes a stack's pods may run on, beyond those that offer its accelerator.
 *
 * The request for the accelerator already keeps pods on nodes that have one. A placement is needed where a cluster has
 * several kinds: `nvidia.com/gpu: 1` is any GPU.
 */
export class Placement {
  /**
   * Google Kubernetes Engine: `cloud.google.com/gke-accelerator`; for a MIG slice also the partition size, and for a
   * shared GPU the number of its clients. Both request `nvidia.com/gpu` there: another resource name is refused.
   */
  public static gke(): Placement {
    const byModel = byGpu('GKE', ({ gke }) => required('cloud.google.com/gke-accelerator', gke));
    return new Placement(FACTORY, (accelerator) => {
      const model = byModel(accelerator);
      const part = gkeLabels(accelerator);
      return { labels: { ...model.labels, ...part.labels }, findings: [...model.findings, ...part.findings] };
    });
  }

  /** Karpenter on AWS: `karpenter.k8s.aws/instance-gpu-name`, with the memory where the name is ambiguous. */
  public static karpenterAws(): Placement {
    return new Placement(FACTORY, byInstance('Karpenter on AWS', 'karpenter.k8s.aws'));
  }

  /** EKS Auto Mode: `eks.amazonaws.com/instance-gpu-name`, with the memory where the name is ambiguous. */
  public static eksAutoMode(): Placement {
    return new Placement(FACTORY, byInstance('EKS Auto Mode', 'eks.amazonaws.com'));
  }

  /** Clusters with NVIDIA GPU feature discovery (the GPU Operator has it): `nvidia.com/gpu.product`. */
  public static gpuFeatureDiscovery(): Placement {
    return new Placement(
      FACTORY,
      byGpu('GPU feature discovery', ({ products }, accelerator) => {
        const names = products?.flatMap((product) => productName(product, accelerator) ?? []) ?? [];
        return names.length === 0 ? undefined : { 'nvidia.com/gpu.product': names };
      }),
    );
  }

  /** Machines by type, on any cloud: `node.kubernetes.io/instance-type` is one of these. */
  public static instanceTypes(types: string[]): Placement {
    throwOnErrors('Placement.instanceTypes', findingsOf({ types }, '', TYPES));
    const labels = { 'node.kubernetes.io/instance-type': [...types] };
    return new Placement(FACTORY, () => ({ labels, findings: [] }));
  }

  /**
   * Nodes that carry these labels.
   *
   * `nvidia.com/gpu.present` is set by the GPU Operator only: on other clusters pods with it stay Pending.
   */
  public static nodeLabels(labels: { [key: string]: string }): Placement {
    throwOnErrors('Placement.nodeLabels', findingsOf({ labels }, '', LABELS));
    const findings = Object.keys(labels).flatMap((key) => findingsOf(key, 'labels key', labelKey));
    if (Object.keys(labels).length === 0) findings.push(error('wrong-value', 'labels', 'is {}', 'give at least one'));
    throwOnErrors('Placement.nodeLabels', findings);
    const exact = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, [value]]));
    return new Placement(FACTORY, () => ({ labels: exact, findings: [] }));
  }

  /** @internal */
  public readonly _rule: Rule;

  private constructor(caller: typeof FACTORY, rule: Rule) {
    brandMade(this, 'Placement', caller);
    this._rule = rule;
  }
}
