import type { PrometheusRuleProps } from '../../imports/monitoring.coreos.com';
import type { RecordingRule, AlertingRule, RuleGroup } from '../metrics/rules';
import type { ObjectMeta } from './object-meta';
import { objectMetadata } from './object-meta';
import { window } from '../units/promql-window';

type Group = NonNullable<PrometheusRuleProps['spec']['groups']>[number];
type Rule = NonNullable<Group['rules']>[number];

function rule(each: RecordingRule | AlertingRule): Rule {
  // Expressions are text here; the generated type is "number or string".
  const expr = each.expr as never;
  if ('record' in each) return { record: each.record, expr, labels: each.labels && { ...each.labels } };
  const { alert, labels, annotations } = each;
  const wait = each.for > 0 ? { for: window(each.for) } : {};
  return { alert, expr, ...wait, labels: { ...labels }, annotations: { ...annotations } };
}

/**
 * The PrometheusRule, or undefined when no group has a rule. It uses only fields that Prometheus 2.42 knows: no labels
 * of a group, no `query_offset`.
 */
export function prometheusRule(name: string, groups: readonly RuleGroup[], meta: ObjectMeta): object | undefined {
  const some = groups.filter(({ rules }) => rules.length > 0);
  if (some.length === 0) return undefined;
  const spec = {
    groups: some.map(({ name: group, interval, rules }) => ({
      name: group,
      ...(interval === undefined ? {} : { interval: window(interval) }),
      rules: rules.map(rule),
    })),
  } satisfies PrometheusRuleProps['spec'];
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: objectMetadata(name, meta), spec };
}
