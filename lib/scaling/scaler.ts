import type { AuthenticationPlan } from '../metrics/prometheus-authentication';
import type { Decided } from '../defaults/decision';
import type { GatewayCounts } from '../metrics/gateway-counts';
import type { ModelTask } from '../model/model-task';
import type { WorkloadFacts } from '../plan/workload-facts';
import type { Release } from '../engine/release';
import type { SignalSpec } from './signal-spec';
import type { Trigger } from './triggers';

/** The workload that is scaled: any kind with a scale subresource. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** PromQL with one element while the workload has no replicas; its metric must outlive the last replica. */
  readonly noReplicas: string;
  readonly workload: WorkloadFacts;
}

/** One direction of the autoscaler's behavior. Pods and percent are per period; the larger change wins. */
export interface Pace {
  readonly window: number;
  readonly pods: Decided;
  readonly percent: number;
  readonly period: Decided;
  /** Share by which demand may differ from the replicas without a change; undefined for the default of Kubernetes, 0.1. */
  readonly tolerance?: number;
}

/** Everything decided about a scaler: plain data. Times are in seconds. */
export interface ScalerPlan {
  readonly name: string;
  /** Name of the TriggerAuthentication, if one is emitted. */
  readonly authenticationName: string;
  readonly target: ScaleTarget;
  readonly min: Decided;
  readonly max: number;
  /** Undefined without scale to zero. */
  readonly toZero:
    { readonly cooldown: number; readonly pollingInterval: number; readonly initialCooldown: number } | undefined;
  readonly triggers: readonly Trigger[];
  readonly server: string;
  /** The namespace that the server answers for; undefined for one that answers for all. */
  readonly askedNamespace: string | undefined;
  /** Undefined when Prometheus needs none. */
  readonly authentication: AuthenticationPlan | undefined;
  readonly up: Pace;
  readonly down: Pace;
  readonly fallback: { readonly replicas: number; readonly failureThreshold: number };
  /** What the findings need besides the decisions. */
  readonly context: ScalerContext;
}

/** What the findings about a scaler need besides the decisions. */
export interface ScalerContext {
  /** What the model does. */
  readonly task: ModelTask;
  readonly specs: readonly SignalSpec[];
  readonly gateway: GatewayCounts;
  /** Whether the user set the server. */
  readonly serverIsSet: boolean;
  readonly namespace: string | undefined;
  /** The release whose metrics the signals read. */
  readonly release: Release;
  readonly versionIsChecked: boolean;
  /** Seconds between two scrapes of the pods. */
  readonly scrapeInterval: number;
  readonly rateWindow: number;
  readonly warmPool: number;
  /** Seconds that a stack must stay awake after a wake, so that it can answer. */
  readonly awake: number;
}
