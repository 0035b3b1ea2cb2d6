import { ISTIO } from '../../defaults';
import { singlePorts } from '../../ports/engine-port';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { ENGINE_CONTAINER } from '../pod/pod-template-overrides';
import { list, tree } from '../pod/tree';
import type { WorkloadPlan } from '../workload-plan';

/** Something that listens in the pod. */
interface Listener {
  readonly port: number;
  readonly protocol: string;
  /** The property that sets it; undefined for what the user cannot change. */
  readonly origin: string | undefined;
  readonly what: string;
}

/** Containers beside the engine, which share its network. */
function sidecars({ podTemplateOverrides }: WorkloadPlan): Listener[] {
  const spec = tree(podTemplateOverrides['spec']);
  return ['containers', 'initContainers'].flatMap((kind) =>
    list(spec[kind]).flatMap((container, at) => {
      const { name, ports, restartPolicy } = container;
      const stays = kind === 'containers' ? name !== ENGINE_CONTAINER : restartPolicy === 'Always';
      return stays
        ? list(ports).flatMap(({ containerPort, protocol = 'TCP' }, index): Listener[] => {
            const origin = `podTemplateOverrides.spec.${kind}[${at}].ports[${index}]`;
            const what = `the container ${String(name)}`;
            return typeof containerPort === 'number'
              ? [{ port: containerPort, protocol: String(protocol), origin, what }]
              : [];
          })
        : [];
    }),
  );
}

/** Ports of Istio's sidecar (istio/istio.io:content/en/docs/ops/deployment/application-requirements/index.md). */
function ofMesh({ mesh }: WorkloadPlan): Listener[] {
  if (mesh === undefined || mesh.mode === 'istio-ambient') return [];
  return ISTIO.sidecarPorts.map((port) => ({ port, protocol: 'TCP', origin: undefined, what: 'the sidecar of Istio' }));
}

/** Two listeners with one port: the second one cannot start. */
function takenFindings(workload: WorkloadPlan): Finding[] {
  const { plan, set } = workload;
  const opened = plan.opened.ports.flatMap((each) =>
    singlePorts(each).map(({ port }) => ({ port, protocol: 'TCP', origin: each.origin, what: each.what })),
  );
  const listeners: Listener[] = [
    { port: plan.port, protocol: 'TCP', origin: undefined, what: 'HTTP' },
    ...ofMesh(workload),
    ...opened,
    ...(set.extraPorts ?? []).map(({ port, name, protocol = 'TCP' }, at) => ({
      port,
      protocol: protocol as string,
      origin: `extraPorts[${at}]`,
      what: `the port ${name}`,
    })),
    ...sidecars(workload),
  ];
  const taken = new Map<string, Listener>();
  const found = new Map<string, Finding>();
  for (const each of listeners) {
    const { port, protocol, origin, what } = each;
    const other = taken.get(`${protocol} ${port}`);
    if (other === undefined) taken.set(`${protocol} ${port}`, each);
    if (other === undefined || origin === undefined) continue;
    const also = other.origin === undefined || other.origin === origin ? '' : ` (${other.origin})`;
    const problem = `has port ${port} for ${what}, on which ${other.what} listens${also}`;
    // Ranges that overlap are one mistake.
    const pair = JSON.stringify([origin, what, other.origin, other.what]);
    if (!found.has(pair)) found.set(pair, error('port-taken', origin, problem, 'use another port'));
  }
  return [...found.values()];
}

/** Names of ports, which Service and NetworkPolicy refer to. */
function nameFindings({ plan, set }: WorkloadPlan): Finding[] {
  const known = [{ name: 'http', port: plan.port }, ...plan.opened.ports.flatMap(singlePorts)].map((each) => ({
    ...each,
    protocol: 'TCP',
  }));
  return (set.extraPorts ?? []).flatMap(({ name, port, protocol: given = 'TCP' }, at) => {
    const protocol = given as string;
    const other = known.find((each) => each.name === name);
    known.push({ name, port, protocol });
    // The same port again is taken, whatever its name.
    if (other === undefined || (other.port === port && other.protocol === protocol)) return [];
    const problem = `is "${name}", the name of another port of the pod`;
    return [error('port-name-taken', `extraPorts[${at}].name`, problem, 'use another name')];
  });
}

/** Ports of the network that lead nowhere, or that no pod may use. */
function networkFindings({ network, set }: WorkloadPlan): Finding[] {
  const ports = set.network?.extraPorts ?? [];
  return ports.flatMap(({ port, endPort, fromNamespaces, fromPods, fromRanges }, at) => {
    const subject = `network.extraPorts[${at}]`;
    if (endPort !== undefined && endPort < port) {
      const problem = `is ${endPort}, and the range begins with ${port}`;
      return [error('port-range', `${subject}.endPort`, problem, `use ${port} or more, or remove it`)];
    }
    const isClosed = network !== undefined && !network.ownNamespace && network.clients.length === 0;
    const isOpen = [fromNamespaces, fromPods, fromRanges].some((each) => each !== undefined);
    if (isOpen || !isClosed || network.ranges.length > 0) return [];
    const problem = 'is open to whoever may call the API, and network lets in none';
    return [error('port-for-none', subject, problem, 'set fromNamespaces, fromPods or fromRanges')];
  });
}

/** Settings of a policy that is not emitted. */
function withoutPolicy({ set }: WorkloadPlan): Finding[] {
  const { policy, extraPorts, peerNamespaces } = set.network ?? {};
  const name = extraPorts?.length ? 'extraPorts' : peerNamespaces?.length ? 'peerNamespaces' : undefined;
  if (policy !== false || name === undefined) return [];
  const problem = 'has no effect: network.policy is false, so every pod may connect to every port';
  return [error('ports-without-policy', `network.${name}`, problem, 'remove it, or remove policy')];
}

/** Namespaces of peers of a stack that has none. */
function peerFindings({ peers, set }: WorkloadPlan): Finding[] {
  if (peers || !set.network?.peerNamespaces?.length) return [];
  const problem = 'is set, and no connector of this stack exchanges KV blocks with other pods';
  const fix = 'remove it, use network.extraPorts for a plugin, or set engine.kvTransferConfig';
  return [error('peers-without-transfer', 'network.peerNamespaces', problem, fix)];
}

/** Problems of all ports of the pod. */
export const portFindings = (workload: WorkloadPlan): Finding[] => [
  ...takenFindings(workload),
  ...nameFindings(workload),
  ...networkFindings(workload),
  ...withoutPolicy(workload),
  ...peerFindings(workload),
];
