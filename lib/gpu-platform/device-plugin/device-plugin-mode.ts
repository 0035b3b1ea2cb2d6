import type { Mode, ModePlan } from '../common/mode-plan';
import { exporterFindings } from '../exporter/dcgm-findings';
import { planExporterUnlessOff } from '../exporter/dcgm-part';
import type { ExporterPlan } from '../exporter/dcgm-plan';
import { exporterManifests } from '../exporter/manifests/dcgm-manifests';
import { copied } from '../nodes/pod-tolerations';
import { sharingOf } from './config-plan';
import { pluginManifests } from './manifests/plugin-manifests';
import { pluginFindings, pluginOptionFindings } from './plugin-findings';
import type { DevicePluginOptions } from './plugin-options';
import type { DevicePluginPlan } from './plugin-plan';
import { planDevicePlugin } from './plugin-plan';

/** A platform that installs the device plugin, and what runs beside it. */
export interface DevicePluginModePlan extends ModePlan {
  readonly mode: 'devicePlugin';
  readonly devicePlugin: DevicePluginPlan;
  readonly exporter?: ExporterPlan;
}

/** The mode in which the platform installs the device plugin, and what runs beside it. */
export const devicePluginMode: Mode<[options: DevicePluginOptions], DevicePluginModePlan> = {
  plan(context, options) {
    const devicePlugin = planDevicePlugin(options, context);
    const { nodes, runtimeClassName, configs, featureDiscovery } = devicePlugin;
    const taints = copied(options.tolerations ?? []);
    const place = { nodes, taints, runtimeClassName, sharing: sharingOf(configs) };
    const { exporter, optionFindings } = planExporterUnlessOff(options, context, place);
    return {
      ...context,
      mode: 'devicePlugin',
      devicePlugin,
      exporter,
      needsNamespace: true,
      tolerations: taints,
      placement: featureDiscovery ? 'gpuFeatureDiscovery' : undefined,
      optionFindings: [...pluginOptionFindings(options), ...optionFindings],
    };
  },
  findings: ({ devicePlugin, exporter }) => [
    ...pluginFindings(devicePlugin),
    ...(exporter ? exporterFindings(exporter) : []),
  ],
  manifests: ({ devicePlugin, exporter }) => [
    ...pluginManifests(devicePlugin),
    ...(exporter ? exporterManifests(exporter) : []),
  ],
};
