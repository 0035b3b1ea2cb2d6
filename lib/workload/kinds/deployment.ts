import type { KindFacts } from '../../plan/workload-facts';
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
};
