import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import { merge } from '../private/merge';
import { ENGINE_CONTAINER } from './pod-template-overrides';

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const list = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(tree) : []);

/** What the library sets, as far as Pod Security "restricted" asks for it. */
const BASE = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: ENGINE_CONTAINER,
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

/** Rules of Pod Security "restricted" that a pod breaks, in words (kubernetes.io, Pod Security Standards). */
function broken(spec: Tree): string[] {
  const pod = tree(spec['securityContext']);
  const rules: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[field] === true) rules.push(`${field} is true`);
  if (list(spec['volumes']).some((volume) => 'hostPath' in volume)) rules.push('a volume is a hostPath');
  for (const container of [...list(spec['initContainers']), ...list(spec['containers'])]) {
    const own = tree(container['securityContext']);
    const name = `container "${String(container['name'])}"`;
    if ((own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true) rules.push(`${name} may run as root`);
    if ((own['runAsUser'] ?? pod['runAsUser']) === 0) rules.push(`${name} runs as user 0`);
    if (own['privileged'] === true) rules.push(`${name} is privileged`);
    if (own['allowPrivilegeEscalation'] !== false) rules.push(`${name} may gain privileges`);
    const dropped = tree(own['capabilities'])['drop'];
    if (!Array.isArray(dropped) || !dropped.includes('ALL')) rules.push(`${name} keeps capabilities`);
    const profile = tree(own['seccompProfile'] ?? pod['seccompProfile'])['type'];
    if (profile !== 'RuntimeDefault' && profile !== 'Localhost') rules.push(`${name} has no seccomp profile`);
  }
  return rules;
}

/** A warning when overrides take a pod out of Pod Security "restricted", which it meets without them. */
export function podSecurityFindings(overrides: Tree): Finding[] {
  const rules = broken(tree(merge(BASE, tree(overrides['spec']))));
  if (rules.length === 0) return [];
  const problem = `take the pod out of Pod Security "restricted": ${rules.join(', ')}`;
  const fix = 'set these as "restricted" asks, or acknowledge this finding';
  return [warning('pod-security', 'podTemplateOverrides', problem, fix)];
}
