import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import type { DevicePluginPlan } from '../plugin-plan';
import { configSource, NODE_NAME } from './config-source';
import type { Daemon } from './daemon';
import { NAMES } from './daemon';
import { driverRoot, gpuEnvironment, hostPath } from './gpu-access';

const FEATURES = '/etc/kubernetes/node-feature-discovery/features.d';

const field = (name: string, fieldPath: string): Plain<k8s.EnvVar> => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

/** GPU feature discovery: the same image, privileged, as upstream runs it. */
export function featureDiscovery(plan: DevicePluginPlan): Daemon {
  const securityContext = { privileged: true };
  const container = 'gpu-feature-discovery';
  const config = configSource(plan, container, 'gpu-feature-discovery', securityContext);
  const driver = driverRoot(plan);
  return {
    name: NAMES.featureDiscovery,
    account: NAMES.featureDiscovery,
    // It writes a NodeFeature into its own namespace.
    token: true,
    pod: {
      shareProcessNamespace: plan.defaultConfig === undefined ? undefined : true,
      initContainers: config.initContainers,
      containers: [
        {
          name: container,
          image: plan.image,
          command: ['gpu-feature-discovery'],
          env: [
            NODE_NAME,
            field('NAMESPACE', 'metadata.namespace'),
            field('POD_NAME', 'metadata.name'),
            ...gpuEnvironment(plan),
          ],
          securityContext,
          volumeMounts: [
            { name: 'output-dir', mountPath: FEATURES },
            { name: 'host-sys', mountPath: '/sys' },
            ...driver.mounts,
            ...config.mounts,
          ],
        },
        ...config.sidecars,
      ],
      volumes: [
        hostPath('output-dir', FEATURES, 'DirectoryOrCreate'),
        hostPath('host-sys', '/sys', 'Directory'),
        ...driver.volumes,
        ...config.volumes,
      ],
    },
  };
}
