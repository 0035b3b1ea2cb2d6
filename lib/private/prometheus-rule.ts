import type { ObjectMeta } from './object-meta';
import { objectMetadata } from './object-meta';
import { window } from './promql-window';

/** Labels or annotations of a rule. */
export type RuleLabels = Readonly<Record<string, string>>;

/** A query that Prometheus keeps as a series of its own. */
export interface RecordingRule {
  /** `level:metric:operations`, and never beginning with `vllm:`, the prefix of vLLM's own metrics. */
  readonly record: string;
  readonly expr: string;
  readonly labels?: RuleLabels;
}

/** A query that Prometheus tells the Alertmanager about while it has elements. */
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

function rule(each: RecordingRule | AlertingRule) {
  if ('record' in each) {
    const { record, expr, labels } = each;
    return { record, expr, labels: labels && { ...labels } };
  }
  const { alert, expr, labels, annotations } = each;
  const wait = each.for > 0 ? { for: window(each.for) } : {};
  return { alert, expr, ...wait, labels: { ...labels }, annotations: { ...annotations } };
}

/**
 * The PrometheusRule, or undefined when no group has a rule. It says only what Prometheus 2.42 knows: no labels of a
 * group, no `query_offset`.
 */
export function prometheusRule(name: string, groups: readonly RuleGroup[], meta: ObjectMeta) {
  const some = groups.filter(({ rules }) => rules.length > 0);
  if (some.length === 0) return undefined;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: objectMetadata(name, meta),
    spec: {
      groups: some.map(({ name: group, interval, rules }) => ({
        name: group,
        ...(interval === undefined ? {} : { interval: window(interval) }),
        rules: rules.map(rule),
      })),
    },
  };
}
