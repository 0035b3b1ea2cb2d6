/**
 * Replicas of a canary as the controller of Argo Rollouts counts them (argo-rollouts utils/replicaset/canary.go): an own
 * reading of its code, to compare with what the library decides.
 */

/** Replicas of both versions at a share, and the most on the way to it. */
export interface Counts {
  readonly weight: number;
  readonly canary: number;
  readonly stable: number;
  readonly peak: number;
}

/** A step as a Rollout has it. */
export interface Step {
  readonly setWeight?: number;
  readonly setCanaryScale?: { readonly replicas?: number; readonly matchTrafficWeight?: boolean };
}

const MAX_WEIGHT = 100;

/** trafficWeightToReplicas. */
const replicasFor = (replicas: number, weight: number): number => Math.ceil((weight * replicas) / MAX_WEIGHT);

/** UseSetCanaryScale: the last such step that has begun. */
function fixedScale(steps: readonly Step[], index: number): number | undefined {
  for (const step of steps.slice(0, index + 1).toReversed()) {
    if (step.setCanaryScale) return step.setCanaryScale.replicas;
  }
  return undefined;
}

/** GetCurrentSetWeight. */
function weightAt(steps: readonly Step[], index: number): number {
  if (index >= steps.length) return MAX_WEIGHT;
  return steps.slice(0, index + 1).reduce((weight, step) => step.setWeight ?? weight, 0);
}

/**
 * A canary with a router, step by step (CalculateReplicaCountsForTrafficRoutedCanary): the new pods start, then the weight
 * moves, then the old ones end. The result has an item for each share, the promotion last.
 */
export function walkRouted(replicas: number, steps: readonly Step[], dynamicStableScale: boolean): Counts[] {
  const found: Counts[] = [];
  let actual = 0;
  let peak = 0;
  for (let index = 0; index <= steps.length; index += 1) {
    const desired = weightAt(steps, index);
    const canary = (index < steps.length ? fixedScale(steps, index) : undefined) ?? replicasFor(replicas, desired);
    const stableAt = (weight: number): number =>
      dynamicStableScale
        ? Math.max(replicasFor(replicas, MAX_WEIGHT - weight), replicasFor(replicas, MAX_WEIGHT - desired))
        : replicas;
    // The weight is that of the step before until the new pods are available.
    peak = Math.max(peak, canary + stableAt(actual));
    actual = desired;
    const isShare = index === steps.length || steps[index]?.setWeight !== undefined;
    if (!isShare) continue;
    found.push({ weight: desired, canary, stable: stableAt(actual), peak });
    peak = 0;
  }
  return found;
}

/** floorCeilingTied, with its arithmetic. */
const isTied = (weight: number, total: number): boolean => (total * (weight / MAX_WEIGHT)) % 1 === 0.5;

/** A canary without a router at one share (approximateWeightedCanaryStableReplicaCounts). */
export function basicAt(replicas: number, weight: number, maxSurge: number): { canary: number; stable: number } {
  const [ceil, floor] = [Math.ceil((replicas * weight) / MAX_WEIGHT), Math.floor((replicas * weight) / MAX_WEIGHT)];
  const zeroAllowed = weight === MAX_WEIGHT || weight === 0 || (replicas === 1 && maxSurge === 0);
  const options: [canary: number, total: number][] = [];
  if (ceil < replicas || zeroAllowed) options.push([ceil, replicas]);
  if (!isTied(weight, replicas) && (floor !== 0 || zeroAllowed)) options.push([floor, replicas]);
  if (maxSurge > 0) {
    options.push([ceil, replicas + 1]);
    if (!isTied(weight, replicas + 1) && (floor !== 0 || zeroAllowed)) options.push([floor, replicas + 1]);
  }
  let best = options[0];
  for (const option of options) {
    const distance = ([canary, total]: [number, number]) => Math.abs((canary * MAX_WEIGHT) / total - weight);
    if (best && distance(option) < distance(best)) best = option;
  }
  if (best === undefined) return { canary: 0, stable: replicas };
  return { canary: best[0], stable: best[1] - best[0] };
}
