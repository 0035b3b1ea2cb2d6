import { error, throwOnErrors } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { findingsOf, listOf, mapOf, matching, struct } from '../private/shape';
import type { Accelerator } from './accelerator';
import type { GpuFacts } from './gpu-models';

/** Required node labels, each with the values that may hold. Pure data for the plan. */
export type NodeLabels = Readonly<Record<string, readonly string[]>>;

type Rule = (accelerator: Accelerator) => { labels: NodeLabels; findings: Finding[] };

const LABEL_VALUE = matching(/^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$/, 'a Kubernetes label value');

const required = (label: string, value: string | undefined): NodeLabels | undefined =>
  value === undefined ? undefined : { [label]: [value] };

/** A rule that looks the GPU up in the catalogue and refuses when the provider has no value for it. */
function byGpu(provider: string, labels: (facts: GpuFacts) => NodeLabels | undefined): Rule {
  return ({ model }) => {
    const found = model && labels(model._facts);
    if (found) return { labels: found, findings: [] };
    const problem = `${provider} has no known label value for ${model ? `a ${model.name}` : 'this accelerator'}`;
    const fix = 'say the labels yourself: Placement.nodeLabels({ ... }) or Placement.instanceTypes([...])';
    return { labels: {}, findings: [error('placement-unknown', 'placement', problem, fix)] };
  };
}

/**
 * Which nodes a stack's pods may run on, beyond those that offer its accelerator.
 *
 * The request for the accelerator already keeps pods on nodes that have one. A placement is needed where a cluster has
 * several kinds: `nvidia.com/gpu: 1` is any GPU.
 */
export class Placement {
  /** Google Kubernetes Engine: `cloud.google.com/gke-accelerator`. */
  public static gke(): Placement {
    return new Placement(byGpu('GKE', ({ gke }) => required('cloud.google.com/gke-accelerator', gke)));
  }

  /** Karpenter on AWS: `karpenter.k8s.aws/instance-gpu-name`, with the memory where the name is ambiguous. */
  public static karpenterAws(): Placement {
    return new Placement(
      byGpu('Karpenter on AWS', ({ karpenterAws: name, karpenterAwsMemory: memory }) => {
        const byName = required('karpenter.k8s.aws/instance-gpu-name', name);
        return byName && { ...byName, ...required('karpenter.k8s.aws/instance-gpu-memory', memory) };
      }),
    );
  }

  /** Clusters with NVIDIA GPU feature discovery (the GPU Operator has it): `nvidia.com/gpu.product`. */
  public static gpuFeatureDiscovery(): Placement {
    return new Placement(byGpu('GPU feature discovery', ({ product }) => required('nvidia.com/gpu.product', product)));
  }

  /** Machines by type, on any cloud: `node.kubernetes.io/instance-type` is one of these. */
  public static instanceTypes(types: string[]): Placement {
    const findings = findingsOf({ types }, '', struct({ types: listOf(LABEL_VALUE) }, {}));
    if (Array.isArray(types) && types.length === 0) {
      findings.push(error('wrong-value', 'types', 'is []', 'give at least one instance type'));
    }
    throwOnErrors('Placement.instanceTypes', findings);
    return new Placement(() => ({ labels: { 'node.kubernetes.io/instance-type': types }, findings: [] }));
  }

  /**
   * Nodes that carry these labels.
   *
   * `nvidia.com/gpu.present` is set by the GPU Operator only: on other clusters pods with it stay Pending.
   */
  public static nodeLabels(labels: { [key: string]: string }): Placement {
    throwOnErrors('Placement.nodeLabels', findingsOf({ labels }, '', struct({ labels: mapOf(LABEL_VALUE) }, {})));
    const exact = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, [value]]));
    return new Placement(() => ({ labels: exact, findings: [] }));
  }

  /** @internal */
  public readonly _rule: Rule;

  private constructor(rule: Rule) {
    this._rule = rule;
  }
}
