import { runbookUrl } from '../../metrics/runbook';
import type { AlertingRule } from '../../metrics/rules';
import type { WatchedExporter } from './dcgm-alerts';
import { gpuAlerts } from './dcgm-alerts';

/** The alerts of a platform as rules, each with its runbook. */
export function gpuAlertRules(exporter: WatchedExporter, runbookBaseUrl: string | undefined): AlertingRule[] {
  return gpuAlerts(exporter).map(({ summary, description, ...alert }) => ({
    ...alert,
    // Nobody waits for these GPUs yet, so nobody is woken.
    labels: { severity: 'warning' },
    annotations: { summary, description, runbook_url: runbookUrl(alert.alert, runbookBaseUrl) },
  }));
}
