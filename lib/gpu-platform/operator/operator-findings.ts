import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { configFindings } from '../device-plugin/config-findings';
import type { NamedPluginConfigs } from '../device-plugin/named-configs';
import { namesFindings } from '../device-plugin/named-configs';
import { settingsFindings } from '../exporter/dcgm-findings';
import { migLabelNotice, migLayoutFindings, migStrategyFindings } from '../mig/mig-findings';
import type { OperatorPlan } from './operator-plan';

/** The subject of findings about the operator's options. */
export const SUBJECT = 'gpuOperator';

/** Findings about the configurations of the device plugin as the user set them. */
export const operatorOptionFindings = (devicePlugin: NamedPluginConfigs): Finding[] => [
  ...namesFindings(devicePlugin),
  ...strategyFindings(devicePlugin),
];

/** All findings about the operator. */
export function operatorFindings(plan: OperatorPlan): Finding[] {
  const { exporter, layouts, migStrategy } = plan;
  return [
    ...plan.pluginConfigs.flatMap(configFindings),
    ...settingsFindings(exporter, `${SUBJECT}.exporter`),
    ...migLayoutFindings(layouts, `${SUBJECT}.migLayouts`),
    ...migStrategyFindings(migStrategy, layouts, `${SUBJECT}.migStrategy`),
    ...driverFindings(plan),
    ...pluginFindings(plan),
    ...migLabelNotice(layouts, `${SUBJECT}.migLayouts`),
  ];
}

/** Under the operator all nodes have the same strategy, that of its policy. */
function strategyFindings({ configs = {} }: NamedPluginConfigs): Finding[] {
  return Object.entries(configs)
    .filter(([, { migStrategy }]) => migStrategy !== undefined)
    .map(([name, { migStrategy }]) => {
      const problem = `is "${migStrategy}", but under the operator all nodes have the same strategy`;
      const fix = 'remove it, and set migStrategy in the options of the operator';
      return error('operator-mig-strategy', `configs.${name}.migStrategy`, problem, fix);
    });
}

/**
 * The operator's driver is in a container: a toolkit installed on the node must be told where (GPU Operator, Getting
 * Started).
 */
function driverFindings({ driver, toolkit }: OperatorPlan): Finding[] {
  if (!driver || toolkit) return [];
  const problem =
    'is false, but the operator installs the driver in a container, where a toolkit on the node does not look for it';
  const fix = 'let the operator install both, or set the root of the toolkit to /run/nvidia/driver on every node';
  return [warning('operator-toolkit-of-node', `${SUBJECT}.installToolkit`, problem, fix)];
}

function pluginFindings({ pluginConfigs, defaultPluginConfig }: OperatorPlan): Finding[] {
  const names = pluginConfigs.map(({ name }) => name);
  if (defaultPluginConfig === undefined || names.includes(defaultPluginConfig)) return [];
  const problem = `is "${defaultPluginConfig}", which is not in configs`;
  const fix = names.length > 0 ? `use one of ${names.join(', ')}` : 'remove it';
  return [error('plugin-config-unknown', `${SUBJECT}.defaultPluginConfig`, problem, fix)];
}
