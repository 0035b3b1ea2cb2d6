import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import { merge } from './merge';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import type { Tree } from './tree';
import { list, tree } from './tree';

/** What the library sets for Pod Security "restricted". */
const BASE = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: ENGINE_CONTAINER,
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

/** Kinds of volumes that "restricted" allows. */
const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Kernel settings that affect only the pod. */
const SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** Broken rules that apply to the security context of a pod and of a container. */
function brokenByContext(context: Tree, name: string): string[] {
  const rules: string[] = [];
  if (context['runAsUser'] === 0) rules.push(`${name} runs as user 0`);
  if (tree(context['windowsOptions'])['hostProcess'] === true) rules.push(`${name} is a process of the host`);
  return rules;
}

function brokenByPod(spec: Tree, context: Tree): string[] {
  const rules: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[field] === true) rules.push(`${field} is true`);
  for (const { name, ...source } of list(spec['volumes'])) {
    for (const kind of Object.keys(source))
      if (source[kind] !== null && !VOLUMES.has(kind)) rules.push(`volume "${String(name)}" is of type ${kind}`);
  }
  for (const { name } of list(context['sysctls'])) {
    if (!SYSCTLS.has(String(name))) rules.push(`sysctl "${String(name)}" is set`);
  }
  return [...rules, ...brokenByContext(context, 'the pod')];
}

function brokenByContainer(container: Tree, pod: Tree): string[] {
  const own = tree(container['securityContext']);
  const name = `container "${String(container['name'])}"`;
  const { drop, add } = tree(own['capabilities']);
  const added = (Array.isArray(add) ? add : []).filter((capability) => capability !== 'NET_BIND_SERVICE');
  const profile = tree(own['seccompProfile'] ?? pod['seccompProfile'])['type'];
  const rules = brokenByContext(own, name);
  if ((own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true) rules.push(`${name} may run as root`);
  if (own['privileged'] === true) rules.push(`${name} is privileged`);
  if (own['allowPrivilegeEscalation'] !== false) rules.push(`${name} may gain privileges`);
  if (!Array.isArray(drop) || !drop.includes('ALL')) rules.push(`${name} keeps capabilities`);
  if (added.length > 0) rules.push(`${name} adds ${added.join(' and ')}`);
  if (profile !== 'RuntimeDefault' && profile !== 'Localhost') rules.push(`${name} has no seccomp profile`);
  if ((own['procMount'] ?? 'Default') !== 'Default') rules.push(`${name} has procMount ${String(own['procMount'])}`);
  for (const { hostPort } of list(container['ports'])) if (hostPort) rules.push(`${name} has a hostPort`);
  return rules;
}

/** Rules of Pod Security "restricted" that a pod breaks (kubernetes.io, Pod Security Standards). */
function broken(spec: Tree): string[] {
  const context = tree(spec['securityContext']);
  const containers = ['initContainers', 'containers'].flatMap((kind) => list(spec[kind]));
  return [...brokenByPod(spec, context), ...containers.flatMap((each) => brokenByContainer(each, context))];
}

/** A warning when overrides break Pod Security "restricted", which the pod meets without them. */
export function podSecurityFindings(overrides: Tree): Finding[] {
  const rules = broken(tree(merge(BASE, tree(overrides['spec']))));
  if (rules.length === 0) return [];
  const problem = `break Pod Security "restricted": ${rules.join(', ')}`;
  const fix = 'set these as "restricted" requires, or acknowledge this finding';
  return [warning('pod-security', 'podTemplateOverrides', problem, fix)];
}
