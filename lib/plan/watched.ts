import type { FlagName } from '../engine/catalogue/flag-name';
import type { Release } from '../engine/release';
import type { MetricScope } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import type { WorkloadFacts } from './workload-facts';

/**
 * A stack as everything that watches it sees it: rules, alerts and dashboards are functions of this. Plain data that the
 * stack puts together once. Times are in seconds.
 */
export interface Watched extends MetricScope {
  /** What clients ask for; the label `model` of series and alerts. */
  readonly model: string;
  /** A pattern of the names of the stack's pods, for PromQL. */
  readonly pods: string;
  /** Name of the engine's container. */
  readonly container: string;
  readonly workload: WorkloadFacts;
  /** The pinned release: metrics that it does not have are not named. */
  readonly release: Release;
  /** Flags on the command line, as the catalogue spells them: some metrics exist only with one. */
  readonly flags: readonly FlagName[];
  readonly device: {
    /** DCGM knows about NVIDIA's devices only. */
    readonly nvidia: boolean;
    /** Extended resource: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`. */
    readonly resourceName: string;
    /** Devices of one pod. */
    readonly perPod: number;
    /** Whether a pod gets them by a claim: then it requests no extended resource. */
    readonly claimed?: boolean;
  };
  /** How long a pod may take from the start of its container to readiness. */
  readonly startupBudget: number;
  /** Fewest and most replicas that there are meant to be; 0 when the last one may go. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** KEDA's ScaledObject and the autoscaler that it makes; undefined for a fixed number of replicas. */
  readonly scaler: { readonly name: string; readonly autoscaler: string } | undefined;
  /** Time between two scrapes of the stack's pods. */
  readonly scrapeInterval: number;
  readonly objectives: readonly PlannedObjective[];
  /** Dollars per hour of one device; undefined when nobody said a price. */
  readonly dollarsPerDeviceHour: number | undefined;
}

/** With its names replaced, for `fillInNames`. */
export function markNames(watched: Watched, markOf: (name: string) => string): Watched {
  const { namespace, app, pods, workload, scaler, objectives } = watched;
  return {
    ...watched,
    namespace: markOf(namespace),
    app: markOf(app),
    pods: markOf(pods),
    workload: { ...workload, name: markOf(workload.name) },
    scaler: scaler && { name: markOf(scaler.name), autoscaler: markOf(scaler.autoscaler) },
    objectives: objectives.map((each) => ({ ...each, id: markOf(each.id), service: markOf(each.service) })),
  };
}
