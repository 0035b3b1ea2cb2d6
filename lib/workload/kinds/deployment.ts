import { kubeManifest } from '../../emit/kube-manifest';
import type { KindFacts } from '../../plan/workload-facts';
import { objectMetadata } from '../object-metadata';
import { claimOfPod } from '../pod/claim-template';
import { merge } from '../pod/merge';
import { podTemplate } from '../pod/pod-template';
import type { WorkloadPlan } from '../workload-plan';
import { replicaSetPods } from './replica-set-pods';
import type { WorkloadKind } from './workload-kind';

/** As kube-state-metrics reports it (docs/metrics/workload/deployment-metrics.md). */
const FACTS: KindFacts = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  nodesPerReplica: 1,
  revisionLabel: 'pod-template-hash',
  exporter: { nameLabel: 'deployment', hidesNamespace: false },
  desiredReplicas: 'kube_deployment_spec_replicas',
  availableReplicas: 'kube_deployment_status_replicas_available',
  progress: {
    condition: 'kube_deployment_status_condition',
    generation: 'kube_deployment_status_observed_generation',
  },
};

const ONE_NODE = 'remove it: a Deployment runs each replica on one node';

/** The Deployment, with the user's overrides merged over its pod template. */
function manifest(workload: WorkloadPlan): object {
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
      template: podTemplate(workload, FACTS.revisionLabel),
    },
  });
  const claimed = merge(own, { spec: { template: claimOfPod(workload) } });
  return merge(claimed, { spec: { template: workload.podTemplateOverrides } }) as object;
}

/** Pods without order, each a replica. Kubernetes replaces them. */
export const DEPLOYMENT: WorkloadKind = {
  facts: FACTS,
  currentReplicas: 'kube_deployment_status_replicas',
  ownedFlags: {
    '--nnodes': ONE_NODE,
    '--node-rank': ONE_NODE,
    '--master-addr': ONE_NODE,
    '--master-port': ONE_NODE,
    '--data-parallel-address': ONE_NODE,
    '--data-parallel-start-rank': ONE_NODE,
    '--data-parallel-rank':
      'remove it: all pods of a Deployment have the same arguments, so all would have the same rank',
  },
  podPattern: replicaSetPods,
  manifest,
};
