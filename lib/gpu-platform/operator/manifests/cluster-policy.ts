import type { ClusterPolicyProps } from '../../../../imports/nvidia.com';
import { GPU_OPERATOR_IMAGES as IMAGES } from '../../../defaults/images';
import { cores, mebibytes } from '../../../emit/quantity';
import { podLabelPatterns, samplingVariables } from '../../exporter/manifests/dcgm-environment';
import { exporterRelabelings } from '../../exporter/manifests/dcgm-monitor';
import { ALL_DISABLED } from '../../mig/mig-plan';
import type { OperatorPlan } from '../operator-plan';

type Spec = NonNullable<ClusterPolicyProps['spec']>;

/** The operator reads one ClusterPolicy per cluster; NVIDIA's chart uses this name. */
const CLUSTER_POLICY = 'cluster-policy';

/** The ClusterPolicy. It has all blocks that the CRD requires; all versions are those of one release. */
export function clusterPolicy(plan: OperatorPlan): object {
  const spec = {
    operator: { defaultRuntime: 'containerd', runtimeClass: 'nvidia' },
    daemonsets: {
      priorityClassName: 'system-node-critical',
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      updateStrategy: 'RollingUpdate' as never,
      rollingUpdate: { maxUnavailable: '1' },
    },
    validator: { ...IMAGES.operator },
    driver: { enabled: plan.driver, ...IMAGES.driver, manager: { ...IMAGES.driverManager } },
    toolkit: { enabled: plan.toolkit, ...IMAGES.toolkit },
    cdi: { enabled: true },
    devicePlugin: devicePlugin(plan),
    gfd: { enabled: true, ...IMAGES.devicePlugin },
    mig: { strategy: plan.migStrategy as never },
    migManager: migManager(plan),
    dcgm: { enabled: false, ...IMAGES.dcgm },
    dcgmExporter: exporter(plan),
    nodeStatusExporter: { enabled: false, ...IMAGES.operator },
  } satisfies Spec;
  return {
    apiVersion: 'nvidia.com/v1',
    kind: 'ClusterPolicy',
    metadata: { name: CLUSTER_POLICY, labels: { ...plan.labels } },
    spec,
  };
}

/** A node label selects the configuration; nodes without the label get the default, if one is set. */
function devicePlugin({ names, pluginConfigs, defaultPluginConfig }: OperatorPlan): Spec['devicePlugin'] {
  const some = pluginConfigs.length > 0;
  return {
    enabled: true,
    ...IMAGES.devicePlugin,
    ...(some && { config: { name: names.pluginConfig, default: defaultPluginConfig ?? '' } }),
  };
}

function migManager({ names, layouts, migReboot }: OperatorPlan): Spec['migManager'] {
  return {
    enabled: true,
    ...IMAGES.migManager,
    env: [{ name: 'WITH_REBOOT', value: String(migReboot) }],
    config: { ...(layouts.length > 0 && { name: names.migConfig }), default: ALL_DISABLED as never },
  };
}

/** The exporter's port, job and labels are the operator's; the fields, the interval and the labels of pods are ours. */
function exporter({ exporter: settings, names, monitoringLabels }: OperatorPlan) {
  const { interval, scrapeTimeout, podLabels, resources } = settings;
  return {
    enabled: true,
    ...IMAGES.dcgmExporter,
    config: { name: names.counters },
    env: samplingVariables(settings),
    ...(podLabels.length > 0 && { enablePodLabels: true, podLabelAllowlistRegex: podLabelPatterns(settings) }),
    resources: {
      requests: { cpu: cores(resources.cpu), memory: mebibytes(resources.memory) },
      limits: { memory: mebibytes(resources.memoryLimit) },
    },
    serviceMonitor: {
      enabled: true,
      interval: `${interval}s`,
      scrapeTimeout: `${scrapeTimeout}s`,
      honorLabels: true,
      additionalLabels: { ...monitoringLabels },
      relabelings: exporterRelabelings(),
    },
  } satisfies Spec['dcgmExporter'];
}
