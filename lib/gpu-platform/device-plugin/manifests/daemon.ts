import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import type { DevicePluginPlan } from '../plugin-plan';

/** The DaemonSets; names of other objects derive from these. */
export const NAMES = {
  devicePlugin: 'nvidia-device-plugin',
  featureDiscovery: 'nvidia-gpu-feature-discovery',
  mpsControlDaemon: 'nvidia-mps-control-daemon',
} as const;

export type DaemonName = (typeof NAMES)[keyof typeof NAMES];

/** What differs between the DaemonSets. */
export interface Daemon {
  readonly name: DaemonName;
  readonly account: DaemonName;
  /** Whether it talks to the API server. */
  readonly token: boolean;
  readonly nodeSelector?: Record<string, string>;
  readonly pod: Pick<
    Plain<k8s.PodSpec>,
    'initContainers' | 'containers' | 'volumes' | 'hostPID' | 'shareProcessNamespace'
  >;
}

/** Name of a daemon's account. Some reports find objects by name alone, so no two kinds share a name. */
export const accountName = (name: DaemonName): string => `${name}-sa`;

/** Labels of an object of one daemon. */
export function labelsOf(plan: DevicePluginPlan, name: DaemonName): Record<string, string> {
  return { 'app.kubernetes.io/name': name, ...plan.labels };
}
