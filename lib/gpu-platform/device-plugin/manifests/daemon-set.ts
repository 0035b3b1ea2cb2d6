import { kubeManifest } from '../../../emit/kube-manifest';
import { affinity, tolerations } from '../../nodes/manifests/scheduling';
import type { DevicePluginPlan } from '../plugin-plan';
import { checksum } from './config-source';
import type { Daemon } from './daemon';
import { accountName, labelsOf } from './daemon';

/**
 * The DaemonSet. Upstream uses one selector for all of its DaemonSets, so that each also counts the pods of the others.
 * Here each has its own.
 */
export function daemonSet(plan: DevicePluginPlan, { name, account, token, nodeSelector, pod }: Daemon): object {
  const matchLabels = { 'app.kubernetes.io/name': name };
  const { initContainers = [] } = pod;
  return kubeManifest('DaemonSet', {
    metadata: { name, namespace: plan.namespace, labels: labelsOf(plan, name) },
    spec: {
      selector: { matchLabels },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: labelsOf(plan, name), annotations: { 'checksum/config': checksum(plan) } },
        spec: {
          serviceAccountName: accountName(account),
          automountServiceAccountToken: token,
          priorityClassName: 'system-node-critical',
          runtimeClassName: plan.runtimeClassName,
          imagePullSecrets:
            plan.imagePullSecrets.length > 0 ? plan.imagePullSecrets.map((each) => ({ name: each })) : undefined,
          nodeSelector,
          affinity: affinity(plan.nodes.terms),
          tolerations: tolerations(plan.tolerations),
          ...pod,
          initContainers: initContainers.length > 0 ? initContainers : undefined,
        },
      },
    },
  });
}
