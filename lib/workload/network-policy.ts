import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/** The NetworkPolicy: the named namespaces and, unless said otherwise, the own one reach the HTTP port, nobody reaches another port. */
export function networkPolicy(
  workload: WorkloadPlan,
  { ownNamespace, namespaces }: NonNullable<WorkloadPlan['network']>,
): object {
  const { plan, selector } = workload;
  const named = namespaces.map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  const from = [...(ownNamespace ? [{ podSelector: {} }] : []), ...named];
  return kubeManifest('NetworkPolicy', {
    metadata: objectMetadata(workload, plan.names.networkPolicy),
    spec: {
      podSelector: { matchLabels: { ...selector } },
      policyTypes: ['Ingress'],
      // A rule from nobody would be a rule from everybody: an empty list of sources matches all of them.
      ingress: from.length === 0 ? [] : [{ from, ports: [{ port: 'http' }] }],
    },
  });
}
