import { DELIVERY, SCALING } from '../../defaults';
import type { AuthenticationPlan } from '../../metrics/prometheus-authentication';
import type { StackPlan } from '../../plan/stack-plan';
import type { Watched } from '../../plan/watched';
import type { Migration } from '../migration';
import type { NotificationSpec, RolloutSpec } from '../rollout-spec';
import type { AnalysisPlan } from './analysis-plan';
import { planAnalysis } from './analysis-plan';
import type { GuardPlan } from './guard-plan';
import { hashLabel, planFaults, planGuards, VERSION } from './guard-plan';
import type { StepCounts } from './replica-counts';
import { basicCounts, blueGreenCounts, peakOf, routedCounts } from './replica-counts';
import type { EntryNames, OwnPath, RouterPlan } from './router-plan';
import { planRouter } from './router-plan';

/** One step of a canary. */
export type CanaryStep =
  | { readonly setCanaryScale: { readonly replicas: number } | { readonly matchTrafficWeight: true } }
  | { readonly setWeight: number }
  | { readonly judge: true }
  | { readonly wait: true };

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

/** The promised replicas at the minimum and at the maximum. */
interface Scale {
  readonly min: readonly StepCounts[];
  readonly max: readonly StepCounts[];
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
  readonly dynamicStableScale: { readonly value: boolean; readonly reason: string };
  readonly scaleDownDelay: number;
  readonly abortScaleDownDelay: number;
  readonly analysis: AnalysisPlan;
  readonly templates: { readonly guards: string; readonly faults: string };
  readonly guards: readonly GuardPlan[];
  readonly faults: readonly GuardPlan[];
  readonly prometheus: { readonly address: string; readonly authentication: AuthenticationPlan | undefined };
  readonly replicas: { readonly min: number; readonly max: number };
  readonly scale: Scale;
  /** Devices of both versions at the peak. */
  readonly peakDevices: number;
  readonly migration: Migration | undefined;
  readonly manualPromotion: boolean;
  readonly previewReplicas: number | undefined;
  readonly notifications: readonly NotificationSpec[];
  /** What the findings need besides the decisions. */
  readonly context: Pick<RolloutInput, 'spec' | 'scaler' | 'monitor' | 'entry' | 'pool'> & {
    readonly devicesPerReplica: number;
    readonly hashLabel: string;
    readonly stackName: string;
  };
}

const STABLE_SCALE_REASON = {
  true: 'the old version loses replicas as its share falls: the peak is smaller, an abort takes longer',
  false: 'the old version keeps its replicas until the end: an abort is instant',
};

/** Shares below the promotion. */
const sharesOf = (weights: readonly number[]): number[] => weights.filter((weight) => weight < DELIVERY.maxWeight);

/**
 * The steps of a canary. With a router, the first share costs one replica, which starts before it gets requests, and the
 * guards judge after each share.
 */
function canarySteps(
  shares: readonly number[],
  pinned: boolean,
  { full, wait }: { full: boolean; wait: boolean },
): CanaryStep[] {
  const judged = [...shares, ...(full ? [DELIVERY.maxWeight] : [])];
  return [
    ...(pinned ? [{ setCanaryScale: { replicas: 1 } }] : []),
    ...judged.flatMap((weight, index): CanaryStep[] => [
      ...(pinned && index === 1 ? [{ setCanaryScale: { matchTrafficWeight: true as const } }] : []),
      { setWeight: weight },
      { judge: true },
    ]),
    ...(wait ? [{ wait: true as const }] : []),
  ];
}

/** What is decided about the shares of a canary, and what they cost. */
function planShares(spec: RolloutSpec, router: RouterPlan, replicas: RolloutPlan['replicas']) {
  if (spec.strategy === 'blueGreen') {
    const previewReplicas = spec.manualPromotion ? (spec.previewReplicas ?? 1) : undefined;
    const at = (count: number): StepCounts[] => blueGreenCounts(count, previewReplicas ?? count);
    return {
      steps: [],
      firstJudged: 0,
      dynamic: false,
      previewReplicas,
      scale: { min: at(replicas.min), max: at(replicas.max) },
    };
  }
  const shares = sharesOf(spec.weights);
  const routed = router.kind !== 'none';
  const dynamic = routed && (spec.dynamicStableScale ?? DELIVERY.dynamicStableScale);
  // With more replicas, one could not carry the share.
  const pinned = routed && replicas.max * (shares[0] ?? 0) <= DELIVERY.maxWeight;
  const at = (count: number): StepCounts[] =>
    routed ? routedCounts(count, { weights: shares, pinned, dynamicStableScale: dynamic }) : basicCounts(count, shares);
  const steps = canarySteps(shares, pinned, { full: spec.analyzeFullWeight, wait: spec.manualPromotion });
  const firstJudged = steps.findIndex((step) => 'judge' in step);
  return {
    steps,
    firstJudged,
    dynamic,
    previewReplicas: undefined,
    scale: { min: at(replicas.min), max: at(replicas.max) },
  };
}

/** Decides everything about a canary or a blue-green rollout. */
export function planRollout(input: RolloutInput): RolloutPlan {
  const { spec, plan, watched, scaler, entry } = input;
  const { names, namespace } = plan;
  const router = planRouter(spec, { names, namespace, entry });
  const replicas = { min: Math.max(1, watched.replicas.min), max: watched.replicas.max };
  const { steps, firstJudged, dynamic, previewReplicas, scale } = planShares(spec, router, replicas);
  const analysis = planAnalysis(spec.analysis, watched.scrapeInterval);
  const guarded = { spec, watched, window: analysis.window.value };
  const { server: address = SCALING.prometheusAddress, authentication } = scaler ?? {};
  return {
    strategy: spec.strategy,
    rollout: names.workload,
    namespace,
    services: { stable: names.service, next: spec.strategy === 'canary' ? names.canaryService : names.nextService },
    port: plan.port,
    router,
    paths: input.paths,
    steps,
    firstJudged,
    dynamicStableScale: { value: dynamic, reason: STABLE_SCALE_REASON[`${dynamic}`] },
    scaleDownDelay: spec.scaleDownDelay ?? DELIVERY.scaleDownDelay,
    abortScaleDownDelay: spec.abortScaleDownDelay ?? DELIVERY.abortScaleDownDelay,
    analysis,
    templates: { guards: names.guards, faults: names.faults },
    guards: planGuards(guarded),
    faults: planFaults(guarded, { window: analysis.faults.window, pods: input.podsOfHash(VERSION.canary) }),
    prometheus: spec.prometheus ?? { address, authentication },
    replicas,
    scale,
    peakDevices: peakOf(scale.max) * plan.device.count,
    migration: spec.migration,
    manualPromotion: spec.manualPromotion,
    previewReplicas,
    notifications: spec.notifications,
    context: {
      spec,
      scaler,
      monitor: input.monitor,
      entry,
      pool: input.pool,
      devicesPerReplica: plan.device.count,
      hashLabel: hashLabel(watched),
      stackName: plan.name,
    },
  };
}
