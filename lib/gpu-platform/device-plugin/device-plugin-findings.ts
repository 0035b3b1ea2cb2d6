import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { DevicePluginConfig } from './device-plugin-config';
import { usesCdi } from './device-plugin-config-file';
import { configFindings } from './device-plugin-config-findings';
import type { DevicePluginOptions } from './device-plugin-options';
import { exporterOffFindings } from '../exporter/exporter-part';
import { managedNodesFindings, presentLabelFindings } from '../nodes/gpu-node-findings';
import { namesFindings } from './named-configs';

function configTwice({ config, configs }: DevicePluginOptions): Finding[] {
  if (config === undefined || configs === undefined) return [];
  const problem = 'is given together with configs, and only one of them can hold';
  return [error('config-twice', 'config', problem, 'make it one of configs, or remove it')];
}

/** What GPU feature discovery needs, and what needs it. */
function discoveryFindings(options: DevicePluginOptions, configs: readonly DevicePluginConfig[]): Finding[] {
  const { nodes, featureDiscovery = false } = options;
  const findings: Finding[] = [];
  if (featureDiscovery && !nodes._fromNodeFeatureDiscovery) {
    const problem =
      'only reports to node feature discovery, which writes the labels and is not installed by this platform';
    const fix =
      'install it (upstream pairs release 0.19 with this plugin; its master must allow labels of nvidia.com), and acknowledge this';
    findings.push(warning('needs-node-feature-discovery', 'featureDiscovery', problem, fix));
  }
  if (!featureDiscovery && configs.some(({ sharing }) => sharing?._rules.method === 'mps')) {
    const problem = 'needs a control daemon on nodes with nvidia.com/mps.capable, which GPU feature discovery sets';
    const fix = 'set featureDiscovery: true, or acknowledge this when it runs already';
    findings.push(warning('mps-needs-feature-discovery', 'featureDiscovery', problem, fix));
  }
  return findings;
}

function cdiFindings({ cdi }: DevicePluginOptions, configs: readonly DevicePluginConfig[]): Finding[] {
  if (cdi === undefined || configs.some(usesCdi)) return [];
  const problem = 'has no effect: no configuration uses the Container Device Interface';
  const fix = 'add DeviceListStrategy.CDI_CRI to deviceListStrategies, or remove cdi';
  return [error('cdi-unused', 'cdi', problem, fix)];
}

/** What is wrong with, or worth knowing about, the device plugin's options. Subjects are its properties. */
export function devicePluginFindings(options: DevicePluginOptions): Finding[] {
  const { config, configs = {} } = options;
  const all = [...(config ? [config] : []), ...Object.values(configs)];
  return [
    ...managedNodesFindings(options.nodes),
    ...presentLabelFindings(options.nodes),
    ...configTwice(options),
    ...namesFindings(options),
    ...(config ? configFindings('config', config) : []),
    ...Object.entries(configs).flatMap(([name, each]) => configFindings(`configs.${name}`, each)),
    ...discoveryFindings(options, all),
    ...cdiFindings(options, all),
    ...exporterOffFindings(options.exportMetrics ?? true, options.exporter),
  ];
}
