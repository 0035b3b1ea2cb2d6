import type { k8s } from 'cdk8s-plus-28';
import type { Toleration } from '../../../accelerator/toleration';
import type { NodeTerm } from '../gpu-nodes';

/** The affinity of a pod that must run on a node with a GPU; undefined when every node has one. */
export function affinity(terms: readonly NodeTerm[]): k8s.Affinity | undefined {
  if (terms.length === 0) return undefined;
  const nodeSelectorTerms = terms.map((labels) => ({
    matchExpressions: labels.map(({ key, values }) => ({ key, operator: 'In', values: [...values] })),
  }));
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

/** Tolerations of a pod: a taint without a value is tolerated with any. */
export function tolerations(taints: readonly Toleration[]): k8s.Toleration[] {
  return taints.map(({ key, value, effect }) => ({
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    value,
    effect,
  }));
}
