import { selectionFindings } from '../metrics/selection';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { PlatformPlan } from './platform-plan';
import { modeFindings } from './modes';

/** All findings about a platform. */
export const platformFindings = (plan: PlatformPlan): Finding[] => [
  ...namespaceFindings(plan),
  ...unselectedFindings(plan),
  ...plan.optionFindings,
  ...modeFindings(plan),
];

/** The platform's pods need a namespace: role bindings name it, and upstream's chart also refuses `default`. */
function namespaceFindings({ namespace, needsNamespace, createNamespace }: PlatformPlan): Finding[] {
  if (!needsNamespace && !createNamespace) return [];
  const fix = 'set namespace, for example "gpu-platform", with createNamespace: true unless it exists';
  if (namespace === undefined) {
    return [error('namespace-missing', 'namespace', 'is unset, and the chart has none', fix)];
  }
  if (namespace !== 'default') return [];
  const problem = 'is "default", where pods with access to the nodes would run beside other workloads';
  return [error('namespace-default', 'namespace', problem, fix)];
}

/** Monitors and rules that Prometheus may never select, when no labels are set for them. */
function unselectedFindings(plan: PlatformPlan): Finding[] {
  if (plan.monitoringLabels !== undefined) return [];
  const subject = 'monitoringLabels';
  const { labels } = plan;
  if (plan.mode !== 'gpuOperator') {
    if (plan.exporter === undefined) return [];
    return selectionFindings(labels, ['ServiceMonitor', ...rulesOf(plan.exporter)], subject);
  }
  if (plan.operator === undefined) return [];
  const rules = rulesOf(plan.operator.exporter);
  // The GPU Operator creates a monitor too, and it does not have the labels of the platform's objects.
  const own = selectionFindings(labels, rules, subject);
  return selectionFindings({}, ['ServiceMonitor', ...(own.length > 0 ? rules : [])], subject);
}

const rulesOf = ({ alerts }: { readonly alerts: boolean }): string[] => (alerts ? ['PrometheusRule'] : []);
