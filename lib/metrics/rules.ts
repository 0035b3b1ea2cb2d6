/** Labels or annotations of a rule. */
export type RuleLabels = Readonly<Record<string, string>>;

/** A query that Prometheus records as a series. */
export interface RecordingRule {
  /** `level:metric:operations`, and never with the prefix `vllm:`, which vLLM's own metrics have. */
  readonly record: string;
  readonly expr: string;
  readonly labels?: RuleLabels;
}

/** A query for which Prometheus notifies the Alertmanager while it has elements. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** Seconds for which the query must have an element; 0 for at once. */
  readonly for: number;
  readonly labels: RuleLabels;
  readonly annotations: RuleLabels;
}

/** Rules that are evaluated one after the other. */
export interface RuleGroup {
  readonly name: string;
  /** Seconds between evaluations; the server's own interval when absent. */
  readonly interval?: number;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

/** How urgent it is: `critical` pages a person on call, `warning` waits for working hours, `info` notifies no one. */
export type Severity = 'critical' | 'warning' | 'info';

/** An alert before it gets the labels of its stack, its runbook and what the user tuned. */
export interface Alert {
  /** CamelCase, beginning with `Vllm`: the key to tune it by, and the name of its runbook. */
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  /** Seconds for which the query must have an element; 0 for at once. */
  readonly for: number;
  /** Labels besides those of the stack and `severity`. */
  readonly labels?: RuleLabels;
  /** One line. */
  readonly summary: string;
  /** What is seen, with the value in a template such as `{{ $value | humanizeDuration }}`. */
  readonly description: string;
}
