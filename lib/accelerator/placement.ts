import { error, throwOnErrors } from '../preflight/finding';
import type { Finding } from '../preflight/finding';
import { LABEL_VALUE, QUALIFIED_KEY } from '../private/names';
import { findingsOf, listOf, mapOf, matching, struct } from '../private/shape';
import type { Accelerator } from './accelerator';
import type { GpuFacts } from './gpu-models';

/** Required node labels, each with the values that may hold. Pure data for the plan. */
export type NodeLabels = Readonly<Record<string, readonly string[]>>;

type Rule = (accelerator: Accelerator) => { labels: NodeLabels; findings: Finding[] };

const labelKey = matching(QUALIFIED_KEY, 'a label key such as "team" or "example.com/team"');
const labelValue = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');
const instanceType = matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'a type such as "g6e.xlarge"');

const required = (label: string, value: string | undefined): NodeLabels | undefined =>
  value === undefined ? undefined : { [label]: [value] };

/** A rule that looks the GPU up in the catalogue and refuses when the provider has no value for it. */
function byGpu(provider: string, labels: (facts: GpuFacts, on: Accelerator) => NodeLabels | undefined): Rule {
  return (accelerator) => {
    const { model } = accelerator;
    const found = model && labels(model._facts, accelerator);
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
    return new Placement(
      byGpu('GPU feature discovery', ({ product }, { sharers, resourceName }) => {
        // A shared GPU that keeps its resource name gets another product name (k8s-device-plugin internal/lm).
        const suffix = sharers > 1 && resourceName === 'nvidia.com/gpu' ? '-SHARED' : '';
        return required('nvidia.com/gpu.product', product && product + suffix);
      }),
    );
  }

  /** Machines by type, on any cloud: `node.kubernetes.io/instance-type` is one of these. */
  public static instanceTypes(types: string[]): Placement {
    throwOnErrors('Placement.instanceTypes', findingsOf({ types }, '', struct({ types: listOf(instanceType, 1) }, {})));
    const labels = { 'node.kubernetes.io/instance-type': [...types] };
    return new Placement(() => ({ labels, findings: [] }));
  }

  /**
   * Nodes that carry these labels.
   *
   * `nvidia.com/gpu.present` is set by the GPU Operator only: on other clusters pods with it stay Pending.
   */
  public static nodeLabels(labels: { [key: string]: string }): Placement {
    throwOnErrors('Placement.nodeLabels', findingsOf({ labels }, '', struct({ labels: mapOf(labelValue) }, {})));
    const findings = Object.keys(labels).flatMap((key) => findingsOf(key, 'labels key', labelKey));
    if (Object.keys(labels).length === 0) findings.push(error('wrong-value', 'labels', 'is {}', 'give at least one'));
    throwOnErrors('Placement.nodeLabels', findings);
    const exact = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, [value]]));
    return new Placement(() => ({ labels: exact, findings: [] }));
  }

  /** @internal */
  public readonly _rule: Rule;

  private constructor(rule: Rule) {
    this._rule = rule;
  }
}
