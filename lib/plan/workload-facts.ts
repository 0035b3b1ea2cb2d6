/**
 * What alerts, dashboards, objectives, cost and scaling must know about a kind of workload: its data from
 * `lib/workload/kinds/`, which the stack passes to them. A series is a name; `exporter` has the labels of the workload.
 */
export interface KindFacts {
  readonly apiVersion: string;
  readonly kind: string;
  /** Pods of one replica, each on a node of its own. */
  readonly nodesPerReplica: number;
  /** Label of the pods with the hash of their template: it differs between revisions. */
  readonly revisionLabel: string;
  readonly exporter: {
    /** Label with the name of the workload: `deployment`. */
    readonly nameLabel: string;
    /** Whether `namespace` may be the exporter's own; that of the workload is in `exported_namespace` then. */
    readonly hidesNamespace: boolean;
  };
  /** Series of the desired replicas, without the workload's labels. */
  readonly desiredReplicas: string;
  /** Series of the available replicas. */
  readonly availableReplicas: string;
  /** Series about a change of the pods, for a kind that does not revert a failed one. */
  readonly progress?: { readonly condition: string; readonly generation: string };
  /** Series about canaries, for a kind that reverts a failed one. */
  readonly canary?: { readonly info: string; readonly analysis: string };
}

/** One workload: its name and the facts of its kind. */
export interface WorkloadFacts extends KindFacts {
  readonly name: string;
}
