import type { FlagName } from '../engine/catalogue/flag-name';
import type { Release } from '../engine/release';
import type { GatewayTrafficPlan } from '../metrics/gateway-series';
import { markTraffic } from '../metrics/gateway-series';
import type { MetricScope } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import type { ModelTask } from '../model/model-task';
import type { WorkloadFacts } from './workload-facts';

/**
 * The facts about a stack for rules, alerts and dashboards, which are functions of them. Plain data that the stack puts
 * together once. Times are in seconds.
 */
export interface Watched extends MetricScope {
  /** The model name that clients send; the label `model` of series and alerts. */
  readonly model: string;
  /** What the model does: without generated tokens, nothing is shown about them. */
  readonly task: ModelTask;
  /** A pattern of the names of the stack's pods, for PromQL. */
  readonly pods: string;
  /** Name of the engine's container. */
  readonly container: string;
  readonly workload: WorkloadFacts;
  /** The pinned release: metrics that it does not have are not used. */
  readonly release: Release;
  /** Flags on the command line, as the catalogue spells them: some metrics exist only with one. */
  readonly flags: readonly FlagName[];
  readonly device: {
    /** DCGM reports only devices of NVIDIA. */
    readonly nvidia: boolean;
    /** Extended resource: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`. */
    readonly resourceName: string;
    /** Devices of one pod. */
    readonly perPod: number;
    /** Whether a pod claims them: then it requests no extended resource. */
    readonly claimed?: boolean;
  };
  /** How long a pod may need from the start of its container until it is ready. */
  readonly startupBudget: number;
  /** Minimum and maximum replicas; the minimum is 0 with scale to zero. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** KEDA's ScaledObject and the autoscaler that KEDA creates for it; undefined for a fixed number of replicas. */
  readonly scaler: { readonly name: string; readonly autoscaler: string } | undefined;
  /** Time between two scrapes of the stack's pods. */
  readonly scrapeInterval: number;
  readonly objectives: readonly PlannedObjective[];
  /** The requests for the stack at its gateway; undefined where nothing is known about them. */
  readonly gateway?: GatewayTrafficPlan;
  /** Dollars per hour of one device; undefined when no price is set. */
  readonly dollarsPerDeviceHour: number | undefined;
}

/** With its names replaced, for `fillInNames`. */
export function markNames(watched: Watched, markOf: (name: string) => string): Watched {
  const { namespace, app, pods, workload, scaler, objectives, gateway } = watched;
  return {
    ...watched,
    namespace: markOf(namespace),
    app: markOf(app),
    pods: markOf(pods),
    workload: { ...workload, name: markOf(workload.name) },
    scaler: scaler && { name: markOf(scaler.name), autoscaler: markOf(scaler.autoscaler) },
    objectives: objectives.map((each) => ({ ...each, id: markOf(each.id), service: markOf(each.service) })),
    gateway: gateway && markTraffic(gateway, markOf),
  };
}
