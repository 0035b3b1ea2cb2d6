import { runbookUrl } from '../../metrics/runbook';
import type { AlertingRule } from '../../metrics/rules';
import { prometheusRule } from '../../emit/prometheus-rule';
import type { GpuAlert, WatchedExporter } from './dcgm-alerts';
import { gpuAlerts } from './dcgm-alerts';
import { exporterNames } from './dcgm-context';
import type { ExporterSettings } from './dcgm-settings';

/** What the rules need of the platform. */
export interface RulesContext {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly monitoringLabels: Record<string, string>;
  readonly exporter: WatchedExporter;
}

function ruleOf({ summary, description, ...alert }: GpuAlert, runbookBaseUrl: string | undefined): AlertingRule {
  return {
    ...alert,
    // Nobody waits for these GPUs yet, so nobody is woken.
    labels: { severity: 'warning' },
    annotations: { summary, description, runbook_url: runbookUrl(alert.alert, runbookBaseUrl) },
  };
}

/** The PrometheusRule with the alerts of the platform; none when nobody wants alerts. */
export function dcgmRules({ alerts, runbookBaseUrl }: ExporterSettings, context: RulesContext): object[] {
  const { name, namespace, labels, monitoringLabels, exporter } = context;
  const rules = alerts ? gpuAlerts(exporter).map((alert) => ruleOf(alert, runbookBaseUrl)) : [];
  const meta = { namespace, labels: { ...labels, ...monitoringLabels }, annotations: {} };
  const manifest = prometheusRule(
    exporterNames(name).rules,
    [{ name: `gpu-platform-${namespace}-${name}`, rules }],
    meta,
  );
  return manifest === undefined ? [] : [manifest];
}
