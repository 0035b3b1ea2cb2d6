import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { configFindings } from '../device-plugin/config-findings';
import type { NamedPluginConfigs } from '../device-plugin/named-configs';
import { namesFindings } from '../device-plugin/named-configs';
import { settingsFindings } from '../exporter/dcgm-findings';
import { migLabelNotice, migLayoutFindings, migStrategyFindings } from '../mig/mig-findings';
import type { OperatorPlan } from './operator-plan';

/** Options of the operator, as messages name them. */
export const SUBJECT = 'gpuOperator';

/** What is wrong with the configurations of the device plugin, as they were set. */
export const operatorOptionFindings = (devicePlugin: NamedPluginConfigs): Finding[] => [
  ...namesFindings(devicePlugin),
  ...strategyFindings(devicePlugin),
];

/** What is wrong with, or worth knowing about, the operator. */
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

/** Under the operator one strategy holds on all nodes, that of its policy. */
function strategyFindings({ configs = {} }: NamedPluginConfigs): Finding[] {
  return Object.entries(configs)
    .filter(([, { migStrategy }]) => migStrategy !== undefined)
    .map(([name, { migStrategy }]) => {
      const problem = `is "${migStrategy}", but under the operator one strategy holds on all nodes`;
      const fix = 'remove it, and say migStrategy among the options of the operator';
      return error('operator-mig-strategy', `configs.${name}.migStrategy`, problem, fix);
    });
}

/** The driver of the operator is in a container: a toolkit of the node must be told where (GPU Operator, Getting Started). */
function driverFindings({ driver, toolkit }: OperatorPlan): Finding[] {
  if (!driver || toolkit) return [];
  const problem = 'is false, but the operator installs the driver, which then is not where a toolkit of the node looks';
  const fix = 'install both, or set the toolkit’s root to /run/nvidia/driver on every node';
  return [warning('operator-toolkit-of-node', `${SUBJECT}.installToolkit`, problem, fix)];
}

function pluginFindings({ pluginConfigs, defaultPluginConfig }: OperatorPlan): Finding[] {
  const names = pluginConfigs.map(({ name }) => name);
  if (defaultPluginConfig === undefined || names.includes(defaultPluginConfig)) return [];
  const problem = `is "${defaultPluginConfig}", and there is no such configuration`;
  const fix = names.length > 0 ? `use one of ${names.join(', ')}` : 'leave it out';
  return [error('plugin-config-unknown', `${SUBJECT}.defaultPluginConfig`, problem, fix)];
}
