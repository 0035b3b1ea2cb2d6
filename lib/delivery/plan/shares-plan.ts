import { DELIVERY } from '../../defaults';
import type { BlueGreenSpec, CanarySpec, RolloutSpec } from '../rollout-spec';
import type { StepCounts } from './replica-counts';
import { basicCounts, blueGreenCounts, peakOf, routedCounts } from './replica-counts';
import type { RouterPlan } from './router-plan';

/** One step of a canary. */
export type CanaryStep =
  | { readonly setCanaryScale: { readonly replicas: number } | { readonly matchTrafficWeight: true } }
  | { readonly setWeight: number }
  | { readonly judge: true }
  | { readonly wait: true };

/** The shares of both versions, and the replicas that they need: plain data. */
export interface SharesPlan {
  readonly steps: readonly CanaryStep[];
  /** Index of the step after the first weight, at which faults are first looked for. */
  readonly firstJudged: number;
  /** Whether the old version loses replicas as its share falls. */
  readonly dynamicStableScale: { readonly value: boolean; readonly reason: string };
  /** Replicas of a blue-green preview that waits for a person. */
  readonly previewReplicas: number | undefined;
  readonly scale: { readonly min: readonly StepCounts[]; readonly max: readonly StepCounts[] };
  /** Replicas at the peak with `dynamicStableScale`, where those are fewer. */
  readonly dynamicPeak: number | undefined;
}

interface Replicas {
  readonly min: number;
  readonly max: number;
}

const STABLE_SCALE_REASON = {
  true: 'the old version loses replicas as its share falls, so an abort takes as long as they need to load',
  false: 'the old version keeps its replicas until the end, so an abort is instant',
};

/**
 * The steps of a canary. With a router, the first share costs one replica, which starts before it gets requests. The guards
 * judge after each share.
 */
function canarySteps(shares: readonly number[], pinned: boolean, spec: CanarySpec): CanaryStep[] {
  const judged = [...shares, ...(spec.analyzeFullWeight ? [DELIVERY.maxWeight] : [])];
  return [
    ...(pinned ? [{ setCanaryScale: { replicas: 1 } }] : []),
    ...judged.flatMap((weight, index): CanaryStep[] => [
      ...(pinned && index === 1 ? [{ setCanaryScale: { matchTrafficWeight: true as const } }] : []),
      { setWeight: weight },
      { judge: true },
    ]),
    ...(spec.manualPromotion ? [{ wait: true as const }] : []),
  ];
}

function canaryShares(spec: CanarySpec, router: RouterPlan, replicas: Replicas): SharesPlan {
  const weights = spec.weights.filter((weight) => weight < DELIVERY.maxWeight);
  const routed = router.kind !== 'none';
  const dynamic = routed && (spec.dynamicStableScale ?? DELIVERY.dynamicStableScale);
  // With more replicas, one could not carry the share.
  const pinned = routed && replicas.max * (weights[0] ?? 0) <= DELIVERY.maxWeight;
  const routedAt = (count: number, dynamicStableScale: boolean): StepCounts[] =>
    routedCounts(count, { weights, pinned, dynamicStableScale });
  const at = (count: number): StepCounts[] => (routed ? routedAt(count, dynamic) : basicCounts(count, weights));
  const steps = canarySteps(weights, pinned, spec);
  const scale = { min: at(replicas.min), max: at(replicas.max) };
  const dynamicPeak = peakOf(routedAt(replicas.max, true));
  return {
    steps,
    firstJudged: steps.findIndex((step) => 'judge' in step),
    dynamicStableScale: { value: dynamic, reason: STABLE_SCALE_REASON[`${dynamic}`] },
    previewReplicas: undefined,
    scale,
    dynamicPeak: routed && dynamicPeak < peakOf(scale.max) ? dynamicPeak : undefined,
  };
}

function blueGreenShares({ manualPromotion, previewReplicas = 1 }: BlueGreenSpec, { min, max }: Replicas): SharesPlan {
  const preview = manualPromotion ? previewReplicas : undefined;
  const at = (count: number): StepCounts[] => blueGreenCounts(count, preview ?? count);
  return {
    steps: [],
    firstJudged: 0,
    dynamicStableScale: { value: false, reason: STABLE_SCALE_REASON.false },
    previewReplicas: preview,
    scale: { min: at(min), max: at(max) },
    dynamicPeak: undefined,
  };
}

/** Decides the shares of both versions. */
export function planShares(spec: RolloutSpec, router: RouterPlan, replicas: Replicas): SharesPlan {
  return spec.strategy === 'canary' ? canaryShares(spec, router, replicas) : blueGreenShares(spec, replicas);
}
