import { kubeManifest } from '../../emit/kube-manifest';
import { objectMetadata } from '../object-metadata';
import { claimOfPod } from '../pod/claim-template';
import { merge } from '../pod/merge';
import { podTemplate } from '../pod/pod-template';
import type { WorkloadPlan } from '../workload-plan';
import { DEPLOYMENT } from './deployment';

/** The Deployment, with the user's overrides merged over its pod template. */
export function deployment(workload: WorkloadPlan): object {
  const { plan, selector, replicas } = workload;
  const { strategy, maxSurge, maxUnavailable } = workload.strategy;
  const own: unknown = kubeManifest('Deployment', {
    metadata: objectMetadata(workload, plan.names.workload),
    spec: {
      replicas,
      progressDeadlineSeconds: plan.timing.progressDeadline.value,
      selector: { matchLabels: { ...selector } },
      strategy: {
        type: strategy,
        rollingUpdate: maxUnavailable === undefined ? undefined : { maxSurge, maxUnavailable },
      },
      template: podTemplate(workload, DEPLOYMENT.facts.revisionLabel),
    },
  });
  const claimed = merge(own, { spec: { template: claimOfPod(workload) } });
  return merge(claimed, { spec: { template: workload.podTemplateOverrides } }) as object;
}
