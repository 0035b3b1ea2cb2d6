import { AcceleratorKind } from '../accelerator/accelerator';
import type { AlertOptions } from '../alerts/alert-options';
import { planAlerts } from '../alerts/alert-plan';
import { costRules } from '../cost/cost-rules';
import { Dashboards } from '../dashboards/dashboards';
import { isShown } from '../dashboards/dashboard-object';
import { gpuRules } from '../metrics/gpu-rules';
import { podPattern } from '../metrics/pods';
import type { RuleGroup } from '../metrics/rules';
import { selectionFindings } from '../metrics/selection';
import type { MonitorPlan } from '../monitoring/monitor-plan';
import { planObjectives } from '../objectives/objectives-plan';
import { sloAlerts } from '../objectives/slo-alerts';
import { sloRules } from '../objectives/slo-rules';
import type { StackPlan } from '../plan/stack-plan';
import { fillInNames } from '../plan/fill-in-names';
import type { Watched } from '../plan/watched';
import { markNames } from '../plan/watched';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { ScalerPlan } from '../scaling/scaler';
import { modelOf } from './is-watched';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';
import { ENGINE_CONTAINER } from '../workload/pod/pod-template-overrides';
import type { WorkloadPlan } from '../workload/workload-plan';

/** What KEDA puts before the name of a ScaledObject to name its autoscaler. */
const KEDA_AUTOSCALER = 'keda-hpa-';

/** Everything decided about who watches a stack. */
export interface Watch {
  readonly watched: Watched;
  readonly monitor: MonitorPlan;
  readonly dashboards: Dashboards;
  readonly groups: readonly RuleGroup[];
  readonly findings: readonly Finding[];
}

/** What the other parts have decided. */
export interface WatchInput {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  /** Namespace of the series; undefined when neither stack nor chart says one. */
  readonly namespace: string | undefined;
  readonly monitor: MonitorPlan;
  readonly scaler: ScalerPlan | undefined;
  /** Undefined while a scaler owns the number. */
  readonly replicas: number | undefined;
  readonly dollars: number | undefined;
}

/** Decides who watches a stack, and what about. */
export function planWatch(props: VllmInferenceStackProps, input: WatchInput): Watch {
  const { plan, workload, namespace, monitor } = input;
  const scope = { namespace: namespace ?? '', app: plan.name };
  const promised = planObjectives(props.objectives ?? [], {
    ...scope,
    release: plan.release,
    checked: plan.versionIsChecked,
  });
  const watched = watchedBy(props, input, { ...scope, objectives: promised.objectives });
  const { dashboards = Dashboards.configMap(), alerts = {} } = props;
  const rules = planRules({ watched, alerts, hasDashboard: isShown(dashboards) });
  const kinds = [
    ...(monitor.object ? [monitor.object.kind] : []),
    ...(rules.groups.some((group) => group.rules.length > 0) ? ['PrometheusRule'] : []),
  ];
  return {
    watched,
    monitor,
    dashboards,
    groups: rules.groups,
    findings: [
      ...monitor.findings,
      ...(props.monitoringLabels ? [] : selectionFindings(workload.labels, kinds, 'monitoringLabels')),
      ...namespaceFindings(input),
      ...networkFindings(props, input),
      ...promised.findings,
      ...rules.findings,
    ],
  };
}

interface RulesInput {
  readonly watched: Watched;
  readonly alerts: AlertOptions;
  readonly hasDashboard: boolean;
}

/** All rules of a stack, and what its alerts are told off for. */
const planRules = fillInNames(
  ({ watched, alerts, hasDashboard }: RulesInput) => {
    const { groups, findings } = planAlerts(watched, alerts, sloAlerts(watched));
    // Nobody but alerts and dashboards reads the records about GPUs.
    const gpus = hasDashboard || groups.length > 0 ? [gpuRules(watched)] : [];
    return { groups: [...sloRules(watched), ...gpus, ...costRules(watched), ...groups], findings };
  },
  ({ watched, ...others }, markOf) => ({ ...others, watched: markNames(watched, markOf) }),
);

function watchedBy(
  props: VllmInferenceStackProps,
  { plan, monitor, scaler, replicas = 1, dollars }: WatchInput,
  known: Pick<Watched, 'namespace' | 'app' | 'objectives'>,
): Watched {
  return {
    ...known,
    model: modelOf(props),
    pods: podPattern(plan.names.deployment),
    container: ENGINE_CONTAINER,
    workload: { kind: 'Deployment', name: plan.names.deployment },
    release: plan.release,
    flags: plan.flags,
    device: {
      nvidia: props.accelerator.kind !== AcceleratorKind.RESOURCE || plan.device.resourceName.startsWith('nvidia.com/'),
      resourceName: plan.device.resourceName,
      perPod: plan.device.count,
      claimed: plan.device.claim !== undefined,
    },
    startupBudget: plan.timing.startupBudget.value,
    replicas: scaler
      ? { min: scaler.toZero ? 0 : scaler.min.value, max: scaler.max }
      : { min: replicas, max: replicas },
    scaler: scaler && { name: scaler.name, autoscaler: `${KEDA_AUTOSCALER}${scaler.name}` },
    scrapeInterval: monitor.scrapeInterval.value,
    dollarsPerDeviceHour: dollars,
  };
}

/** A scaler says the same about a namespace that nobody knows. */
function namespaceFindings({ namespace, scaler }: WatchInput): Finding[] {
  if (namespace !== undefined || scaler !== undefined) return [];
  const problem = 'is not known, so that rules would count every stack of this name in the cluster';
  return [error('namespace-unknown', 'namespace', problem, 'say it in the stack, or in the props of the chart')];
}

/** A NetworkPolicy that lets no Prometheus in. It may be in the stack's own namespace. */
function networkFindings({ network }: VllmInferenceStackProps, { workload, monitor }: WatchInput): Finding[] {
  if (workload.network === undefined || workload.network.ownNamespace || monitor.object === undefined) return [];
  if (network?.monitoringNamespaces?.length !== 0) return [];
  const problem = 'is [], and the own namespace is kept out too: Prometheus cannot scrape the pods';
  const fix = 'name the namespace of Prometheus, or acknowledge this if it is one of clientNamespaces';
  return [warning('monitor-shut-out', 'network.monitoringNamespaces', problem, fix)];
}
