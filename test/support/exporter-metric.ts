/** A metric of an exporter that is not vLLM, as rules and dashboards may name it. */
export interface ExporterMetric {
  readonly name: string;
  readonly exporter: Exporter;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Labels besides those of the target. */
  readonly labels: readonly string[];
  /** When the series exist. Unset: whenever the exporter runs and the object of the series exists. */
  readonly when?: string;
  readonly unit?: string;
}

export type Exporter = 'prometheus' | 'dcgm' | 'kube-state-metrics' | 'keda' | 'argo-rollouts' | 'gateway';
