import { configSource, NODE_NAME } from './config-source';
import type { Daemon } from './daemon';
import { NAMES } from './daemon';
import { gpuEnvironment, MPS_FOLDERS } from './device-plugin-pod';
import type { DevicePluginPlan } from './device-plugin-plan';

/** The control daemon of CUDA MPS, on nodes that GPU feature discovery finds able to. Privileged as upstream runs it. */
export function mpsControlDaemon(plan: DevicePluginPlan): Daemon {
  const securityContext = { privileged: true };
  const container = 'mps-control-daemon';
  const config = configSource(plan, container, '/usr/bin/mps-control-daemon', securityContext);
  const mountShm = {
    name: `${container}-mounts`,
    image: plan.image,
    command: ['mps-control-daemon', 'mount-shm'],
    securityContext,
    volumeMounts: [{ name: 'mps-root', mountPath: '/mps', mountPropagation: 'Bidirectional' }],
  };
  return {
    name: NAMES.mpsControlDaemon,
    account: NAMES.devicePlugin,
    token: plan.defaultConfig !== undefined,
    nodeSelector: { 'nvidia.com/mps.capable': 'true' },
    pod: {
      // Clients are known to it by the process ids of the node (upstream's `mps.enableHostPID`).
      hostPid: true,
      initContainers: [mountShm, ...config.initContainers],
      containers: [
        {
          name: container,
          image: plan.image,
          command: ['mps-control-daemon'],
          env: [NODE_NAME, ...gpuEnvironment(plan)],
          securityContext,
          volumeMounts: [...MPS_FOLDERS.mounts, ...config.mounts],
        },
        ...config.sidecars,
      ],
      volumes: [...MPS_FOLDERS.volumes, ...config.volumes],
    },
  };
}
