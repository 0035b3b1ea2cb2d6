import { join } from 'node:path';
import type { RuleGroup } from '../../lib/metrics/rules';
import type { Case } from './promtool';
import { HOLDS, inFolder, readReport, run, verdictsOf, write } from './promtool';

/** What rules make of some series. */
export interface RuleCase extends Case {
  /** When the query is asked, after rules were evaluated every minute up to then. */
  readonly at: string;
}

/** Rules, and cases in which they are evaluated. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
  readonly cases: readonly RuleCase[];
}

/** Series have a sample each minute, and rules are evaluated as often. */
const INTERVAL = '1m';

/** Rule groups as a file of rules has them. */
function ruleFile(groups: readonly RuleGroup[]): object {
  const rules = groups.map(({ name, rules: each }) => ({
    name,
    rules: each.map((rule) => ('alert' in rule ? { ...rule, for: `${rule.for}s` } : rule)),
  }));
  return { groups: rules };
}

/** Runs the cases of all files in one process: what promtool has against each of them, by name. */
export function testRules(files: readonly RuleFile[]): ReadonlyMap<string, string> {
  return inFolder((folder) => {
    const written = files.map(({ groups, cases }, index) => {
      const rules = write(folder, `rules-${index}.yaml`, ruleFile(groups));
      const tests = cases.map(({ name, query, series, samples, at }) => ({
        name,
        interval: INTERVAL,
        input_series: series.map(([selector, values]) => ({ series: selector, values })),
        promql_expr_test: [{ expr: query, eval_time: at, exp_samples: samples }],
      }));
      const file = { fuzzy_compare: true, rule_files: [rules], evaluation_interval: INTERVAL, tests };
      return write(folder, `tests-${index}.yaml`, file);
    });
    const report = join(folder, 'report.xml');
    const said = run(['test', 'rules', `--junit=${report}`, ...written]).output;
    const verdicts = new Map(verdictsOf(readReport(report, said)));
    const unjudged = files.flatMap(({ cases }) => cases).find(({ name }) => !verdicts.has(name));
    if (unjudged) throw new Error(`promtool did not judge "${unjudged.name}":\n${said}`);
    return verdicts;
  });
}

/** Checks rule groups: all that promtool says, or HOLDS. */
export function checkRules(groups: readonly RuleGroup[]): string {
  return inFolder((folder) => {
    const file = write(folder, 'rules.yaml', ruleFile(groups));
    const { status, output } = run(['check', 'rules', '--lint=all', '--lint-fatal', file]);
    return status === 0 ? HOLDS : output;
  });
}
