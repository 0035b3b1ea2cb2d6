import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { managedNodesFindings, presentLabelFindings } from '../nodes/node-findings';
import { configFindings } from './config-findings';
import { namesFindings } from './named-configs';
import type { DevicePluginOptions } from './plugin-options';
import type { DevicePluginPlan } from './plugin-plan';

function configTwice({ config, configs }: DevicePluginOptions): Finding[] {
  if (config === undefined || configs === undefined) return [];
  const problem = 'is set together with configs, and only one of them can apply';
  return [error('config-twice', 'config', problem, 'move it into configs, or remove it')];
}

/** What GPU feature discovery needs, and what needs GPU feature discovery. */
function discoveryFindings({ nodes, featureDiscovery, mps }: DevicePluginPlan): Finding[] {
  const findings: Finding[] = [];
  if (featureDiscovery && !nodes.fromNodeFeatureDiscovery) {
    const problem = 'needs node feature discovery, which writes the labels; this platform does not install it';
    const fix =
      'install it (upstream pairs release 0.19 with this plugin; its master must allow labels of nvidia.com), and acknowledge this';
    findings.push(warning('needs-node-feature-discovery', 'featureDiscovery', problem, fix));
  }
  if (!featureDiscovery && mps) {
    const problem = 'needs a control daemon on nodes with nvidia.com/mps.capable, which GPU feature discovery sets';
    const fix = 'set featureDiscovery: true, or acknowledge this if it already runs';
    findings.push(warning('mps-needs-feature-discovery', 'featureDiscovery', problem, fix));
  }
  return findings;
}

function cdiFindings({ cdi, usesCdi }: DevicePluginPlan): Finding[] {
  if (cdi === undefined || usesCdi) return [];
  const problem = 'has no effect: no configuration uses the Container Device Interface';
  const fix = 'add DeviceListStrategy.CDI_CRI to deviceListStrategies, or remove cdi';
  return [error('cdi-unused', 'cdi', problem, fix)];
}

/** Options that contradict each other. The plan holds only one of them. */
export const pluginOptionFindings = (options: DevicePluginOptions): Finding[] => [
  ...configTwice(options),
  ...namesFindings(options),
];

/** All findings about the device plugin. Subjects are properties of its options. */
export function pluginFindings(plan: DevicePluginPlan): Finding[] {
  return [
    ...managedNodesFindings(plan.nodes),
    ...presentLabelFindings(plan.nodes),
    ...plan.configs.flatMap(configFindings),
    ...discoveryFindings(plan),
    ...cdiFindings(plan),
  ];
}
