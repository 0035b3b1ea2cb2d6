import { kubeManifest } from '../emit/kube-manifest';
import { objectMetadata } from './object-metadata';
import { optionalMap } from './pod/pod-template';
import type { WorkloadPlan } from './workload-plan';

/** An account of the stack's own, without token: rights and cloud roles can be given to it alone. */
export function serviceAccount(workload: WorkloadPlan): object {
  return kubeManifest('ServiceAccount', {
    metadata: {
      ...objectMetadata(workload, workload.plan.names.serviceAccount),
      annotations: optionalMap(workload.serviceAccountAnnotations),
    },
    automountServiceAccountToken: false,
  });
}
