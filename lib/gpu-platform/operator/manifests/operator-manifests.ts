import { Yaml } from 'cdk8s';
import { kubeManifest } from '../../../emit/kube-manifest';
import { configFile } from '../../device-plugin/manifests/config-file';
import { countersConfigMap } from '../../exporter/manifests/dcgm-config';
import { dcgmRules } from '../../exporter/manifests/dcgm-prometheus-rule';
import { migConfigMap } from '../../mig/manifests/mig-config';
import type { OperatorPlan } from '../operator-plan';
import { clusterPolicy } from './cluster-policy';

/** The ClusterPolicy and its ConfigMaps; the operator creates everything else. */
export function operatorManifests(plan: OperatorPlan): object[] {
  const { names, namespace, labels, layouts, pluginConfigs } = plan;
  const meta = (name: string) => ({ name, namespace, labels: { ...labels } });
  const files = pluginConfigs.map((config) => [config.name, Yaml.stringify(configFile(config))] as const);
  return [
    countersConfigMap(plan.exporter, meta(names.counters)),
    ...(layouts.length > 0 ? [migConfigMap(meta(names.migConfig), layouts)] : []),
    ...(files.length > 0
      ? [kubeManifest('ConfigMap', { metadata: meta(names.pluginConfig), data: Object.fromEntries(files) })]
      : []),
    clusterPolicy(plan),
    ...dcgmRules(plan.exporter.rules, plan),
  ];
}
