import type { AuthenticationPlan } from '../metrics/prometheus-authentication';
import type { Migration } from './migration';
import type { RolloutEvent } from './rollout-notification';

/** What divides the requests of a canary, as the user set it. */
export type RouterSpec =
  | {
      readonly kind: 'gatewayApi';
      /** HTTPRoutes besides the stack's own. */
      readonly httpRoutes: readonly string[];
      /** Undefined for the namespace of the stack. */
      readonly namespace: string | undefined;
    }
  | {
      readonly kind: 'istio';
      readonly virtualService:
        | { readonly existing: string; readonly routes: readonly string[] }
        | { readonly hosts: readonly string[]; readonly gateways: readonly string[] };
    }
  | {
      readonly kind: 'nginx';
      /** Ingresses besides the stack's own. */
      readonly ingresses: readonly string[];
      readonly annotationPrefix: string | undefined;
    }
  | { readonly kind: 'none' };

/** A guard of the user. */
export interface GuardSpec {
  readonly name: string;
  readonly query: string;
  readonly limit: number;
  readonly side: 'maximum' | 'minimum';
  /** Whether the query is not read at synth. */
  readonly unchecked: boolean;
}

/** `AnalysisOptions`, in seconds. */
export interface AnalysisSpec {
  readonly window?: number;
  readonly warmUp?: number;
  readonly interval?: number;
  readonly successes?: number;
  readonly failures?: number;
  readonly measurements?: number;
  readonly minRequests?: number;
  readonly requestRate?: number;
}

/** A notification with its default events. */
export interface NotificationSpec {
  readonly service: string;
  readonly recipients: readonly string[];
  readonly events: readonly RolloutEvent[];
}

interface CommonSpec {
  readonly analysis: AnalysisSpec;
  readonly guards: readonly GuardSpec[];
  /** Undefined for the Prometheus of the scaler. */
  readonly prometheus:
    { readonly address: string; readonly authentication: AuthenticationPlan | undefined } | undefined;
  readonly gpuBudget: number | undefined;
  readonly manualPromotion: boolean;
  /** Seconds; undefined for the default. */
  readonly scaleDownDelay: number | undefined;
  readonly abortScaleDownDelay: number | undefined;
  readonly notifications: readonly NotificationSpec[];
  readonly migration: Migration | undefined;
}

/** A canary as the user set it, with the defaults that need no other part of the stack. */
export interface CanarySpec extends CommonSpec {
  readonly strategy: 'canary';
  readonly router: RouterSpec;
  readonly weights: readonly number[];
  readonly analyzeFullWeight: boolean;
  /** Undefined for the default. */
  readonly dynamicStableScale: boolean | undefined;
  readonly maxLatencyRatio: number | undefined;
}

/** A blue-green rollout as the user set it. */
export interface BlueGreenSpec extends CommonSpec {
  readonly strategy: 'blueGreen';
  readonly previewReplicas: number | undefined;
}

/** A delivery by a Rollout: plain data. */
export type RolloutSpec = CanarySpec | BlueGreenSpec;
