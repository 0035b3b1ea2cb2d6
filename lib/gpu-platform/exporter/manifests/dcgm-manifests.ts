import type { ExporterPlan } from '../dcgm-plan';
import { exporterAccess } from './dcgm-access';
import { countersConfigMap } from './dcgm-config';
import { exporterDaemonSet } from './dcgm-daemon-set';
import { exporterMonitor, exporterService } from './dcgm-monitor';
import { dcgmRules } from './dcgm-prometheus-rule';

/** The exporter as manifests, in the order in which they are applied. */
export function exporterManifests(plan: ExporterPlan): object[] {
  const { names, namespace, labels } = plan;
  return [
    ...exporterAccess(plan),
    countersConfigMap(plan, { name: names.counters, namespace, labels: { ...labels } }),
    exporterService(plan),
    exporterDaemonSet(plan),
    exporterMonitor(plan),
    ...dcgmRules(plan.rules, plan),
  ];
}
