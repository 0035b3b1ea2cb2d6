import type { DevicePluginPlan } from '../plugin-plan';
import { configSource, NODE_NAME } from './config-source';
import type { Daemon } from './daemon';
import { NAMES } from './daemon';
import { gpuEnvironment, MPS_FOLDERS } from './gpu-access';

/**
 * Started by its full path, unlike upstream. config-manager 0.20 looks for a process whose first word is exactly the
 * given one. Upstream uses two spellings, so its daemon is never signalled on a change (NVIDIA/k8s-device-plugin#1827).
 */
const DAEMON = '/usr/bin/mps-control-daemon';

/** The control daemon of CUDA MPS, on nodes that GPU feature discovery finds capable. Privileged, as upstream runs it. */
export function mpsControlDaemon(plan: DevicePluginPlan): Daemon {
  const securityContext = { privileged: true };
  const container = 'mps-control-daemon';
  const config = configSource(plan, container, DAEMON, securityContext);
  const mountShm = {
    name: `${container}-mounts`,
    image: plan.image,
    command: [DAEMON, 'mount-shm'],
    securityContext,
    volumeMounts: [{ name: 'mps-root', mountPath: '/mps', mountPropagation: 'Bidirectional' }],
  };
  return {
    name: NAMES.mpsControlDaemon,
    account: NAMES.devicePlugin,
    token: plan.defaultConfig !== undefined,
    nodeSelector: { 'nvidia.com/mps.capable': 'true' },
    pod: {
      // It identifies clients by the process ids of the node (upstream's `mps.enableHostPID`).
      hostPID: true,
      initContainers: [mountShm, ...config.initContainers],
      containers: [
        {
          name: container,
          image: plan.image,
          command: [DAEMON],
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
