import { kubeManifest } from '../../emit/kube-manifest';
import { objectMetadata } from '../object-metadata';
import type { podTemplate } from '../pod/pod-template';
import type { Strategy, WorkloadPlan } from '../workload-plan';
import { fullTemplate } from './full-template';

/** The Deployment, with the user's overrides merged over its pod template. */
export function deployment(workload: WorkloadPlan, set: Strategy = workload.strategy): object {
  const { plan, selector, replicas } = workload;
  const { strategy, maxSurge, maxUnavailable } = set;
  return kubeManifest('Deployment', {
    metadata: { ...objectMetadata(workload, plan.names.workload), labels: { ...workload.workloadLabels } },
    spec: {
      replicas,
      progressDeadlineSeconds: plan.timing.progressDeadline.value,
      selector: { matchLabels: { ...selector } },
      strategy: {
        type: strategy,
        rollingUpdate: maxUnavailable === undefined ? undefined : { maxSurge, maxUnavailable },
      },
      template: fullTemplate(workload) as ReturnType<typeof podTemplate>,
    },
  });
}
