import { DELIVERY, SCALING } from '../../defaults';
import type { Release } from '../../engine/release';
import type { AuthenticationPlan } from '../../metrics/prometheus-authentication';
import type { StackPlan } from '../../plan/stack-plan';
import type { Watched } from '../../plan/watched';
import { Migration } from '../migration';
import type { NotificationSpec, RolloutSpec } from '../rollout-spec';
import type { AnalysisPlan } from './analysis-plan';
import { planAnalysis } from './analysis-plan';
import { planFaults } from './fault-plan';
import type { GuardPlan } from './guard-plan';
import { hashLabel, planGuards, VERSION } from './guard-plan';
import { migrationReplicas, peakOf } from './replica-counts';
import type { EntryNames, OwnPath, RouterPlan } from './router-plan';
import { planRouter } from './router-plan';
import type { CanaryStep, SharesPlan } from './shares-plan';
import { planShares } from './shares-plan';

/** What the stack passes in. */
export interface RolloutInput {
  readonly spec: RolloutSpec;
  readonly plan: StackPlan;
  readonly watched: Watched;
  /** Pattern of the names of the pods with one hash of the template; undefined where the name does not hold the hash. */
  readonly podsOfHash: (hash: string) => string | undefined;
  /** Undefined for a fixed number of replicas. */
  readonly scaler: RolloutScaler | undefined;
  /** The kind of the monitor; undefined with one of the user. */
  readonly monitor: 'PodMonitor' | 'ServiceMonitor' | undefined;
  /** The route of the stack alone; undefined without one. */
  readonly entry: EntryNames | undefined;
  /** The pool that the stack is a member of. */
  readonly pool: string | undefined;
  /** Namespaces whose clients the NetworkPolicy lets in; undefined where it lets in others too. */
  readonly admitted: readonly string[] | undefined;
  /** Whether the pods are in a mesh without sidecars. */
  readonly ambient: boolean;
  /** Paths of the API for clients, for a VirtualService. */
  readonly paths: readonly OwnPath[];
}

/** What a rollout needs to know of the scaler. */
export interface RolloutScaler {
  readonly server: string;
  readonly authentication: AuthenticationPlan | undefined;
  readonly toZero: boolean;
  /** Names of the triggers whose value is no total of all replicas, each with its index. */
  readonly averages: readonly { readonly index: number; readonly name: string }[];
}

/** Everything decided about a canary or a blue-green rollout: plain data. */
export interface RolloutPlan {
  readonly strategy: RolloutSpec['strategy'];
  readonly rollout: string;
  readonly namespace: string | undefined;
  readonly services: {
    /** The Service of the clients: of the old version, if a router divides the requests. */
    readonly stable: string;
    /** The Service of the new version. */
    readonly next: string;
  };
  readonly port: number;
  readonly router: RouterPlan;
  readonly paths: readonly OwnPath[];
  readonly steps: readonly CanaryStep[];
  /** Index of the step after the first weight, at which faults are first looked for. */
  readonly firstJudged: number;
  readonly dynamicStableScale: SharesPlan['dynamicStableScale'];
  readonly scaleDownDelay: number;
  readonly abortScaleDownDelay: number;
  readonly analysis: AnalysisPlan;
  readonly templates: { readonly guards: string; readonly faults: string };
  readonly guards: readonly GuardPlan[];
  readonly faults: readonly GuardPlan[];
  readonly prometheus: { readonly address: string; readonly authentication: AuthenticationPlan | undefined };
  readonly replicas: { readonly min: number; readonly max: number };
  /** Replicas of both versions at the minimum and at the maximum of replicas. */
  readonly scale: SharesPlan['scale'];
  /** The most replicas of both versions, or of both workloads of a migration, at the minimum and at the maximum. */
  readonly peak: { readonly min: number; readonly max: number };
  /** Devices at the peak. */
  readonly peakDevices: number;
  /** The same with `dynamicStableScale`, where those are fewer. */
  readonly dynamicPeak: number | undefined;
  readonly migration: Migration | undefined;
  /**
   * When the Deployment whose template the Rollout runs loses its replicas; undefined for a template of its own. One with a
   * fixed number loses one for each that the Rollout has ready. One with a scaler keeps its own: a new Rollout begins with
   * one desired replica, and the controller removes as many of the Deployment as this has ready (argo-rollouts
   * rollout/replicaset.go).
   */
  readonly scaleDownDeployment: 'progressively' | 'never' | undefined;
  readonly manualPromotion: boolean;
  readonly previewReplicas: number | undefined;
  readonly notifications: readonly NotificationSpec[];
  /** What the findings need besides the decisions. */
  readonly context: Pick<RolloutInput, 'spec' | 'scaler' | 'monitor' | 'entry' | 'pool' | 'admitted' | 'ambient'> & {
    readonly devicesPerReplica: number;
    /** Label of pods with the hash of their template, and of series. */
    readonly revisionLabel: string;
    readonly hashLabel: string;
    readonly release: Release;
    readonly versionIsChecked: boolean;
  };
}

