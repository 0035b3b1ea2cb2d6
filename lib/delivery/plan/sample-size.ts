import { DELIVERY } from '../../defaults';
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

/** Share of the requests at which guards first judge, in percent. */
export const firstShare = ({ strategy, scale }: RolloutPlan): number =>
  strategy === 'canary' ? (scale.min[0]?.weight ?? DELIVERY.maxWeight) : DELIVERY.maxWeight;
