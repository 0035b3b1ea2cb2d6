import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { inWords, met, toSet } from './condition';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { RELATIONS } from './relations';
import type { Relation } from './relation-row';
import type { Setting } from './setting';
import { flagOf, nameOf, originOf, valueAt } from './setting';

/** Whether vLLM checks this relation for this command line. */
function applies({ in: span, when, and = [], model }: Relation, context: CrossCheckContext): boolean {
  if (!met(when, context) || !holds(span, context.release)) return false;
  if (!and.every((condition) => met(condition, context))) return false;
  return model === undefined || (context.architecture !== undefined && model(context.architecture));
}

/** The value that is set, without a name that the subject of the finding has already. */
function shownAs(setting: Setting, subject: string, context: CrossCheckContext): string {
  const name = nameOf(setting);
  const is = `is ${JSON.stringify(valueAt(context, setting))}`;
  if (name === subject) return is;
  return `${name.startsWith(`${subject}.`) ? name.slice(subject.length + 1) : name} ${is}`;
}

/** What is found about one relation: at most one thing, since one change ends it. */
function relationFindings(relation: Relation, context: CrossCheckContext): Finding[] {
  if (!applies(relation, context)) return [];
  const { when, needs = [], without = [] } = relation;
  const subject = originOf(context, when.setting);
  const is = shownAs(when.setting, subject, context);
  if (needs.length > 0 && !needs.some((condition) => met(condition, context))) {
    const problem = `${is}, which needs ${needs.map(inWords).join(', or ')}`;
    const fix = `set ${needs.map(toSet).join(', or ')}, or remove it`;
    return [error('option-without-another', subject, problem, fix)];
  }
  const other = without.find((condition) => met(condition, context));
  if (other === undefined) return [];
  const problem = `${is}, which vLLM refuses together with ${inWords(other)}`;
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
