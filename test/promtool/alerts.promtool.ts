import { ALERT_ROWS } from '../../lib/alerts/catalogue/alert-catalogue';
import type { AlertingRule } from '../../lib/metrics/rules';
import { type AlertCase, seriesOf } from './alerts-case';
import { CASES } from './alerts-cases';
import type { Labels } from './alerts-series';
import { rulesOf, type StackName, STACKS } from './alerts-stacks';
import { expectHolds } from './promtool';
import { checkRules, type RuleCase, testRules } from './rules';

const names = Object.keys(STACKS) as StackName[];
const stackOf = ({ stack = 'scaled' }: AlertCase): StackName => stack;

const alertsOf = (name: StackName): AlertingRule[] =>
  rulesOf(name).flatMap(({ rules }) => rules.filter((rule) => 'alert' in rule));

/** An element of ALERTS. The labels of the rule win over those of the series. */
function firing({ alert, labels }: AlertingRule, more: Labels) {
  const all = { ...more, ...labels, alertname: alert, alertstate: 'firing' };
  const matchers = Object.entries(all).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { labels: `ALERTS{${matchers.join(',')}}`, value: 1 };
}

function caseOf(each: AlertCase): RuleCase {
  const rules = new Map(alertsOf(stackOf(each)).map((rule) => [rule.alert, rule]));
  const samples = Object.entries(each.fires ?? {}).flatMap(([name, fired]) => {
    const rule = rules.get(name);
    if (!rule) throw new Error(`the stack has no ${name}`);
    return fired.map((labels) => firing(rule, labels));
  });
  const query = 'ALERTS{alertstate="firing"}';
  return { name: each.title, series: seriesOf(each), minutes: each.at, questions: [{ query, samples }] };
}

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  const files = names.map((name) => ({
    groups: rulesOf(name),
    cases: CASES.filter((each) => stackOf(each) === name).map(caseOf),
  }));
  verdicts = testRules(files);
});

test.each(names)('the rules of a stack %s pass every lint', (name) => {
  expectHolds(checkRules(rulesOf(name)));
});

describe.each(names)('in a stack %s, exactly the expected alerts fire for', (name) => {
  test.each(CASES.filter((each) => stackOf(each) === name))('$title', ({ title }) => {
    expectHolds(verdicts.get(title));
  });
});

describe.each(ALERT_ROWS)('$name', ({ name, summary, description }) => {
  test('fires in some case', () => {
    expect(CASES.some(({ fires = {} }) => name in fires)).toBe(true);
  });

  test('has a description with labels that it has', () => {
    const used = [...`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
    const fired = CASES.flatMap(({ fires = {} }) => fires[name] ?? []);
    expect(fired.flatMap((labels) => used.filter((label) => !(label in labels)))).toEqual([]);
  });

  test('is silent in some case that could fire by mistake', () => {
    const misleading = CASES.filter(({ silent = [], fires = {} }) => silent.includes(name) && !(name in fires));
    expect(misleading.some((each) => alertsOf(stackOf(each)).some(({ alert }) => alert === name))).toBe(true);
  });
});
