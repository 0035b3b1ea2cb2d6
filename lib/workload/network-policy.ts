import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../emit/kube-manifest';
import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import type { NetworkPlan, WorkloadPlan } from './workload-plan';

type Rule = Plain<k8s.NetworkPolicyIngressRule>;

/** No rule at all without sources: a rule with an empty list of sources would match every source. */
const rule = (from: NonNullable<Rule['from']>, ports?: readonly (string | number)[]): Rule[] =>
  from.length === 0 ? [] : [{ from, ports: ports?.map((port) => ({ port })) }];

function ingress({ mesh }: WorkloadPlan, network: NetworkPlan): Rule[] {
  const { ownNamespace, namespaces, monitoringNamespaces, ranges } = network;
  const own = ownNamespace ? [{ podSelector: {} }] : [];
  const sources = (names: readonly string[]) => [
    ...own,
    ...names.map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
  ];
  const blocks = (each: readonly string[]) => each.map((cidr) => ({ ipBlock: { cidr } }));
  const callers = [...sources(namespaces), ...blocks(ranges)];
  if (mesh === undefined) return rule(callers, ['http']);
  return [
    ...rule(callers, ['http', mesh.tunnelPort]),
    ...(mesh.metricsPorts.length > 0 ? rule(sources(monitoringNamespaces), mesh.metricsPorts) : []),
    // All ports, as without a mesh: containers that are added to the pod have probes too.
    ...rule(blocks(mesh.probeSources)),
  ];
}

/**
 * The NetworkPolicy: only the named namespaces and, by default, the stack's own may connect, and only to the HTTP port
 * and to the ports that a mesh needs.
 */
export function networkPolicy(workload: WorkloadPlan, network: NetworkPlan): object {
  const { plan, selector } = workload;
  return kubeManifest('NetworkPolicy', {
    metadata: objectMetadata(workload, plan.names.networkPolicy),
    spec: {
      podSelector: { matchLabels: { ...selector } },
      policyTypes: ['Ingress'],
      ingress: ingress(workload, network),
    },
  });
}
