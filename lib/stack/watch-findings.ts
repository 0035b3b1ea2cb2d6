import { alertFindings } from '../alerts/alert-plan';
import { selectionFindings } from '../metrics/selection';
import { monitorFindings } from '../monitoring/monitor-findings';
import { objectiveFindings } from '../objectives/objective-findings';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { WorkloadPlan } from '../workload/workload-plan';
import type { Watch } from './watch';

/** Problems of the monitoring of a stack. */
export function watchFindings(watch: Watch, workload: WorkloadPlan): Finding[] {
  const { watched, monitor, alerts, groups, gateway, set } = watch;
  const { release, versionIsChecked } = workload.plan;
  const kinds = [
    ...(monitor.object ? [monitor.object.kind] : []),
    ...(groups.some(({ rules }) => rules.length > 0) ? ['PrometheusRule'] : []),
  ];
  return [
    ...monitorFindings(monitor),
    ...(set.monitoringLabels ? [] : selectionFindings(workload.labels, kinds, 'monitoringLabels')),
    ...namespaceFindings(watch, workload),
    ...objectiveFindings(watched.objectives, versionIsChecked ? release : undefined, gateway, watched.task),
    ...alertFindings(watched, alerts),
  ];
}

/** A stack without a namespace; the scaler has the same finding. */
function namespaceFindings({ watched }: Watch, { plan }: WorkloadPlan): Finding[] {
  if (plan.namespace !== undefined || watched.scaler !== undefined) return [];
  const problem = 'is unset: rules would count every stack of this name in the cluster';
  return [error('namespace-unknown', 'namespace', problem, 'set it in the stack, or in the props of the chart')];
}
