import { AcceleratorKind } from '../accelerator/accelerator';
import type { AlertOptions } from '../alerts/alert-options';
import type { AlertPlan } from '../alerts/alert-plan';
import { planAlerts } from '../alerts/alert-plan';
import { costRules } from '../cost/cost-rules';
import { Dashboards } from '../dashboards/dashboards';
import type { DashboardsPlan } from '../dashboards/dashboard-object';
import { isShown } from '../dashboards/dashboard-object';
import type { GatewayCounts } from '../metrics/gateway-counts';
import { gpuRules } from '../metrics/gpu-rules';
import type { RuleGroup } from '../metrics/rules';
import type { MonitorPlan } from '../monitoring/monitor-plan';
import { planObjectives } from '../objectives/objectives-plan';
import { sloAlerts } from '../objectives/slo-alerts';
import { sloRules } from '../objectives/slo-rules';
import type { StackPlan } from '../plan/stack-plan';
import { fillInNames } from '../plan/fill-in-names';
import { gatewayRules } from '../plan/gateway-rules';
import { taskOf } from '../plan/task';
import type { Watched } from '../plan/watched';
import { markNames } from '../plan/watched';
import type { ScalerPlan } from '../scaling/scaler';
import { modelOf } from './is-watched';
import type { VllmInferenceStackProps } from './vllm-inference-stack-props';
import { WORKLOAD_KINDS, workloadFacts } from '../workload/kinds/workload-kinds';
import { ENGINE_CONTAINER } from '../workload/pod/pod-template-overrides';
import type { WorkloadPlan } from '../workload/workload-plan';

/** Accelerators that need not be of NVIDIA. */
const OTHER_KINDS: readonly AcceleratorKind[] = [AcceleratorKind.RESOURCE, AcceleratorKind.CPU];

/** KEDA names the autoscaler of a ScaledObject with this prefix. */
const KEDA_AUTOSCALER = 'keda-hpa-';

/** Everything decided about the monitoring of a stack. */
export interface Watch {
  readonly watched: Watched;
  readonly monitor: MonitorPlan;
  readonly dashboards: DashboardsPlan;
  readonly alerts: AlertPlan;
  readonly groups: readonly RuleGroup[];
  readonly gateway: GatewayCounts;
  /** What the user set about labels of Prometheus, for the findings. */
  readonly set: { readonly monitoringLabels: boolean };
}

/** Decisions of the other parts. */
export interface WatchInput {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  readonly monitor: MonitorPlan;
  readonly scaler: ScalerPlan | undefined;
  /** Undefined while a scaler owns the number. */
  readonly replicas: number | undefined;
  readonly dollars: number | undefined;
  readonly gateway: GatewayCounts;
}

/** Decides how a stack is monitored. */
export function planWatch(props: VllmInferenceStackProps, input: WatchInput): Watch {
  const { plan, monitor } = input;
  const scope = { namespace: plan.namespace ?? '', app: plan.name };
  const objectives = planObjectives(props.objectives ?? [], scope);
  const watched = watchedBy(props, input, { ...scope, objectives });
  const { configMapOptions, grafanaOperatorOptions } = props.dashboards ?? Dashboards.configMap();
  const dashboards = { configMapOptions, grafanaOperatorOptions };
  const { alerts, groups } = planRules({
    watched,
    options: props.alerts ?? {},
    hasDashboard: isShown(dashboards),
  });
  return {
    watched,
    monitor,
    dashboards,
    alerts,
    groups,
    gateway: input.gateway,
    set: { monitoringLabels: props.monitoringLabels !== undefined },
  };
}

interface RulesInput {
  readonly watched: Watched;
  readonly options: AlertOptions;
  readonly hasDashboard: boolean;
}

/** The alerts of a stack, and all its rules. */
const planRules = fillInNames(
  ({ watched, options, hasDashboard }: RulesInput) => {
    const alerts = planAlerts(watched, options, sloAlerts(watched));
    // Only alerts and dashboards read the records about GPUs.
    const gpus = hasDashboard || alerts.groups.length > 0 ? [gpuRules(watched)] : [];
    return {
      alerts,
      groups: [...gatewayRules(watched), ...sloRules(watched), ...gpus, ...costRules(watched), ...alerts.groups],
    };
  },
  ({ watched, ...others }, markOf) => ({ ...others, watched: markNames(watched, markOf) }),
);

function watchedBy(
  props: VllmInferenceStackProps,
  { plan, workload, monitor, scaler, replicas = 1, dollars, gateway }: WatchInput,
  known: Pick<Watched, 'namespace' | 'app' | 'objectives'>,
): Watched {
  return {
    ...known,
    model: modelOf(props),
    task: taskOf(plan),
    pods: WORKLOAD_KINDS[workload.kind].podPattern(plan.names.workload),
    container: ENGINE_CONTAINER,
    workload: workloadFacts(workload.kind, plan.names.workload),
    release: plan.release,
    flags: plan.flags,
    device: {
      nvidia: !OTHER_KINDS.includes(props.accelerator.kind) || plan.device.resourceName.startsWith('nvidia.com/'),
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
    gateway: gateway.traffic,
    dollarsPerDeviceHour: dollars,
  };
}
