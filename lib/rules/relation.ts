import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { inWords, met } from './condition';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { RELATIONS } from './relations';
import type { Relation } from './relation-row';
import { nameOf, originOf, valueAt } from './setting';

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
  const is = `${nameOf(when.setting)} is ${JSON.stringify(valueAt(context, when.setting))}`;
  if (needs.length > 0 && !needs.some((condition) => met(condition, context))) {
    const wanted = needs.map(inWords).join(', or ');
    return [error('option-without-another', subject, `${is}, which needs ${wanted}`, `set ${wanted}, or remove it`)];
  }
  const other = without.find((condition) => met(condition, context));
  if (other === undefined) return [];
  const problem = `${is}, which vLLM refuses together with ${inWords(other)}`;
  return [
    error(
      'options-together',
      subject,
      problem,
      `remove one of the two; the other is ${originOf(context, other.setting)}`,
    ),
  ];
}

/** Every relation of the table. */
export const relations: CrossCheck = (context) => RELATIONS.flatMap((relation) => relationFindings(relation, context));
