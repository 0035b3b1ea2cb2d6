import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import { LABEL_VALUE } from '../../shapes/kubernetes-names';
import { show } from '../../shapes/show';
import type { Tree } from '../pod/tree';
import { list, tree } from '../pod/tree';
import { requiredAffinity, SELECTOR, SPEC, TERMS } from './requirement';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];
const KINDS = ['requiredDuringSchedulingIgnoredDuringExecution', 'preferredDuringSchedulingIgnoredDuringExecution'];

const refused = (subject: string, problem: string, fix: string): Finding => error('wrong-value', subject, problem, fix);

/** Values of labels are strings: the API refuses `true` and `8` without quotes. */
function selectorFindings(selector: unknown): Finding[] {
  if (selector === undefined || selector === null) return [];
  if (typeof selector !== 'object' || Array.isArray(selector)) {
    return [refused(SELECTOR, `is ${show(selector)}`, 'give a map of labels')];
  }
  return Object.entries(selector).flatMap(([key, value]) => {
    // null removes the label.
    if (value === null || (typeof value === 'string' && LABEL_VALUE.test(value))) return [];
    const isPlain = typeof value === 'boolean' || typeof value === 'number';
    const fix = isPlain
      ? `write '${String(value)}', in quotes`
      : 'give a label value, a string of at most 63 characters';
    return [refused(`${SELECTOR}["${key}"]`, `is ${show(value)}, and values of labels are strings`, fix)];
  });
}

function expressionFindings({ key, operator, values }: Tree, subject: string): Finding[] {
  if (typeof key !== 'string' || key === '') return [refused(subject, 'has no key', 'set the key of a label')];
  if (typeof operator !== 'string' || !OPERATORS.includes(operator)) {
    const hint = typeof operator === 'string' ? didYouMean(operator, OPERATORS) : '';
    return [refused(`${subject}.operator`, `is ${show(operator)}${hint}`, `use ${OPERATORS.join(', ')}`)];
  }
  const given = Array.isArray(values) ? (values as unknown[]) : [];
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    return given.length === 0 ? [] : [refused(`${subject}.values`, `is set for ${operator}`, 'remove it')];
  }
  const wrong = given.find((value) => typeof value !== 'string');
  if (wrong !== undefined) {
    const fix = `write '${String(wrong)}', in quotes`;
    return [refused(`${subject}.values`, `has ${show(wrong)}, and values of labels are strings`, fix)];
  }
  if (operator === 'Gt' || operator === 'Lt') {
    const isNumber = given.length === 1 && /^\d+$/.test(String(given[0]));
    return isNumber
      ? []
      : [refused(`${subject}.values`, `is ${show(values)} for ${operator}`, 'give one whole number')];
  }
  return given.length > 0 ? [] : [refused(`${subject}.values`, `is ${show(values)} for ${operator}`, 'give values')];
}

/** Parts of the node selection that the API refuses, or would not read. */
export function affinityShape(spec: Tree): Finding[] {
  const findings = selectorFindings(spec['nodeSelector']);
  if ('nodeAffinity' in spec) {
    findings.push(refused(`${SPEC}.nodeAffinity`, 'is not a field of a pod', 'put it under affinity'));
  }
  const affinity = tree(tree(spec['affinity'])['nodeAffinity']);
  for (const kind of Object.keys(affinity).filter((each) => !KINDS.includes(each))) {
    const problem = `is not a field of a node affinity${didYouMean(kind, KINDS)}`;
    findings.push(refused(`${SPEC}.affinity.nodeAffinity.${kind}`, problem, `use ${KINDS[0]}`));
  }
  const required = requiredAffinity(spec);
  if (Object.keys(required).length === 0) return findings;
  const { nodeSelectorTerms: terms } = required;
  if (!Array.isArray(terms) || terms.length === 0) {
    findings.push(refused(TERMS, `is ${show(terms)}`, 'give a list of terms, each with matchExpressions'));
  }
  list(terms).forEach((term, index) => {
    const subject = `${TERMS}[${index}]`;
    if (!('matchExpressions' in term) && !('matchFields' in term)) {
      findings.push(refused(subject, `is ${show(term)}, which selects no node`, 'give it matchExpressions'));
    }
    list(term['matchExpressions']).forEach((expression, at) =>
      findings.push(...expressionFindings(expression, `${subject}.matchExpressions[${at}]`)),
    );
  });
  return findings;
}
