import type { k8s } from 'cdk8s-plus-28';
import { kubeManifest } from '../emit/kube-manifest';
import type { StackPlan } from '../plan/stack-plan';
import { merge } from './pod/merge';
import { claimOfPod } from './pod/claim-template';
import { optionalMap, podTemplate } from './pod/pod-template';
import type { WorkloadPlan } from './workload-plan';

function metadata({ plan, labels, annotations }: WorkloadPlan, name: string): k8s.ObjectMeta {
  return { name, namespace: plan.namespace, labels: { ...labels }, annotations: optionalMap(annotations) };
}

/** The Deployment, with the user's overrides laid over its pod template. */
export function deployment(workload: WorkloadPlan): object {
  const { plan, selector, replicas } = workload;
  const { strategy, maxSurge, maxUnavailable } = workload.strategy;
  const manifest: unknown = kubeManifest('Deployment', {
    metadata: metadata(workload, plan.names.deployment),
    spec: {
      replicas,
      progressDeadlineSeconds: plan.timing.progressDeadline.value,
      selector: { matchLabels: { ...selector } },
      strategy: {
        type: strategy,
        rollingUpdate: maxUnavailable === undefined ? undefined : { maxSurge, maxUnavailable },
      },
      template: podTemplate(workload),
    },
  });
  const claimed = merge(manifest, { spec: { template: claimOfPod(workload) } });
  return merge(claimed, { spec: { template: workload.podTemplateOverrides } }) as object;
}

/** The Deployment as a scaler refers to it. */
export function deploymentTarget({ names: { deployment: name } }: StackPlan, namespace: string | undefined) {
  const selector = `{namespace="${namespace ?? ''}",deployment="${name}"}`;
  // From kube-state-metrics: vLLM's own series end with the last replica.
  const noReplicas = `sum(kube_deployment_status_replicas${selector}) == 0`;
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, noReplicas };
}

/** The Service, with a named port that the pod decides. */
export function service(workload: WorkloadPlan): object {
  const { plan, selector } = workload;
  return kubeManifest('Service', {
    metadata: metadata(workload, plan.names.service),
    spec: {
      type: 'ClusterIP',
      selector: { ...selector },
      ports: [{ name: 'http', port: plan.port, targetPort: 'http' }],
    },
  });
}

/** An account of the stack's own, without token: rights and cloud roles can be given to it alone. */
export function serviceAccount(workload: WorkloadPlan): object {
  return kubeManifest('ServiceAccount', {
    metadata: {
      ...metadata(workload, workload.plan.names.serviceAccount),
      annotations: optionalMap(workload.serviceAccountAnnotations),
    },
    automountServiceAccountToken: false,
  });
}

/** The PodDisruptionBudget. Pods that are not ready never block a drain: they serve nobody. */
export function disruptionBudget(workload: WorkloadPlan): object {
  const { plan, selector, disruption } = workload;
  return kubeManifest('PodDisruptionBudget', {
    metadata: metadata(workload, plan.names.disruptionBudget),
    spec: {
      selector: { matchLabels: { ...selector } },
      ...('minAvailable' in disruption
        ? { minAvailable: disruption.minAvailable }
        : { maxUnavailable: disruption.maxUnavailable }),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}

/** The NetworkPolicy: the named namespaces and, unless said otherwise, the own one reach the HTTP port, nobody reaches another port. */
export function networkPolicy(
  workload: WorkloadPlan,
  { ownNamespace, namespaces }: NonNullable<WorkloadPlan['network']>,
): object {
  const { plan, selector } = workload;
  const named = namespaces.map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  const from = [...(ownNamespace ? [{ podSelector: {} }] : []), ...named];
  return kubeManifest('NetworkPolicy', {
    metadata: metadata(workload, plan.names.networkPolicy),
    spec: {
      podSelector: { matchLabels: { ...selector } },
      policyTypes: ['Ingress'],
      // A rule from nobody would be a rule from everybody: an empty list of sources matches all of them.
      ingress: from.length === 0 ? [] : [{ from, ports: [{ port: 'http' }] }],
    },
  });
}
