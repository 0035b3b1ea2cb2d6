import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../emit/kube-manifest';
import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import { PEER_LABEL } from './ports/peer-label';
import type { NetworkPort } from './ports/port-options';
import { NetworkProtocol } from './ports/port-options';
import type { NetworkPlan, WorkloadPlan } from './workload-plan';

type Rule = Plain<k8s.NetworkPolicyIngressRule>;

type Port = NonNullable<Rule['ports']>[number];

/** No rule at all without sources: a rule with an empty list of sources would match every source. */
const rule = (from: NonNullable<Rule['from']>, ports?: readonly Port[]): Rule[] =>
  from.length === 0 || ports?.length === 0 ? [] : [{ from, ports: ports && [...ports] }];

const numbers = (ports: readonly (string | number)[]): Port[] => ports.map((port) => ({ port }));
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const blocks = (each: readonly string[]) => each.map((cidr) => ({ ipBlock: { cidr } }));

/** Ports that clients use: by name where the container lists it, and a range by its numbers, as Kubernetes requires. */
function clientPorts({ plan, ports, set }: WorkloadPlan): Port[] {
  const opened = plan.opened.ports.filter(({ users }) => users === 'clients');
  const single = [...opened, ...(set.extraPorts ?? []).map((each) => ({ ...each, count: 1 }))];
  return single.map(({ name, port, count, ...each }): Port => {
    const protocol = 'protocol' in each && each.protocol !== NetworkProtocol.TCP ? each.protocol : undefined;
    if (count > 1) return { port, endPort: port + count - 1, protocol };
    return { port: ports.some((listed) => listed.name === name) ? name : port, protocol };
  });
}

/** A port of the user with its own sources, or else those who may call the API. */
function extraRule(extra: NetworkPort, callers: NonNullable<Rule['from']>): Rule[] {
  const { port, endPort, protocol, fromNamespaces, fromPods, fromRanges = [] } = extra;
  const podSelector = fromPods && { matchLabels: { ...fromPods } };
  const pods = podSelector === undefined ? [] : [{ podSelector }];
  const sources = [
    ...(fromNamespaces?.map((name) => ({ ...inNamespace(name), ...(podSelector && { podSelector }) })) ?? pods),
    ...blocks(fromRanges),
  ];
  return rule(sources.length > 0 ? sources : callers, [{ port, endPort, protocol }]);
}

/** Pods that exchange KV blocks with these, on any port. */
function peerRule({ peers }: WorkloadPlan, { peerNamespaces }: NetworkPlan): Rule[] {
  if (!peers) return [];
  const podSelector = { matchLabels: { ...PEER_LABEL } };
  return rule([{ podSelector }, ...peerNamespaces.map((name) => ({ ...inNamespace(name), podSelector }))]);
}

function ingress(workload: WorkloadPlan, network: NetworkPlan): Rule[] {
  const { mesh, added } = workload;
  const { ownNamespace, namespaces, monitoringNamespaces, clients, ranges, extraPorts } = network;
  const scrapers = (added?.scrapers ?? []).map((labels) => ({ podSelector: { matchLabels: { ...labels } } }));
  const own = ownNamespace ? [{ podSelector: {} }] : [];
  const sources = (names: readonly string[]) => [...own, ...names.map(inNamespace)];
  const allowed = (names: readonly string[]) => [
    ...(ownNamespace ? [] : scrapers),
    ...sources(names),
    ...blocks(ranges),
  ];
  const callers = allowed(namespaces);
  const besides = [
    ...rule(allowed(clients), clientPorts(workload)),
    ...peerRule(workload, network),
    ...extraPorts.flatMap((each) => extraRule(each, allowed(clients))),
  ];
  if (mesh === undefined) return [...rule(callers, numbers(['http'])), ...besides];
  return [
    ...rule(callers, numbers(['http', mesh.tunnelPort])),
    ...(mesh.metricsPorts.length > 0 ? rule(sources(monitoringNamespaces), numbers(mesh.metricsPorts)) : []),
    // All ports, as without a mesh: containers that are added to the pod have probes too.
    ...rule(blocks(mesh.probeSources)),
    ...besides,
  ];
}

/**
 * The NetworkPolicy: only the named namespaces and, by default, the stack's own may connect, and only to the HTTP port
 * and to the ports that options, peers and a mesh need.
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
