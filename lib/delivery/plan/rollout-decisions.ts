import { DELIVERY } from '../../defaults';
import type { Decision } from '../../defaults/decision';
import { decimal } from '../../units/decimal';
import { stepTime } from './analysis-plan';
import type { StepCounts } from './replica-counts';
import type { RolloutPlan } from './rollout-plan';
import { wordOf } from './rollout-plan';
import { firstShare, neediest } from './sample-size';

const minutes = (seconds: number): number => decimal(Math.round(seconds / 6) / 10);

const counts = (steps: readonly StepCounts[]): string =>
  steps.map(({ weight, canary, stable }) => `${weight} %: ${canary} new, ${stable} old`).join('; ');

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Why both versions have these replicas. */
function reasonOf({ strategy, router, dynamicStableScale }: RolloutPlan): string {
  if (strategy === 'blueGreen') return 'all requests change to the new version at once';
  return router.kind === 'none' ? 'the number of pods divides the requests' : dynamicStableScale.reason;
}

/** The decided numbers of a rollout in words. */
export function rolloutDecisions(plan: RolloutPlan): Decision[] {
  const { strategy, scale, replicas, peak, peakDevices, dynamicPeak, analysis, context } = plan;
  const canary = strategy === 'canary';
  const [fast, slow] = stepTime(analysis);
  const guard = neediest(plan.guards);
  const share = firstShare(plan);
  const { devicesPerReplica } = context;
  return [
    {
      what: `replicas of a ${wordOf(plan)}`,
      value: counts(scale.max),
      reason: `at ${plural(replicas.max, 'replica')}; ${reasonOf(plan)}`,
    },
    {
      what: 'peak devices of both versions',
      value: String(peakDevices),
      reason: [
        `${plural(peak.max, 'replica')} with ${plural(devicesPerReplica, 'device')} each`,
        ...(replicas.min < replicas.max ? [`${peak.min * devicesPerReplica} at minReplicas (${replicas.min})`] : []),
        ...(dynamicPeak === undefined ? [] : [`${dynamicPeak} with dynamicStableScale: true`]),
      ].join('; '),
    },
    {
      what: canary ? 'time of a step' : 'time until the verdict',
      value: `${minutes(fast)} to ${minutes(slow)} min`,
      reason: `${analysis.initialDelay.reason}; then ${analysis.successes} to ${analysis.measurements} measurements every ${analysis.interval.value} s`,
    },
    ...(guard
      ? [
          {
            what: 'requests that the guards need',
            value: `${guard.minRequests} in ${analysis.window.value} s`,
            reason: `for ${guard.name}: at ${share} %, the stack needs ${decimal(Math.round((10 * guard.minRequests * DELIVERY.maxWeight) / (share * analysis.window.value)) / 10)} per second; with fewer, the rollout pauses`,
          },
        ]
      : []),
  ];
}
