/**
 * Job of the exporter's target. Monitors take it from this label of the Service, so it does not depend on the Service's
 * name.
 */
export const EXPORTER_JOB = 'dcgm-exporter';

/** DaemonSet of the GPU Operator's exporter, and its job by label `app` (NVIDIA/gpu-operator assets/state-dcgm-exporter). */
export const OPERATOR_EXPORTER = 'nvidia-dcgm-exporter';

/** Names of the exporter's objects; no two kinds share one. */
export function exporterNames(platform: string) {
  const name = `${platform}-dcgm`;
  return {
    daemonSet: name,
    counters: `${name}-counters`,
    service: `${name}-svc`,
    serviceAccount: `${name}-sa`,
    clusterRole: `${name}-read`,
    clusterRoleBinding: `${name}-read-binding`,
    monitor: `${name}-scrape`,
    rules: `${name}-rules`,
  };
}
