import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import { optionalMap } from './pod/pod-template';
import type { WorkloadPlan } from './workload-plan';

/** The stack's own ServiceAccount, without a token: roles and cloud roles can be bound to this stack only. */
export function serviceAccount(workload: WorkloadPlan): object {
  return kubeManifest('ServiceAccount', {
    metadata: {
      ...objectMetadata(workload, workload.plan.names.serviceAccount),
      annotations: optionalMap(workload.serviceAccountAnnotations),
    },
    automountServiceAccountToken: false,
  });
}
