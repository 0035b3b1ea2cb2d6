import type { KindFacts } from '../../plan/workload-facts';
import { SPREAD_KEY } from './spread-key';
import { singleNodeFlags } from './owned-flags';
import { replicaSetPods, replicaSetPodsOf } from './replica-set-pods';
import type { WorkloadKind } from './workload-kind';

/** As kube-state-metrics reports it (docs/metrics/workload/deployment-metrics.md). */
const FACTS: KindFacts = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  nodesPerReplica: 1,
  revisionLabel: SPREAD_KEY,
  exporter: { nameLabel: 'deployment', hidesNamespace: false },
  desiredReplicas: 'kube_deployment_spec_replicas',
  availableReplicas: 'kube_deployment_status_replicas_available',
  progress: {
    condition: 'kube_deployment_status_condition',
    generation: 'kube_deployment_status_observed_generation',
  },
};

/** Pods without order, each a replica. Kubernetes replaces them. */
export const DEPLOYMENT: WorkloadKind = {
  facts: FACTS,
  currentReplicas: 'kube_deployment_status_replicas',
  ownedFlags: singleNodeFlags(FACTS.kind),
  podPattern: replicaSetPods,
  podsOfHash: replicaSetPodsOf,
};
