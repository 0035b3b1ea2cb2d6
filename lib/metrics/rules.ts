import type { RuleLabels } from '../private/prometheus-rule';

export type { AlertingRule, RecordingRule, RuleGroup, RuleLabels } from '../private/prometheus-rule';

/** Who is woken: `critical` somebody at night, `warning` somebody in working hours, `info` nobody. */
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
