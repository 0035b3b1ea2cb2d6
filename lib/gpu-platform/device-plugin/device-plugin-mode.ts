import { Placement } from '../../accelerator/placement';
import { configMap } from './config-source';
import { daemonSet, labelsOf, NAMES } from './daemon';
import type { DevicePluginOptions } from './device-plugin-options';
import { planDevicePlugin } from './device-plugin-plan';
import { devicePlugin } from './device-plugin-pod';
import { rights } from './device-plugin-rights';
import { exporterPart } from '../exporter/exporter-part';
import { featureDiscovery } from './feature-discovery-pod';
import { mpsControlDaemon } from './mps-control-daemon-pod';
import type { PlatformContext, PlatformPlan } from '../platform-plan';

/** The mode in which the platform installs the device plugin, and what runs beside it. */
export function devicePluginMode(options: DevicePluginOptions, context: PlatformContext): PlatformPlan {
  const plan = planDevicePlugin(options, context);
  const { exportMetrics = true, exporter: exporterOptions = {}, nodes, tolerations = [] } = options;
  const { runtimeClassName, resourceNames, shares: virtualGpus } = plan;
  const place = { nodes, tolerations, runtimeClassName, resourceNames, virtualGpus };
  const exporter = exporterPart(exportMetrics ? exporterOptions : undefined, context, place);
  return {
    objects: [
      ...rights(plan),
      configMap(plan, labelsOf(plan, NAMES.devicePlugin)),
      daemonSet(plan, devicePlugin(plan)),
      ...(plan.mps ? [daemonSet(plan, mpsControlDaemon(plan))] : []),
      ...(plan.featureDiscovery ? [daemonSet(plan, featureDiscovery(plan))] : []),
      ...exporter.objects,
    ],
    findings: [...plan.findings, ...exporter.findings],
    tolerations,
    placement: plan.featureDiscovery ? Placement.gpuFeatureDiscovery() : undefined,
  };
}
