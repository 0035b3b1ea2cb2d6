import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { WorkloadPlan } from './workload-plan';

/**
 * The NetworkPolicy: only the named namespaces and, by default, the stack's own may connect, and only to the HTTP port.
 */
export function networkPolicy(
  workload: WorkloadPlan,
  { ownNamespace, namespaces }: NonNullable<WorkloadPlan['network']>,
): object {
  const { plan, selector, added } = workload;
  const named = namespaces.map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  const scrapers = (added?.scrapers ?? []).map((labels) => ({ podSelector: { matchLabels: { ...labels } } }));
  const from = [...(ownNamespace ? [{ podSelector: {} }] : scrapers), ...named];
  return kubeManifest('NetworkPolicy', {
    metadata: objectMetadata(workload, plan.names.networkPolicy),
    spec: {
      podSelector: { matchLabels: { ...selector } },
      policyTypes: ['Ingress'],
      // No rule at all without sources: a rule with an empty list of sources would match every source.
      ingress: from.length === 0 ? [] : [{ from, ports: [{ port: 'http' }] }],
    },
  });
}
