import type { k8s } from 'cdk8s-plus-28';
import { configSource, UNPRIVILEGED } from './config-source';
import type { Daemon } from './daemon';
import { hostPath, NAMES } from './daemon';
import type { DevicePluginPlan, Privileges } from './device-plugin-plan';

/** Where control daemon and plugin meet on the node; upstream's own. */
export const MPS_ROOT = '/run/nvidia/mps';

/** Volumes and mounts by which plugin and control daemon meet. */
export const MPS_FOLDERS = {
  volumes: [hostPath('mps-root', MPS_ROOT, 'DirectoryOrCreate'), hostPath('mps-shm', `${MPS_ROOT}/shm`)],
  mounts: [
    { name: 'mps-root', mountPath: '/mps' },
    { name: 'mps-shm', mountPath: '/dev/shm' },
  ],
};

/** Sockets of device plugins; the kubelet watches it. */
const SOCKETS = '/var/lib/kubelet/device-plugins';
const CDI_ROOT = '/var/run/cdi';
/** Where the plugin looks for the node's driver. */
const DRIVER_ROOT = '/driver-root';

const SECURITY_CONTEXTS: Record<Privileges, k8s.SecurityContext> = {
  none: UNPRIVILEGED,
  'sys-admin': { capabilities: { add: ['SYS_ADMIN'] } },
  privileged: { privileged: true },
};

/** Variables of a process that looks at GPUs, from what was said. */
export function gpuEnvironment({ mayBeSliced }: DevicePluginPlan): k8s.EnvVar[] {
  return [
    { name: 'CONFIG_FILE', value: '/config/config.yaml' },
    ...(mayBeSliced ? [{ name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' }] : []),
    { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
    { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,utility' },
  ];
}

function environment(plan: DevicePluginPlan): k8s.EnvVar[] {
  const { hookPath, featureFlags } = plan.cdi;
  const said: Record<string, string | undefined> = {
    MPS_ROOT: plan.mps ? MPS_ROOT : undefined,
    PASS_DEVICE_SPECS: plan.passDeviceSpecs ? 'true' : undefined,
    NVIDIA_DRIVER_ROOT: plan.driverRoot,
    NVIDIA_CDI_HOOK_PATH: hookPath,
    CDI_FEATURE_FLAGS: featureFlags?.join(','),
  };
  const variables = Object.entries(said).filter(([, value]) => value !== undefined);
  return [...variables.map(([name, value]) => ({ name, value })), ...gpuEnvironment(plan)];
}

/** Folders of the node, and where a container has them. */
interface Folders {
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
}

/** The node's driver, where it is not installed in the usual place. */
export function driverRoot({ driverRoot: path }: DevicePluginPlan): Folders {
  if (path === undefined) return { volumes: [], mounts: [] };
  return {
    volumes: [hostPath('driver-root', path, 'Directory')],
    mounts: [{ name: 'driver-root', mountPath: DRIVER_ROOT, readOnly: true }],
  };
}

/** Folders of the node that the plugin needs; upstream mounts all of them always. */
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
