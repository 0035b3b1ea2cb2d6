import { DELIVERY } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { decimal } from '../../units/decimal';
import { peakOf, routedCounts } from '../plan/replica-counts';
import type { RolloutPlan } from '../plan/rollout-plan';

/** Shares that replicas cannot have, and devices that are not there. */
export const replicaFindings = (plan: RolloutPlan): Finding[] => [...shareFindings(plan), ...budgetFindings(plan)];

const percent = (part: number, total: number): number => decimal(Math.round((1000 * part) / total) / 10);

/** Without a router, the smallest share is that of one pod. */
function shareFindings({ context: { spec }, router, scale, replicas }: RolloutPlan): Finding[] {
  if (spec.strategy !== 'canary' || router.kind !== 'none') return [];
  const [first] = scale.min;
  const least = replicas.min + 1;
  if (first === undefined || first.weight * least >= DELIVERY.maxWeight) return [];
  const share = percent(1, least);
  const enough = Math.ceil(DELIVERY.maxWeight / first.weight) - 1;
  const problem = `is ${first.weight}, and there is no router: with ${replicas.min} ${replicas.min === 1 ? 'replica' : 'replicas'} one new pod is 1 of ${least} pods, so it gets ${share} % of the requests`;
  const fix = `use a router, begin with ${Math.ceil(share)} or more, or run at least ${enough} replicas`;
  return [error('canary-share-too-small', 'delivery.weights[0]', problem, fix)];
}

function budgetFindings(plan: RolloutPlan): Finding[] {
  const { context, peakDevices, scale, replicas, strategy, router, dynamicStableScale } = plan;
  const { gpuBudget } = context.spec;
  if (gpuBudget === undefined || peakDevices <= gpuBudget) return [];
  const { devicesPerReplica } = context;
  const each = devicesPerReplica === 1 ? 'one device' : `${devicesPerReplica} devices`;
  const what = strategy === 'canary' ? 'canary' : 'blue-green rollout';
  const problem = `is ${gpuBudget}, but a ${what} needs ${peakDevices}: ${replicas.max} replicas and ${peakOf(scale.max) - replicas.max} of the other version, with ${each} for each`;
  const dynamic =
    strategy === 'canary' && router.kind !== 'none' && !dynamicStableScale.value
      ? [`remove dynamicStableScale: false (${dynamicPeak(plan) * devicesPerReplica})`]
      : [];
  const surge = (replicas.max + 1) * devicesPerReplica;
  const others = [
    ...dynamic,
    ...(strategy === 'canary' && dynamicStableScale.value ? ['end weights in smaller steps'] : []),
    `use Delivery.rollingUpdate() (${surge})`,
    `use Delivery.inPlace() (${replicas.max * devicesPerReplica})`,
  ];
  return [error('rollout-gpu-budget', 'delivery.gpuBudget', problem, others.join(', or '))];
}

/** The peak of the same canary whose old version loses replicas. */
function dynamicPeak({ replicas, scale, steps }: RolloutPlan): number {
  const weights = scale.max.map(({ weight }) => weight).filter((weight) => weight < DELIVERY.maxWeight);
  const pinned = steps.some((step) => 'setCanaryScale' in step);
  return peakOf(routedCounts(replicas.max, { weights, pinned, dynamicStableScale: true }));
}