/** A rollout in messages. */
export const wordOf = ({ strategy }: Pick<RolloutPlan, 'strategy'>): string =>
  strategy === 'canary' ? 'canary' : 'blue-green rollout';

function scaleDownDeployment(
  { migration }: RolloutSpec,
  scaler: RolloutScaler | undefined,
): RolloutPlan['scaleDownDeployment'] {
  if (migration !== Migration.FROM_DEPLOYMENT) return undefined;
  return scaler === undefined ? 'progressively' : 'never';
}

/** Decides everything about a canary or a blue-green rollout. */
export function planRollout(input: RolloutInput): RolloutPlan {
  const { spec, plan, watched, scaler, entry } = input;
  const { names, namespace } = plan;
  const router = planRouter(spec, { names, namespace, entry });
  const replicas = { min: Math.max(1, watched.replicas.min), max: watched.replicas.max };
  const shares = planShares(spec, router, replicas);
  const analysis = planAnalysis(spec.analysis, watched.scrapeInterval);
  const guarded = { spec, watched, window: analysis.window.value };
  const both = (count: number): number => migrationReplicas(count, spec.migration, scaler !== undefined);
  const peak = {
    min: Math.max(peakOf(shares.scale.min), both(replicas.min)),
    max: Math.max(peakOf(shares.scale.max), both(replicas.max)),
  };
  // A migration needs both workloads, whatever the shares are.
  const dynamicPeak = both(replicas.max) < peak.max ? shares.dynamicPeak : undefined;
  const { server: address = SCALING.prometheusAddress, authentication } = scaler ?? {};
  return {
    strategy: spec.strategy,
    rollout: names.workload,
    namespace,
    services: { stable: names.service, next: spec.strategy === 'canary' ? names.canaryService : names.nextService },
    port: plan.port,
    router,
    paths: input.paths,
    steps: shares.steps,
    firstJudged: shares.firstJudged,
    dynamicStableScale: shares.dynamicStableScale,
    scaleDownDelay: spec.scaleDownDelay ?? DELIVERY.scaleDownDelay,
    abortScaleDownDelay: spec.abortScaleDownDelay ?? DELIVERY.abortScaleDownDelay,
    analysis,
    templates: { guards: names.guards, faults: names.faults },
    guards: planGuards(guarded),
    faults: planFaults(guarded, { window: analysis.faults.window, pods: input.podsOfHash(VERSION.canary) }),
    prometheus: spec.prometheus ?? { address, authentication },
    replicas,
    scale: shares.scale,
    peak,
    peakDevices: peak.max * plan.device.count,
    dynamicPeak: dynamicPeak === undefined ? undefined : dynamicPeak * plan.device.count,
    migration: spec.migration,
    scaleDownDeployment: scaleDownDeployment(spec, scaler),
    manualPromotion: spec.manualPromotion,
    previewReplicas: shares.previewReplicas,
    notifications: spec.notifications,
    context: {
      spec,
      scaler,
      monitor: input.monitor,
      entry,
      pool: input.pool,
      admitted: input.admitted,
      ambient: input.ambient,
      devicesPerReplica: plan.device.count,
      revisionLabel: watched.workload.revisionLabel,
      hashLabel: hashLabel(watched),
      release: plan.release,
      versionIsChecked: plan.versionIsChecked,
    },
  };
}
