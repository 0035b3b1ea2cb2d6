import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { WorkloadPlan } from '../workload-plan';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import type { PodUserPlan } from './pod-user';
import type { Tree } from './tree';
import { list, tree } from './tree';

/** Fields by which a pod has a user of its own. OpenShift checks no group of the process. */
const OF_POD = ['runAsUser', 'fsGroup'];
const OF_CONTAINER = ['runAsUser'];

/** Every security context of the overrides, with its path. */
function contextsOf(overrides: Tree): { readonly path: string; readonly context: Tree; readonly fields: string[] }[] {
  const spec = tree(overrides['spec']);
  const containers = ['initContainers', 'containers'].flatMap((kind) =>
    list(spec[kind]).map(({ securityContext }, index) => ({
      path: `spec.${kind}[${index}].securityContext`,
      context: tree(securityContext),
      fields: OF_CONTAINER,
    })),
  );
  return [{ path: 'spec.securityContext', context: tree(spec['securityContext']), fields: OF_POD }, ...containers];
}

/** A user of the pod's own, where the cluster assigns one. */
function ownUserFindings(overrides: Tree): Finding[] {
  return contextsOf(overrides).flatMap(({ path, context, fields }) =>
    fields.flatMap((field) => {
      const value = context[field];
      if (value === undefined || value === null) return [];
      const problem = `is ${JSON.stringify(value)}, and podUser is PodUser.assigned(): a constraint such as restricted-v2 refuses users outside the range of the namespace`;
      const fix = 'remove it, or use PodUser.vllm() with a constraint that allows it';
      return [error('user-is-assigned', `podTemplateOverrides.${path}.${field}`, problem, fix)];
    }),
  );
}

/**
 * A process without the group of AMD's devices. udev gives `/dev/kfd` and the render nodes the mode 0666, but Debian and
 * Ubuntu build systemd with 0660 and the group `render` (systemd meson option group-render-mode; debian/rules of systemd).
 */
function deviceGroupFindings(
  { own, supplementalGroups }: PodUserPlan,
  resourceName: string,
  overrides: Tree,
): Finding[] {
  const context = tree(tree(overrides['spec'])['securityContext']);
  const engine = list(tree(overrides['spec'])['containers']).find(({ name }) => name === ENGINE_CONTAINER);
  const user = tree(engine?.['securityContext'])['runAsUser'] ?? context['runAsUser'];
  const hasGroup = supplementalGroups.length > 0 || 'supplementalGroups' in context || 'runAsGroup' in context;
  if (!resourceName.startsWith('amd.com/') || hasGroup || user === 0) return [];
  const problem =
    'has no supplementalGroups: on nodes with Debian or Ubuntu only the group "render" may open /dev/kfd, so vLLM finds no GPU';
  const factory = own === undefined ? 'assigned' : 'vllm';
  const fix = `set PodUser.${factory}({ supplementalGroups: [GID] }) with the number that "getent group render" prints on a node, or acknowledge this finding if the devices have the mode 0666`;
  return [warning('amd-device-group', 'podUser', problem, fix)];
}

/** Namespaces of OpenShift itself: its router, its Prometheus and its Thanos. */
const OF_OPENSHIFT = /^openshift-/;

/**
 * A user that OpenShift's constraint refuses, where other properties are about OpenShift. The Pods are not made, and only
 * the events of the ReplicaSet show it.
 */
function userOnOpenShiftFindings(uid: number, namespaces: readonly string[], overrides: Tree): Finding[] {
  const found = namespaces.find((name) => OF_OPENSHIFT.test(name));
  // Null removes the user, and another one is the choice of the overrides.
  if (found === undefined || 'runAsUser' in tree(tree(overrides['spec'])['securityContext'])) return [];
  const problem = `is PodUser.vllm(), with user ${uid}, and pods of ${found} connect to the stack: the constraint restricted-v2 of OpenShift refuses its pods`;
  const fix =
    'set PodUser.assigned(), or acknowledge this finding if the service account has a constraint such as nonroot-v2';
  return [warning('user-on-openshift', 'podUser', problem, fix)];
}

/** Problems of user and groups of the pods. */
export const podUserFindings = ({
  user,
  network,
  plan: { device },
  podTemplateOverrides: overrides,
}: WorkloadPlan): Finding[] => [
  ...(user.own === undefined
    ? ownUserFindings(overrides)
    : userOnOpenShiftFindings(user.own.uid, network?.namespaces ?? [], overrides)),
  ...deviceGroupFindings(user, device.resourceName, overrides),
];
