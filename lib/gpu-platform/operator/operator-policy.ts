import { k8s } from 'cdk8s-plus-28';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { findingsOf, flag, instance, listOf, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { countersConfigMap } from '../exporter/dcgm-config';
import { OPERATOR_EXPORTER } from '../exporter/dcgm-context';
import type { PlatformPart } from '../exporter/dcgm-exporter';
import { partOf } from '../exporter/dcgm-exporter';
import { dcgmRules } from '../exporter/dcgm-rules';
import { EXPORTER_OPTIONS, exporterSettings } from '../exporter/dcgm-settings';
import { migConfigMap } from '../mig/mig-config';
import type { MigLayout } from '../mig/mig-layout';
import { migLabelNotice, migLayoutFindings, migStrategyFindings } from '../mig/mig-findings';
import { MigStrategy } from '../../accelerator/mig-strategy';
import type { OperatorContext, OperatorPlan } from './operator-context';
import { operatorNames } from './operator-context';
import type { GpuOperatorOptions } from './operator-options';
import { clusterPolicy } from './operator-cluster-policy';

/** What the options must look like. */
export const OPERATOR_OPTIONS = structOf<GpuOperatorOptions>(
  {},
  {
    installDriver: flag,
    installToolkit: flag,
    migStrategy: oneOf(...Object.values(MigStrategy)),
    migLayouts: listOf(
      instance<MigLayout>('MigLayout', 'a MigLayout, for example MigLayout.uniform(GpuModel.H100, "1g.10gb")'),
    ),
    migReboot: flag,
    exporter: EXPORTER_OPTIONS,
  },
);

/** The ClusterPolicy and its ConfigMaps; whatever else there is the operator makes itself. */
export function planOperator(
  options: GpuOperatorOptions,
  context: OperatorContext,
  subject = 'operator',
): PlatformPart {
  const shape = findingsOf(options, subject, OPERATOR_OPTIONS);
  if (shape.length > 0) return partOf(shape, () => []);

  const { migLayouts: layouts = [], migReboot = false } = options;
  const { settings: exporter, findings } = exporterSettings(options.exporter ?? {}, context, `${subject}.exporter`);
  const driver = options.installDriver ?? true;
  const plan: OperatorPlan = {
    driver,
    toolkit: options.installToolkit ?? driver,
    migStrategy: options.migStrategy ?? MigStrategy.MIXED,
    layouts,
    migReboot,
    exporter,
  };
  findings.push(
    ...migLayoutFindings(layouts, `${subject}.migLayouts`),
    ...migStrategyFindings(plan.migStrategy, layouts, `${subject}.migStrategy`),
    ...driverFindings(plan, subject),
    ...pluginFindings(context, subject),
    ...migLabelNotice(layouts, `${subject}.migLayouts`),
  );
  return partOf(findings, () => manifests(plan, context));
}

function manifests(plan: OperatorPlan, context: OperatorContext): object[] {
  const { namespace, labels, pluginConfigs = {} } = context;
  const names = operatorNames(context.name, plan.exporter);
  const meta = (name: string) => ({ name, namespace, labels: { ...labels } });
  const exporter = { job: OPERATOR_EXPORTER, pods: OPERATOR_EXPORTER, dra: false };
  return [
    countersConfigMap(plan.exporter, meta(names.counters)),
    ...(plan.layouts.length > 0 ? [migConfigMap(meta(names.migConfig), plan.layouts)] : []),
    ...(Object.keys(pluginConfigs).length > 0
      ? [k8s.KubeConfigMap.manifest({ metadata: meta(names.pluginConfig), data: { ...pluginConfigs } })]
      : []),
    clusterPolicy(plan, context),
    ...dcgmRules(plan.exporter, { ...context, exporter }),
  ];
}

/** The driver of the operator is in a container: a toolkit of the node must be told where (GPU Operator, Getting Started). */
function driverFindings({ driver, toolkit }: OperatorPlan, subject: string): Finding[] {
  if (!driver || toolkit) return [];
  const problem = 'is false, but the operator installs the driver, which then is not where a toolkit of the node looks';
  const fix = 'install both, or set the toolkit’s root to /run/nvidia/driver on every node';
  return [warning('operator-toolkit-of-node', `${subject}.installToolkit`, problem, fix)];
}

function pluginFindings({ pluginConfigs = {}, defaultPluginConfig }: OperatorContext, subject: string): Finding[] {
  const names = Object.keys(pluginConfigs);
  if (defaultPluginConfig === undefined || names.includes(defaultPluginConfig)) return [];
  const problem = `is "${defaultPluginConfig}", and there is no such configuration`;
  const fix = names.length > 0 ? `use one of ${names.join(', ')}` : 'leave it out';
  return [error('plugin-config-unknown', `${subject}.defaultPluginConfig`, problem, fix)];
}
