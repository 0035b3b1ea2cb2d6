import type { AlertingRule, RecordingRule } from '../../lib/metrics/rules';
import { prometheusRule } from '../../lib/emit/prometheus-rule';
import type { Manifest } from '../support/stack';
import { META } from '../monitoring/support';

const RECORD: RecordingRule = { record: 'a:b:c', expr: 'sum(a)', labels: { app: 'vllm' } };
const ALERT: AlertingRule = {
  alert: 'VllmDown',
  expr: 'absent(a)',
  for: 0,
  labels: { severity: 'critical' },
  annotations: { summary: 'down' },
};

const groupsOf = (...groups: Parameters<typeof prometheusRule>[1]): Manifest =>
  (prometheusRule('vllm-rules', groups, META) as Manifest).spec.groups;

describe('the PrometheusRule', () => {
  it('has the given name and labels', () => {
    expect(prometheusRule('vllm-rules', [{ name: 'a', rules: [RECORD] }], META)).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'vllm-rules', namespace: 'llm', labels: { release: 'prometheus' } },
    });
  });

  it('is not emitted without a rule, and has no empty group', () => {
    expect(prometheusRule('vllm-rules', [], META)).toBeUndefined();
    expect(prometheusRule('vllm-rules', [{ name: 'a', rules: [] }], META)).toBeUndefined();
    expect(groupsOf({ name: 'a', rules: [] }, { name: 'b', rules: [RECORD] })).toHaveLength(1);
  });

  it('writes times as Prometheus does, and omits 0 and unset times', () => {
    const rules = [ALERT, { ...ALERT, for: 300 }, { ...ALERT, for: 90 }];
    const [timed, untimed] = groupsOf({ name: 'a', interval: 60, rules }, { name: 'b', rules: [RECORD] });
    expect(timed.interval).toBe('1m');
    expect(timed.rules.map((rule: Manifest) => rule.for)).toEqual([undefined, '5m', '90s']);
    expect(timed.rules[0]).not.toHaveProperty('for');
    expect(untimed).not.toHaveProperty('interval');
  });

  it('keeps the rules as they are, in their order', () => {
    const [group] = groupsOf({ name: 'a', rules: [RECORD, ALERT] });
    expect(group.rules).toEqual([RECORD, { ...ALERT, for: undefined }]);
  });

  it('has only fields that Prometheus 2.42 knows', () => {
    const [group] = groupsOf({ name: 'a', interval: 60, rules: [RECORD] });
    expect(Object.keys(group)).toEqual(['name', 'interval', 'rules']);
  });
});
