import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import type { DevicePluginPlan } from '../plugin-plan';

/** A folder of the node. */
export function hostPath(name: string, path: string, type?: string): Plain<k8s.Volume> {
  return { name, hostPath: { path, type } };
}

/** Folders of the node, and where a container mounts them. */
export interface Folders {
  readonly volumes: Plain<k8s.Volume>[];
  readonly mounts: k8s.VolumeMount[];
}

/** Variables of a process that uses GPUs. */
export function gpuEnvironment({ mayBeSliced }: DevicePluginPlan): Plain<k8s.EnvVar>[] {
  return [
    { name: 'CONFIG_FILE', value: '/config/config.yaml' },
    ...(mayBeSliced ? [{ name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' }] : []),
    { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
    { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,utility' },
  ];
}

/** Folder of the node that the control daemon and the plugin share; the same as upstream. */
export const MPS_ROOT = '/run/nvidia/mps';

/** Volumes and mounts that the plugin and the control daemon share. */
export const MPS_FOLDERS: Folders = {
  volumes: [hostPath('mps-root', MPS_ROOT, 'DirectoryOrCreate'), hostPath('mps-shm', `${MPS_ROOT}/shm`)],
  mounts: [
    { name: 'mps-root', mountPath: '/mps' },
    { name: 'mps-shm', mountPath: '/dev/shm' },
  ],
};

/** Where the plugin looks for the node's driver. */
const DRIVER_ROOT = '/driver-root';

/** The node's driver, if it is not installed in the usual place. */
export function driverRoot({ driverRoot: path }: DevicePluginPlan): Folders {
  if (path === undefined) return { volumes: [], mounts: [] };
  return {
    volumes: [hostPath('driver-root', path, 'Directory')],
    mounts: [{ name: 'driver-root', mountPath: DRIVER_ROOT, readOnly: true }],
  };
}
