import { prometheusRule } from '../../../emit/prometheus-rule';
import type { AlertingRule } from '../../../metrics/rules';
import type { PlatformContext } from '../../common/mode-plan';
import { exporterNames } from '../dcgm-names';

/** The PrometheusRule with the alerts of the platform; none without alerts. */
export function dcgmRules(
  rules: readonly AlertingRule[],
  { name, namespace, labels, monitoringLabels }: Omit<PlatformContext, 'createNamespace'>,
): object[] {
  const meta = { namespace, labels: { ...labels, ...monitoringLabels }, annotations: {} };
  const group = { name: `gpu-platform-${namespace}-${name}`, rules };
  const manifest = prometheusRule(exporterNames(name).rules, [group], meta);
  return manifest === undefined ? [] : [manifest];
}
