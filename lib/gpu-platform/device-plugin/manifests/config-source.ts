import { Yaml } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import { kubeManifest } from '../../../emit/kube-manifest';
import { digest } from '../../../units/digest';
import type { DevicePluginPlan } from '../plugin-plan';
import { configFile } from './config-file';

/** Name of the ConfigMap with the plugin's configurations. */
const CONFIG_MAP = 'nvidia-device-plugin-configs';

/** The variable with which a process finds its node. */
export const NODE_NAME: Plain<k8s.EnvVar> = {
  name: 'NODE_NAME',
  valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
};

/** A container without access to the node. */
export const UNPRIVILEGED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

/** What a pod needs to read its configuration. */
export interface ConfigSource {
  readonly initContainers: Plain<k8s.Container>[];
  /** Containers beside the one that reads it. */
  readonly sidecars: Plain<k8s.Container>[];
  readonly volumes: Plain<k8s.Volume>[];
  readonly mounts: k8s.VolumeMount[];
}

/** Files of the ConfigMap, by key. */
function files({ configs }: DevicePluginPlan): Record<string, string> {
  return Object.fromEntries(configs.map((config) => [config.name, Yaml.stringify(configFile(config))]));
}

/** The ConfigMap with a key for each configuration. */
export function configMap(plan: DevicePluginPlan, labels: Record<string, string>): object {
  const metadata = { name: CONFIG_MAP, namespace: plan.namespace, labels };
  return kubeManifest('ConfigMap', { metadata, data: files(plan) });
}

/** Changes with the configurations. No process watches the ConfigMap, so its pods must be replaced. */
export function checksum(plan: DevicePluginPlan): string {
  return digest(JSON.stringify(files(plan)), 16);
}

const available: k8s.VolumeMount = { name: 'available-configs', mountPath: '/available-configs' };
const chosen: k8s.VolumeMount = { name: 'config', mountPath: '/config' };

/** Upstream's config-manager: it links to the file that the node's label names, and signals a process on a change. */
function manager(
  { image, defaultConfig = '' }: DevicePluginPlan,
  name: string,
  process: string,
  securityContext: k8s.SecurityContext,
): Plain<k8s.Container> {
  const watches = process !== '';
  const variables = {
    ONESHOT: String(!watches),
    KUBECONFIG: '',
    NODE_LABEL: 'nvidia.com/device-plugin.config',
    CONFIG_FILE_SRCDIR: '/available-configs',
    CONFIG_FILE_DST: '/config/config.yaml',
    DEFAULT_CONFIG: defaultConfig,
    FALLBACK_STRATEGIES: 'named,single',
    SEND_SIGNAL: String(watches),
    SIGNAL: watches ? '1' : '', // SIGHUP
    PROCESS_TO_SIGNAL: process,
  };
  const env = Object.entries(variables).map(([key, value]) => ({ name: key, value }));
  const command = ['config-manager'];
  return { name, image, command, env: [NODE_NAME, ...env], securityContext, volumeMounts: [available, chosen] };
}

/**
 * Where a process gets its configuration from: the only file, or the one that the node's label selects.
 *
 * @param container name of the container, which its helpers share
 * @param process the process that is signalled on a change: exactly the first word of its command
 * @param securityContext of that process: with another one it could not find it in /proc
 */
export function configSource(
  plan: DevicePluginPlan,
  container: string,
  process: string,
  securityContext: k8s.SecurityContext,
): ConfigSource {
  if (plan.defaultConfig === undefined) {
    const volumes = [{ name: 'config', configMap: { name: CONFIG_MAP } }];
    return { initContainers: [], sidecars: [], volumes, mounts: [{ ...chosen, readOnly: true }] };
  }
  return {
    initContainers: [manager(plan, `${container}-init`, '', UNPRIVILEGED)],
    sidecars: [manager(plan, `${container}-sidecar`, process, securityContext)],
    volumes: [
      { name: 'available-configs', configMap: { name: CONFIG_MAP } },
      { name: 'config', emptyDir: {} },
    ],
    // The selected file is a link to one of the others (cmd/config-manager/main.go, updateSymlink): its reader needs
    // both.
    mounts: [available, chosen],
  };
}
