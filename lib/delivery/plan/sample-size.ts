import { DELIVERY } from '../../defaults';
import { decimal } from '../../units/decimal';
import type { GuardPlan } from './guard-plan';
import type { RolloutPlan } from './rollout-plan';

/** A guard that needs a number of requests. */
type Counting = GuardPlan & { readonly minRequests: number };

/** The guard that needs the most requests; undefined when none needs a number. */
export function neediest(guards: readonly GuardPlan[]): Counting | undefined {
  const counting = guards.flatMap((guard) =>
    guard.minRequests === undefined ? [] : [{ ...guard, minRequests: guard.minRequests }],
  );
  return counting.sort((one, other) => other.minRequests - one.minRequests)[0];
}

/** Share of the requests at which guards first judge, in percent. Without a router, pods may come below the weight. */
export function firstShare({ strategy, router, scale }: RolloutPlan): number {
  const [first] = scale.min;
  if (strategy !== 'canary' || first === undefined) return DELIVERY.maxWeight;
  const { weight, canary, stable } = first;
  if (router.kind !== 'none') return weight;
  return Math.min(weight, decimal(Math.floor((10 * DELIVERY.maxWeight * canary) / (canary + stable)) / 10));
}
