import type { KindFacts } from '../../plan/workload-facts';
import { singleNodeFlags } from './owned-flags';
import { replicaSetPods, replicaSetPodsOf } from './replica-set-pods';
import type { WorkloadKind } from './workload-kind';

/**
 * A Rollout as the controller of Argo Rollouts reports it (argo-rollouts controller/metrics/prommetrics.go); its pod
 * label is in pkg/apis/rollouts/v1alpha1/types.go.
 */
const FACTS: KindFacts = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  nodesPerReplica: 1,
  revisionLabel: 'rollouts-pod-template-hash',
  exporter: { nameLabel: 'name', hidesNamespace: true },
  desiredReplicas: 'rollout_info_replicas_desired',
  availableReplicas: 'rollout_info_replicas_available',
  canary: { info: 'rollout_info', analysis: 'analysis_run_info' },
};

/** Pods without order, each a replica. Argo Rollouts replaces them, as a canary or as a blue-green rollout. */
export const ROLLOUT: WorkloadKind = {
  facts: FACTS,
  currentReplicas: 'rollout_info_replicas_available',
  ownedFlags: singleNodeFlags(FACTS.kind),
  podPattern: replicaSetPods,
  podsOfHash: replicaSetPodsOf,
};
