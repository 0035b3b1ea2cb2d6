import { DELIVERY } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { decimal } from '../../units/decimal';
import { peakOf } from '../plan/replica-counts';
import type { RolloutPlan } from '../plan/rollout-plan';

/** Shares that replicas cannot have, devices that are not there, and delays that nothing waits for. */
export const replicaFindings = (plan: RolloutPlan): Finding[] => [
  ...shareFindings(plan),
  ...budgetFindings(plan),
  ...delayFindings(plan),
];

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
  const { context, peakDevices, dynamicPeak, scale, replicas, strategy, dynamicStableScale } = plan;
  const { gpuBudget } = context.spec;
  if (gpuBudget === undefined || peakDevices <= gpuBudget) return [];
  const { devicesPerReplica } = context;
  const each = devicesPerReplica === 1 ? 'one device' : `${devicesPerReplica} devices`;
  const what = strategy === 'canary' ? 'canary' : 'blue-green rollout';
  const problem = `is ${gpuBudget}, but a ${what} needs ${peakDevices}: ${replicas.max} replicas and ${peakOf(scale.max) - replicas.max} of the other version, with ${each} for each`;
  const dynamic = dynamicPeak === undefined ? [] : [`set dynamicStableScale: true (${dynamicPeak})`];
  const surge = (replicas.max + 1) * devicesPerReplica;
  const others = [
    ...dynamic,
    ...(strategy === 'canary' && dynamicStableScale.value ? ['end weights in smaller steps'] : []),
    `use Delivery.rollingUpdate() (${surge})`,
    `use Delivery.inPlace() (${replicas.max * devicesPerReplica})`,
  ];
  return [error('rollout-gpu-budget', 'delivery.gpuBudget', problem, others.join(', or '))];
}

/** Argo Rollouts refuses these delays, or never completes an abort with them. */
function delayFindings({ strategy, router, dynamicStableScale, context: { spec } }: RolloutPlan): Finding[] {
  if (strategy !== 'canary') return [];
  const reason =
    router.kind === 'none'
      ? 'there is no router: the number of pods divides the requests, so old replicas end one by one'
      : dynamicStableScale.value
        ? 'dynamicStableScale is true: replicas follow the share of each version'
        : undefined;
  if (reason === undefined) return [];
  return (['scaleDownDelay', 'abortScaleDownDelay'] as const)
    .filter((property) => spec[property] !== undefined)
    .map((property) =>
      error('rollout-delay', `delivery.${property}`, `is ${spec[property]} s, and ${reason}`, 'remove it'),
    );
}
