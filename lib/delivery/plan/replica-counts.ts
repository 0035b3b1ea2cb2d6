import { DELIVERY } from '../../defaults';
import { Migration } from '../migration';

/** Replicas of both versions at one share of the requests. */
export interface StepCounts {
  /** Share of the new version, in percent. */
  readonly weight: number;
  readonly canary: number;
  readonly stable: number;
  /** Replicas of both on the way to this step: the new ones must be ready before old ones are removed. */
  readonly peak: number;
}

/** What the counts of a canary with a router depend on. */
export interface RoutedScale {
  readonly weights: readonly number[];
  /** Whether the first step has one replica, whatever its weight. */
  readonly pinned: boolean;
  readonly dynamicStableScale: boolean;
}

/** argo-rollouts utils/replicaset/canary.go, trafficWeightToReplicas. */
const shareOf = (replicas: number, weight: number): number => Math.ceil((weight * replicas) / DELIVERY.maxWeight);

/** Replicas at each share with a router; the last one is the promotion (CalculateReplicaCountsForTrafficRoutedCanary). */
export function routedCounts(replicas: number, { weights, pinned, dynamicStableScale }: RoutedScale): StepCounts[] {
  const stableAt = (weight: number): number =>
    dynamicStableScale ? shareOf(replicas, DELIVERY.maxWeight - weight) : replicas;
  return [...weights, DELIVERY.maxWeight].map((weight, index) => {
    const canary = pinned && index === 0 ? 1 : shareOf(replicas, weight);
    const before = weights[index - 1] ?? 0;
    return { weight, canary, stable: stableAt(weight), peak: canary + stableAt(before) };
  });
}

/** Replicas that come closest to a share without a router, with one more than desired (approximateWeightedCanaryStableReplicaCounts). */
function closest(replicas: number, weight: number): { canary: number; total: number } {
  const ideal = (replicas * weight) / DELIVERY.maxWeight;
  const [more, fewer] = [Math.ceil(ideal), Math.floor(ideal)];
  // Two counts that are equally far away: the larger one wins.
  const isTied = (total: number): boolean => ((total * weight) / DELIVERY.maxWeight) % 1 === 0.5;
  const isFull = weight === DELIVERY.maxWeight;
  const options = [
    ...(more < replicas || isFull ? [{ canary: more, total: replicas }] : []),
    ...(!isTied(replicas) && (fewer > 0 || isFull) ? [{ canary: fewer, total: replicas }] : []),
    { canary: more, total: replicas + 1 },
    ...(!isTied(replicas + 1) && (fewer > 0 || isFull) ? [{ canary: fewer, total: replicas + 1 }] : []),
  ];
  const distance = ({ canary, total }: { canary: number; total: number }): number =>
    Math.abs((canary * DELIVERY.maxWeight) / total - weight);
  return options.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

/** Replicas at each share without a router: their number divides the requests. */
export function basicCounts(replicas: number, weights: readonly number[]): StepCounts[] {
  const steps = weights.map((weight) => {
    const { canary, total } = closest(replicas, weight);
    return { weight, canary, stable: total - canary, peak: replicas + 1 };
  });
  return [...steps, { weight: DELIVERY.maxWeight, canary: replicas, stable: 0, peak: replicas + 1 }];
}

/** Replicas of a blue-green rollout: the preview, and the switch. */
export function blueGreenCounts(replicas: number, preview: number): StepCounts[] {
  return [
    { weight: 0, canary: preview, stable: replicas, peak: replicas + preview },
    { weight: DELIVERY.maxWeight, canary: replicas, stable: replicas, peak: 2 * replicas },
  ];
}

/**
 * Replicas of both workloads of a migration, each with all of its own. None for a Deployment with a fixed number: it loses
 * one for each that the Rollout has ready, so a migration needs no more than a rollout.
 */
export function migrationReplicas(replicas: number, migration: Migration | undefined, scaled: boolean): number {
  const gives = migration === Migration.FROM_DEPLOYMENT && !scaled;
  return migration === undefined || gives ? 0 : 2 * replicas;
}

/** The most replicas of both versions together. */
export const peakOf = (counts: readonly StepCounts[]): number => Math.max(...counts.map(({ peak }) => peak));
