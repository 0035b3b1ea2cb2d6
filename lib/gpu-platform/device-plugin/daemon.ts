import { k8s } from 'cdk8s-plus-28';
import { checksum } from './config-source';
import type { DevicePluginPlan } from './device-plugin-plan';
import { affinity } from '../nodes/node-scheduling';

/** What runs on the nodes; names of other objects derive from these. */
export const NAMES = {
  devicePlugin: 'nvidia-device-plugin',
  featureDiscovery: 'nvidia-gpu-feature-discovery',
  mpsControlDaemon: 'nvidia-mps-control-daemon',
} as const;

export type DaemonName = (typeof NAMES)[keyof typeof NAMES];

/** What is special about one DaemonSet. */
export interface Daemon {
  readonly name: DaemonName;
  readonly account: DaemonName;
  /** Whether it talks to the API server. */
  readonly token: boolean;
  readonly nodeSelector?: Record<string, string>;
  readonly pod: Pick<k8s.PodSpec, 'initContainers' | 'containers' | 'volumes' | 'hostPid' | 'shareProcessNamespace'>;
}

/** Name of a daemon's account: reports find objects by name alone, so no two kinds share one. */
export const accountName = (name: DaemonName): string => `${name}-sa`;

/** Labels of an object of one daemon. */
export function labelsOf(plan: DevicePluginPlan, name: DaemonName): Record<string, string> {
  return { 'app.kubernetes.io/name': name, ...plan.labels };
}

/** A folder of the node. */
export function hostPath(name: string, path: string, type?: string): k8s.Volume {
  return { name, hostPath: { path, type } };
}

/**
 * The DaemonSet. Upstream's selectors are the same for all of its DaemonSets, so that one counts the pods of another; here
 * each has its own.
 */
export function daemonSet(plan: DevicePluginPlan, { name, account, token, nodeSelector, pod }: Daemon): object {
  const matchLabels = { 'app.kubernetes.io/name': name };
  const { initContainers = [] } = pod;
  return k8s.KubeDaemonSet.manifest({
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
          affinity: affinity(plan.nodeTerms),
          tolerations: [...plan.tolerations],
          ...pod,
          initContainers: initContainers.length > 0 ? initContainers : undefined,
        },
      },
    },
  });
}
