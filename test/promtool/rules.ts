import { join } from 'node:path';
import type { AlertingRule, RecordingRule, RuleGroup } from '../../lib/metrics/rules';
import type { Sample } from './promtool';
import { HOLDS, inFolder, readReport, run, verdictsOf, write } from './promtool';
import type { Series } from './series';

/** A question that is asked once the rules have been evaluated for a while, and the whole answer. */
export interface Question {
  readonly query: string;
  readonly samples: readonly Sample[];
}

/** An alert as it reaches the Alertmanager. */
export interface Fired {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What rules make of some series, after `minutes` of them. */
export interface RuleCase {
  /** Distinct among the cases of one run. */
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  readonly series: readonly Series[];
  readonly minutes: number;
  readonly questions: readonly Question[];
  readonly fired?: readonly Fired[];
}

/** Seconds between samples and between evaluations. */
export interface Pace {
  readonly scrape: number;
  readonly evaluation: number;
}

function ruleFile(groups: readonly RuleGroup[]): object {
  const written = (rule: RecordingRule | AlertingRule): object =>
    'for' in rule ? { ...rule, for: `${rule.for}s` } : rule;
  return {
    groups: groups.map(({ name, interval, rules }) => ({
      name,
      ...(interval === undefined ? {} : { interval: `${interval}s` }),
      rules: rules.map(written),
    })),
  };
}

/** Checks rules with every lint fatal: all that promtool says, or HOLDS. */
export function checkRules(groups: readonly RuleGroup[]): string {
  return inFolder((folder) => {
    const file = write(folder, 'rules.yaml', ruleFile(groups));
    const { status, output } = run(['check', 'rules', '--lint=all', '--lint-fatal', file]);
    return status === 0 ? HOLDS : output;
  });
}

/** Runs cases that share their rules and their pace: what promtool has against each of them, by name. */
export function testRules(cases: readonly RuleCase[], { scrape, evaluation }: Pace): ReadonlyMap<string, string> {
  const verdicts = new Map<string, string>();
  for (const groups of new Set(cases.map((each) => each.groups))) {
    const together = cases.filter((each) => each.groups === groups);
    const tests = together.map(({ name, series, minutes, questions, fired = [] }) => ({
      name,
      interval: `${scrape}s`,
      input_series: series.map(([selector, values]) => ({ series: selector, values })),
      promql_expr_test: questions.map(({ query, samples }) => ({
        expr: query,
        eval_time: `${minutes * 60}s`,
        exp_samples: samples,
      })),
      alert_rule_test: fired.map(({ alert, labels, annotations }) => ({
        eval_time: `${minutes * 60}s`,
        alertname: alert,
        exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }],
      })),
    }));
    inFolder((folder) => {
      const rules = write(folder, 'rules.yaml', ruleFile(groups));
      const file = { rule_files: [rules], fuzzy_compare: true, evaluation_interval: `${evaluation}s`, tests };
      const report = join(folder, 'report.xml');
      const said = run(['test', 'rules', `--junit=${report}`, write(folder, 'tests.yaml', file)]).output;
      const judged = verdictsOf(readReport(report, said));
      if (judged.length < together.length) throw new Error(`promtool judged not every case:\n${said}`);
      judged.forEach(([name, verdict]) => verdicts.set(name, verdict));
    });
  }
  return verdicts;
}
