import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { asSet, inWords, met, toHold } from './condition';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { RELATIONS } from './relations';
import type { Relation } from './relation-row';
import { flagOf, originOf, valueInWords } from './setting';

/** Whether vLLM checks this relation for this command line. */
function applies({ in: span, when, and = [], model }: Relation, context: CrossCheckContext): boolean {
  if (!met(when, context) || !holds(span, context.release)) return false;
  if (!and.every((condition) => met(condition, context))) return false;
  return model === undefined || (context.architecture !== undefined && model(context.architecture));
}

/** What is found about one relation: at most one thing, since one change ends it. */
function relationFindings(relation: Relation, context: CrossCheckContext): Finding[] {
  if (!applies(relation, context)) return [];
  const { when, needs = [], without = [] } = relation;
  const subject = originOf(context, when.setting);
  const is = valueInWords(context, when.setting);
  if (needs.length > 0 && !needs.some((condition) => met(condition, context))) {
    const problem = `${is}, which needs ${needs.map(inWords).join(', or ')}`;
    const fix = `${toHold(needs)}, or remove it`;
    return [error('option-without-another', subject, problem, fix)];
  }
  const other = without.find((condition) => met(condition, context));
  if (other === undefined) return [];
  const problem = `${is}, which vLLM refuses together with ${inWords(asSet(other, context))}`;
  const fix = `remove one of the two; the other is ${originOf(context, other.setting)}`;
  return [error('options-together', subject, problem, fix)];
}

/** The rows about each flag, and about variables: of most stacks, few flags are set. */
const ROWS = new Map<string, [index: number, relation: Relation][]>();
RELATIONS.forEach((relation, index) => {
  const about = flagOf(relation.when.setting) ?? '';
  ROWS.set(about, [...(ROWS.get(about) ?? []), [index, relation]]);
});

/** Every relation of the table. A condition holds for a value, so that a row about an unset flag has no finding. */
export const relations: CrossCheck = (context) =>
  ['', ...context.facts.flags]
    .flatMap((flag) => ROWS.get(flag) ?? [])
    .sort(([a], [b]) => a - b)
    .flatMap(([, relation]) => relationFindings(relation, context));
