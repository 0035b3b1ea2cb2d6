import type { PrometheusRuleProps } from '../../imports/monitoring.coreos.com';
import { window } from '../metrics/promql';
import { gpuAlerts } from './dcgm-alerts';
import { exporterNames } from './dcgm-context';

/** What the rules need of the platform. */
export interface RulesContext {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly monitoringLabels: Record<string, string>;
  /** Job of the exporter. */
  readonly job: string;
}

/** The PrometheusRule with the alerts of the platform. */
export function dcgmRules({ name, namespace, labels, monitoringLabels, job }: RulesContext): object {
  const rules = gpuAlerts(job).map(({ alert, expr, for: seconds, labels: own, annotations }) => ({
    alert,
    expr: expr as never,
    for: window(seconds),
    labels: { ...own },
    annotations: { ...annotations },
  }));
  const spec = { groups: [{ name: `gpu-platform-${namespace}-${name}`, rules }] } satisfies PrometheusRuleProps['spec'];
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: exporterNames(name).rules, namespace, labels: { ...labels, ...monitoringLabels } },
    spec,
  };
}
