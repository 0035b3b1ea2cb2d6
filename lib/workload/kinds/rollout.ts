import type { KindFacts } from '../../plan/workload-facts';

/**
 * A Rollout as the controller of Argo Rollouts reports it (argo-rollouts controller/metrics/prometheus.go); its pod
 * label is in pkg/apis/rollouts/v1alpha1/types.go.
 */
export const ROLLOUT: KindFacts = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  nodesPerReplica: 1,
  revisionLabel: 'rollouts-pod-template-hash',
  exporter: { nameLabel: 'name', hidesNamespace: true },
  desiredReplicas: 'rollout_info_replicas_desired',
  availableReplicas: 'rollout_info_replicas_available',
  canary: { info: 'rollout_info', analysis: 'analysis_run_info' },
};
