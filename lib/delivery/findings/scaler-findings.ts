import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import type { RolloutPlan } from '../plan/rollout-plan';

/** Replicas up to which one pod more is outside of the autoscaler's own tolerance of 10 %. */
const STEADY_REPLICAS = 8;

/**
 * The autoscaler divides a total by the pods of both versions (argo-rollouts rollout/canary.go, `HPAReplicas`). Within its
 * tolerance of 10 % it takes their number for the desired one (kubernetes pkg/controller/podautoscaler).
 */
export function scalerFindings(plan: RolloutPlan): Finding[] {
  const { strategy, replicas, router, context } = plan;
  const { scaler } = context;
  if (scaler === undefined) return [];
  const findings: Finding[] = [];
  if (scaler.toZero) {
    const problem =
      'is set, and the delivery is a Rollout: without replicas there is nothing to compare, so a new version would wait at its first step, or get all requests unjudged';
    const fix = 'remove it, or use Delivery.rollingUpdate()';
    findings.push(error('rollout-scale-to-zero', 'scaling.scaleToZero', problem, fix));
  }
  if (strategy === 'blueGreen') return findings;
  for (const { index, name } of scaler.averages) {
    const problem = `scales on "${name}", a mean over all pods: the autoscaler multiplies it by the pods of both versions, so replicas grow during a canary until the maximum`;
    const fix = 'use a signal that is a total of all replicas, for example Signal.inFlightRequests()';
    findings.push(error('canary-signal-average', `scaling.signals[${index}]`, problem, fix));
  }
  if (router.kind !== 'none' && replicas.max > STEADY_REPLICAS + 1) {
    const most = Math.min(replicas.max, Math.floor(replicas.max * 1.1));
    const problem = `allows ${replicas.max} replicas: before Kubernetes 1.35, the autoscaler ignores its tolerance of 0, takes the canary's pod for a desired one, and may creep from ${STEADY_REPLICAS + 1} replicas or more by a tenth, up to ${most}, until the share grows`;
    findings.push(
      notice('canary-scaler-creep', 'scaling.maxReplicas', problem, 'nothing to do from Kubernetes 1.35 on'),
    );
  }
  return findings;
}
