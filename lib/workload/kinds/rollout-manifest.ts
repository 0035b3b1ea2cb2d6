import type { RolloutProps } from '../../../imports/argoproj.io';
import type { WorkloadPlan } from '../workload-plan';
import { objectMetadata } from '../object-metadata';
import { DEPLOYMENT } from './deployment';
import { fullTemplate } from './full-template';
import { ROLLOUT } from './rollout';

/** What a Rollout has besides the fields of a Deployment. */
export interface RolloutParts {
  readonly strategy: NonNullable<RolloutProps['spec']>['strategy'];
  /** Annotations of the Rollout alone. */
  readonly annotations: Readonly<Record<string, string>>;
  /** When the Deployment whose template it runs loses its replicas; undefined for a template of its own. */
  readonly scaleDownDeployment: 'progressively' | 'never' | undefined;
}

/**
 * The Rollout, with the pod template of a Deployment. It aborts at its progress deadline: without that, a version that
 * does not start would hold its GPUs until someone looks.
 */
export function rollout(workload: WorkloadPlan, parts: RolloutParts): object {
  const { plan, selector, replicas } = workload;
  const { strategy, annotations, scaleDownDeployment: scaleDown } = parts;
  const metadata = { ...objectMetadata(workload, plan.names.workload), labels: { ...workload.workloadLabels } };
  const reference = { apiVersion: DEPLOYMENT.facts.apiVersion, kind: DEPLOYMENT.facts.kind, name: plan.names.workload };
  const all = { ...metadata.annotations, ...annotations };
  const spec: RolloutProps['spec'] = {
    replicas,
    progressDeadlineSeconds: plan.timing.progressDeadline.value,
    progressDeadlineAbort: true,
    selector: { matchLabels: { ...selector } },
    strategy,
    ...(scaleDown === undefined
      ? { template: fullTemplate(workload) }
      : { workloadRef: { ...reference, scaleDown: scaleDown as never } }),
  };
  const { apiVersion, kind } = ROLLOUT.facts;
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, annotations: Object.keys(all).length > 0 ? all : undefined },
    spec,
  };
}
