import { DELIVERY } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { decimal } from '../../units/decimal';
import { migrationReplicas, peakOf, routedCounts } from '../plan/replica-counts';
import type { RolloutPlan } from '../plan/rollout-plan';
import { wordOf } from '../plan/rollout-plan';

/** Shares that replicas cannot have, devices that are not there, and delays that nothing waits for. */
export const replicaFindings = (plan: RolloutPlan): Finding[] => [
  ...shareFindings(plan),
  ...previewFindings(plan),
  ...budgetFindings(plan),
  ...delayFindings(plan),
  ...podShareFindings(plan),
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
  const fix = `use a router, begin with ${Math.ceil(DELIVERY.maxWeight / least)} or more, or run at least ${enough} replicas`;
  return [error('canary-share-too-small', 'delivery.weights[0]', problem, fix)];
}

/** Argo Rollouts starts as many as it is told, also more than the stack has (argo-rollouts utils/replicaset/replicaset.go). */
function previewFindings({ previewReplicas, replicas }: RolloutPlan): Finding[] {
  if (previewReplicas === undefined || previewReplicas <= replicas.max) return [];
  const problem = `is ${previewReplicas}, and the stack has at most ${replicas.max} ${replicas.max === 1 ? 'replica' : 'replicas'}`;
  return [error('preview-replicas', 'delivery.previewReplicas', problem, `use ${replicas.max} or fewer`)];
}

/** Something that may need fewer devices. */
interface Alternative {
  readonly what: string;
  readonly devices: number;
}

function budgetFindings(plan: RolloutPlan): Finding[] {
  const { context, peak, peakDevices, dynamicPeak, replicas, migration } = plan;
  const { gpuBudget } = context.spec;
  if (gpuBudget === undefined || peakDevices <= gpuBudget) return [];
  const { devicesPerReplica } = context;
  const device = devicesPerReplica === 1 ? 'one device' : `${devicesPerReplica} devices`;
  const complain = (problem: string, fix: string): Finding[] => [
    error('rollout-gpu-budget', 'delivery.gpuBudget', problem, fix),
  ];
  if (peak.max === migrationReplicas(replicas.max, migration, context.scaler !== undefined)) {
    const problem = `is ${gpuBudget}, but a migration needs ${peakDevices}: ${replicas.max} replicas of the Deployment and ${replicas.max} of the Rollout, with ${device} for each`;
    return complain(problem, `set it to ${peakDevices}, or run fewer replicas until the migration is finished`);
  }
  const problem = `is ${gpuBudget}, but a ${wordOf(plan)} needs ${peakDevices}: ${replicas.max} replicas and ${peak.max - replicas.max} of the other version, with ${device} for each`;
  const alternatives: Alternative[] = [
    ...(dynamicPeak === undefined ? [] : [{ what: 'set dynamicStableScale: true', devices: dynamicPeak }]),
    ...smallerStep(plan),
    { what: 'use Delivery.rollingUpdate()', devices: (replicas.max + 1) * devicesPerReplica },
    { what: 'use Delivery.inPlace()', devices: replicas.max * devicesPerReplica },
  ];
  const fitting = alternatives.filter(({ devices }) => devices <= gpuBudget);
  const fix = [`set it to ${peakDevices}`, ...fitting.map((each) => `${each.what} (needs ${each.devices})`)];
  if (fitting.length === 0) fix.push('run fewer replicas');
  return complain(problem, fix.join(', or '));
}

/** Where the old version loses replicas, the last step to the promotion decides the peak. */
function smallerStep({ dynamicStableScale, scale, steps, replicas, context }: RolloutPlan): Alternative[] {
  if (!dynamicStableScale.value) return [];
  const pinned = steps.some((step) => 'setCanaryScale' in step);
  const weights = scale.max.map(({ weight }) => weight).filter((weight) => weight < DELIVERY.maxWeight);
  const last = Math.floor(((weights.at(-1) ?? 0) + DELIVERY.maxWeight) / 2);
  const peak = peakOf(routedCounts(replicas.max, { weights: [...weights, last], pinned, dynamicStableScale: true }));
  return [{ what: `add ${last} to weights`, devices: peak * context.devicesPerReplica }];
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

/** Without a router, the share of the old version is that of its pods, so it cannot keep them. */
function podShareFindings({ router, context: { spec } }: RolloutPlan): Finding[] {
  if (spec.strategy !== 'canary' || router.kind !== 'none' || spec.dynamicStableScale === undefined) return [];
  const problem = `is ${spec.dynamicStableScale}, and there is no router: the number of pods divides the requests, so old replicas always end one by one`;
  return [error('canary-needs-router', 'delivery.dynamicStableScale', problem, 'remove it, or use a router')];
}
