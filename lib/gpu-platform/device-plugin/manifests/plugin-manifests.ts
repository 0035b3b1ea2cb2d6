import type { DevicePluginPlan } from '../plugin-plan';
import { configMap } from './config-source';
import { daemonSet } from './daemon-set';
import { featureDiscovery } from './feature-discovery-pod';
import { mpsControlDaemon } from './mps-control-daemon-pod';
import { labelsOf, NAMES } from './daemon';
import { devicePlugin } from './plugin-pod';
import { rights } from './plugin-rights';

/** The device plugin and its companions, in the order in which they are applied. */
export function pluginManifests(plan: DevicePluginPlan): object[] {
  return [
    ...rights(plan),
    configMap(plan, labelsOf(plan, NAMES.devicePlugin)),
    daemonSet(plan, devicePlugin(plan)),
    ...(plan.mps ? [daemonSet(plan, mpsControlDaemon(plan))] : []),
    ...(plan.featureDiscovery ? [daemonSet(plan, featureDiscovery(plan))] : []),
  ];
}
