import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import type { DevicePluginPlan, Privileges } from '../plugin-plan';
import { configSource, UNPRIVILEGED } from './config-source';
import type { Daemon } from './daemon';
import { NAMES } from './daemon';
import type { Folders } from './gpu-access';
import { driverRoot, gpuEnvironment, hostPath, MPS_FOLDERS, MPS_ROOT } from './gpu-access';

/** Sockets of device plugins; the kubelet watches it. */
const SOCKETS = '/var/lib/kubelet/device-plugins';
const CDI_ROOT = '/var/run/cdi';
const SECURITY_CONTEXTS: Record<Privileges, k8s.SecurityContext> = {
  none: UNPRIVILEGED,
  'sys-admin': { capabilities: { add: ['SYS_ADMIN'] } },
  privileged: { privileged: true },
};

function environment(plan: DevicePluginPlan): Plain<k8s.EnvVar>[] {
  const { hookPath, featureFlags } = plan.cdi ?? {};
  const set: Record<string, string | undefined> = {
    MPS_ROOT: plan.mps ? MPS_ROOT : undefined,
    PASS_DEVICE_SPECS: plan.passDeviceSpecs ? 'true' : undefined,
    NVIDIA_DRIVER_ROOT: plan.driverRoot,
    NVIDIA_CDI_HOOK_PATH: hookPath,
    CDI_FEATURE_FLAGS: featureFlags?.join(','),
  };
  const variables = Object.entries(set).filter(([, value]) => value !== undefined);
  return [...variables.map(([name, value]) => ({ name, value })), ...gpuEnvironment(plan)];
}

/** Folders of the node that the plugin needs; upstream always mounts all of them. */
function folders(plan: DevicePluginPlan): Folders {
  const { usesCdi, mps } = plan;
  const driver = driverRoot(plan);
  return {
    volumes: [
      hostPath('device-plugins', SOCKETS, 'Directory'),
      ...driver.volumes,
      ...(usesCdi ? [hostPath('cdi-root', CDI_ROOT, 'DirectoryOrCreate')] : []),
      ...(mps ? MPS_FOLDERS.volumes : []),
    ],
    mounts: [
      { name: 'device-plugins', mountPath: SOCKETS },
      ...driver.mounts,
      ...(usesCdi ? [{ name: 'cdi-root', mountPath: CDI_ROOT }] : []),
      ...(mps ? MPS_FOLDERS.mounts : []),
    ],
  };
}

/** The device plugin, as upstream's chart 0.20 runs it. */
export function devicePlugin(plan: DevicePluginPlan): Daemon {
  const securityContext = SECURITY_CONTEXTS[plan.privileges];
  const container = 'nvidia-device-plugin';
  const config = configSource(plan, container, 'nvidia-device-plugin', securityContext);
  const { volumes, mounts } = folders(plan);
  const byLabel = plan.defaultConfig !== undefined;
  return {
    name: NAMES.devicePlugin,
    account: NAMES.devicePlugin,
    token: byLabel,
    pod: {
      shareProcessNamespace: byLabel ? true : undefined,
      initContainers: config.initContainers,
      containers: [
        {
          name: container,
          image: plan.image,
          command: ['nvidia-device-plugin'],
          env: environment(plan),
          securityContext,
          volumeMounts: [...mounts, ...config.mounts],
        },
        ...config.sidecars,
      ],
      volumes: [...volumes, ...config.volumes],
    },
  };
}
