import { join } from 'node:path';
import type { AlertingRule, RecordingRule, RuleGroup } from '../../lib/metrics/rules';
import type { Sample } from './promtool';
import { HOLDS, inFolder, readReport, run, verdictsOf, write } from './promtool';
import type { Series } from './series';

/** A question that is asked once the rules have been evaluated for a while, and the whole answer. */
export interface Question {
  readonly query: string;
  readonly samples: readonly Sample[];
  /** When it is asked, if not at the end of the case. */
  readonly minutes?: number;
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
  readonly series: readonly Series[];
  readonly minutes: number;
  readonly questions: readonly Question[];
  readonly fired?: readonly Fired[];
}

/** Rules, and cases in which they are evaluated. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
  readonly cases: readonly RuleCase[];
}

/** Seconds between samples and between evaluations. */
export interface Pace {
  readonly scrape: number;
  readonly evaluation: number;
}

const BY_THE_MINUTE: Pace = { scrape: 60, evaluation: 60 };

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

/** Checks rules with every lint fatal: all that promtool prints, or HOLDS. */
export function checkRules(groups: readonly RuleGroup[]): string {
  return inFolder((folder) => {
    const file = write(folder, 'rules.yaml', ruleFile(groups));
    const { status, output } = run(['check', 'rules', '--lint=all', '--lint-fatal', file]);
    return status === 0 ? HOLDS : output;
  });
}

function testOf({ name, series, minutes, questions, fired = [] }: RuleCase, scrape: number): object {
  const at = (minute: number) => `${minute * 60}s`;
  return {
    name,
    interval: `${scrape}s`,
    input_series: series.map(([selector, values]) => ({ series: selector, values })),
    promql_expr_test: questions.map(({ query, samples, minutes: asked = minutes }) => ({
      expr: query,
      eval_time: at(asked),
      exp_samples: samples,
    })),
    alert_rule_test: fired.map(({ alert, labels, annotations }) => ({
      eval_time: at(minutes),
      alertname: alert,
      exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }],
    })),
  };
}

/** Runs the cases of all files in one process: what promtool reports about each of them, by name. */
export function testRules(
  files: readonly RuleFile[],
  { scrape, evaluation }: Pace = BY_THE_MINUTE,
): ReadonlyMap<string, string> {
  return inFolder((folder) => {
    const written = files.map(({ groups, cases }, index) => {
      const rules = write(folder, `rules-${index}.yaml`, ruleFile(groups));
      const tests = cases.map((each) => testOf(each, scrape));
      const file = {
        rule_files: [rules],
        // Without it, promtool evaluates groups in another order each time, and what reads a record may be a sample late.
        group_eval_order: groups.map(({ name }) => name),
        fuzzy_compare: true,
        evaluation_interval: `${evaluation}s`,
        tests,
      };
      return write(folder, `tests-${index}.yaml`, file);
    });
    const report = join(folder, 'report.xml');
    const printed = run(['test', 'rules', `--junit=${report}`, ...written]).output;
    const verdicts = new Map(verdictsOf(readReport(report, printed)));
    const unjudged = files.flatMap(({ cases }) => cases).find(({ name }) => !verdicts.has(name));
    if (unjudged) throw new Error(`promtool did not judge "${unjudged.name}":\n${printed}`);
    return verdicts;
  });
}
