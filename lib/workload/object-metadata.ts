import type { k8s } from 'cdk8s-plus-28';
import { optionalMap } from './pod/pod-template';
import type { WorkloadPlan } from './workload-plan';

/** Metadata of an object of the stack. */
export function objectMetadata({ plan, labels, annotations }: WorkloadPlan, name: string): k8s.ObjectMeta {
  return { name, namespace: plan.namespace, labels: { ...labels }, annotations: optionalMap(annotations) };
}
