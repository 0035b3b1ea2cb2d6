import type { PrometheusServer } from '../metrics/prometheus-server';
import type { Decided } from '../defaults/decision';
import type { Finding } from '../preflight/finding';
import type { Trigger } from './triggers';

/** The workload that is scaled. Works for whatever has a scale subresource. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** PromQL with one element while the workload has no replicas, by a metric that does not end with them. */
  readonly noReplicas: string;
}

/** One direction of the autoscaler's behaviour. Pods and percent are each per period; the larger change wins. */
export interface Pace {
  readonly window: number;
  readonly pods: Decided;
  readonly percent: number;
  readonly period: Decided;
}

/** Everything decided about a scaler: plain data. Times are in seconds. */
export interface ScalerPlan {
  readonly name: string;
  /** Name of the TriggerAuthentication, if one is made. */
  readonly authenticationName: string;
  readonly target: ScaleTarget;
  readonly min: Decided;
  readonly max: number;
  /** Undefined unless the last replica may go. */
  readonly toZero:
    { readonly cooldown: number; readonly pollingInterval: number; readonly initialCooldown: number } | undefined;
  readonly triggers: readonly Trigger[];
  readonly server: string;
  readonly authentication: PrometheusServer['authentication'];
  readonly up: Pace;
  readonly down: Pace;
  readonly fallback: { readonly replicas: number; readonly failureThreshold: number };
  readonly findings: readonly Finding[];
}
