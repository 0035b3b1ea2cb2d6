import type { k8s } from 'cdk8s-plus-28';

/** What the platform knows about its nodes and passes to the exporter. */
export interface ExporterContext {
  /** Name of the platform; names of objects begin with it. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** Terms that mean "a node with a GPU"; one of them must hold. */
  readonly nodeAffinity: k8s.NodeSelectorTerm[];
  readonly tolerations: k8s.Toleration[];
  /** Extended resources of shared GPUs, such as `nvidia.com/gpu.shared`, which the exporter does not know by itself. */
  readonly resourceNames: string[];
  /** Several pods share a GPU, by time slicing or MPS. */
  readonly virtualGpus: boolean;
  /** Pods get GPUs by Dynamic Resource Allocation. */
  readonly dra: boolean;
  /** Labels that Prometheus selects monitors and rules by. */
  readonly monitoringLabels: Record<string, string>;
  /** The namespace is emitted too, with what the exporter needs of it. */
  readonly createNamespace?: boolean;
  /** RuntimeClass with which a container sees the GPUs, where it is not the default. */
  readonly runtimeClassName?: string;
}

/** Job of the exporter's target: monitors take it from this label of the Service, whatever the Service is called. */
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

/** Labels that the exporter's pods are found by. They never change: selectors must not. */
export function exporterSelector({ name }: ExporterContext): Record<string, string> {
  return { 'app.kubernetes.io/name': EXPORTER_JOB, 'app.kubernetes.io/instance': name };
}

/** Labels of every object of the exporter. */
export function exporterLabels(context: ExporterContext): Record<string, string> {
  return { ...context.labels, ...exporterSelector(context), 'app.kubernetes.io/component': 'metrics' };
}
