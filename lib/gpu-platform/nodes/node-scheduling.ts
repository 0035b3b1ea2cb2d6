import type { k8s } from 'cdk8s-plus-28';
import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';
import type { GpuNodes } from './gpu-node';

/** The taint of GPU nodes that everybody uses; no value, so that `present` and `true` both match. */
const GPU_TAINT: Toleration = { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE };

/** Node affinity terms that mean "a node with a GPU"; none when every node is one. */
export function affinityTerms({ _terms: terms }: GpuNodes): k8s.NodeSelectorTerm[] {
  return terms.map((labels) => ({
    matchExpressions: labels.map(({ key, values }) => ({ key, operator: 'In', values: [...values] })),
  }));
}

/** The affinity of a pod that must be on a node with a GPU. */
export function affinity(terms: readonly k8s.NodeSelectorTerm[]): k8s.Affinity | undefined {
  if (terms.length === 0) return undefined;
  const required = { nodeSelectorTerms: [...terms] };
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
}

/** Tolerations of the platform's pods: the usual taint of GPU nodes, and what the user's nodes have besides. */
export function gpuTolerations(more: readonly Toleration[]): k8s.Toleration[] {
  return [GPU_TAINT, ...more].map(({ key, value, effect }) => ({
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    value,
    effect,
  }));
}
