import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { show } from '../shapes/show';
import type { Shape } from '../shapes/shape';
import { isObject, isString, mapOf, matching, propertyOf, text } from '../shapes/shape';
import { regexProblem } from './query/regex';

const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The name of a metric, as Prometheus reads it without quotes. */
export const metricName = matching(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'the name of a Prometheus metric');

/** What a regular expression or a glob has. An address of IPv6 has brackets, and a cluster of Istio `outbound|80||name`. */
const isPattern = (value: string): boolean =>
  /[*\\]|\.\+|^\^|\$$|\[[^\]:]+\]/.test(value) || (value.includes('|') && !value.includes('||'));
/** An operator of PromQL, which stands before a value there. */
const OPERATOR = /^\s*(=~|!~|!=|==?)\s*/;

/** Findings of one value; `instead` is what to do with a pattern. */
type ValueCheck = (value: string, subject: string, instead: string) => Finding[];

const equalValue: ValueCheck = (value, subject, instead) => {
  const wrong = (problem: string, fix: string) => [error('label-value-pattern', subject, problem, fix)];
  if (OPERATOR.test(value)) return wrong(`is ${show(value)}, with an operator of PromQL`, 'write the value only');
  if (/^(["'`]).*\1$/.test(value)) return wrong(`is ${show(value)}, with quotes in it`, 'remove the inner quotes');
  if (/\$\{?\w|\{\{|^<.*>$/.test(value)) {
    return wrong(`is ${show(value)}, which nothing fills in`, 'write the value itself');
  }
  return isPattern(value) ? wrong(`is ${show(value)}, a pattern, and labels must equal it`, instead) : [];
};

const patternValue: ValueCheck = (value, subject) => {
  const problem = regexProblem(value);
  if (problem === undefined) return [];
  return [
    error('label-value-pattern', subject, `is ${show(value)}, a wrong regular expression: ${problem}`, 'correct it'),
  ];
};

/** Labels with a value each, at least one. */
function labels(check: ValueCheck, instead: string): Shape<Record<string, string>> {
  const values = mapOf(text);
  return {
    allowed: values.allowed,
    check: (value, subject, findings) => {
      const before = findings.length;
      values.check(value, subject, findings);
      if (findings.length > before || !isObject(value)) return;
      const entries = Object.entries(value);
      if (entries.length === 0) {
        findings.push(
          error('wrong-value', subject, 'is {}, so it selects every series', 'set at least one label, or remove it'),
        );
      }
      for (const [name, each] of entries) {
        if (!LABEL_NAME.test(name)) findings.push(labelNameFinding(name, subject));
        else if (isString(each)) findings.push(...check(each, propertyOf(subject, name), instead));
      }
    },
  };
}

function labelNameFinding(name: string, subject: string): Finding {
  const written = name.replace(/[^a-zA-Z0-9_]/g, '_');
  const fix = LABEL_NAME.test(written)
    ? `set "${written}", as Prometheus writes a label of a pod`
    : 'use letters, digits and "_", as Prometheus writes a label of a pod';
  return error('wrong-value', propertyOf(subject, name), 'is not a label name', fix);
}

/** Labels that must equal a value. `instead` is what to do with a pattern. */
export const equalLabels = (instead: string): Shape<Record<string, string>> => labels(equalValue, instead);

/** Labels that must match a regular expression of Prometheus, which is that of RE2 and matches the whole value. */
export const matchingLabels: Shape<Record<string, string>> = labels(patternValue, '');
