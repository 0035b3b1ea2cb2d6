import type { NodeLabels } from '../../accelerator/placement';
import { propertyOf } from '../../shapes/shape';
import type { Tree } from '../pod/tree';
import { list, tree } from '../pod/tree';

/** What a node must have, and where the user wrote it. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly subject: string;
}

/** Requirements that hold together. Several terms are alternatives. */
export type Term = readonly Requirement[];

export const SPEC = 'podTemplateOverrides.spec';
const AFFINITY = `${SPEC}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`;
export const TERMS = `${AFFINITY}.nodeSelectorTerms`;
export const SELECTOR = `${SPEC}.nodeSelector`;

/** The required node affinity in the overrides. */
const requiredAffinity = (spec: Tree): Tree =>
  tree(tree(tree(spec['affinity'])['nodeAffinity'])['requiredDuringSchedulingIgnoredDuringExecution']);

/** Whether the overrides say anything about nodes. */
export const choosesNodes = (spec: Tree): boolean =>
  'nodeSelector' in spec || 'nodeName' in spec || 'nodeAffinity' in tree(spec['affinity']);

const strings = (values: unknown): string[] =>
  Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];

/** The alternatives that the affinity in the overrides has; undefined without one. */
function ownTerms(spec: Tree): Term[] | undefined {
  const { nodeSelectorTerms } = requiredAffinity(spec);
  if (!Array.isArray(nodeSelectorTerms)) return undefined;
  return list(nodeSelectorTerms).map((term, index) =>
    list(term['matchExpressions']).flatMap(({ key, operator, values }, at) =>
      typeof key === 'string' && typeof operator === 'string'
        ? [{ key, operator, values: strings(values), subject: `${TERMS}[${index}].matchExpressions[${at}]` }]
        : [],
    ),
  );
}

/** A label of the placement, as the pod has it: one value is in the selector, and several are in the affinity. */
const isSelected = (values: readonly string[]): boolean => values.length === 1;

/**
 * The alternatives that the pod has in the end, as `merge` makes them: keys of the selector replace those of the
 * placement, and a list of terms replaces its whole list.
 */
export function finalTerms(placement: NodeLabels, spec: Tree): Term[] {
  const { nodeSelector } = spec;
  const selector = tree(nodeSelector);
  const labels = Object.entries(placement);
  const kept = labels.filter(([key, values]) => !(isSelected(values) && (nodeSelector === null || key in selector)));
  const asked = ([key, values]: [string, readonly string[]]): Requirement => ({
    key,
    operator: 'In',
    values,
    subject: 'placement',
  });
  const selected: Requirement[] = [
    ...kept.filter(([, values]) => isSelected(values)).map(asked),
    ...Object.entries(selector).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ key, operator: 'In', values: [value], subject: propertyOf(SELECTOR, key) }] : [],
    ),
  ];
  const terms = ownTerms(spec) ?? [kept.filter(([, values]) => !isSelected(values)).map(asked)];
  // Kubernetes ignores an empty term beside others; alone, it selects nothing.
  return terms.map((term) => [...selected, ...term]);
}

/** Labels of the placement that the overrides replace, each with what replaces it. */
export function replaced(placement: NodeLabels, spec: Tree): { key: string; values: readonly string[]; by: string }[] {
  const { nodeSelector } = spec;
  const selector = tree(nodeSelector);
  const terms = ownTerms(spec);
  return Object.entries(placement).flatMap(([key, values]) => {
    if (isSelected(values)) {
      if (nodeSelector === null) return [{ key, values, by: SELECTOR }];
      const given = selector[key];
      // null removes the label, and other values than strings have a finding of their own.
      const isReplaced = given === null || (typeof given === 'string' && given !== values[0]);
      return isReplaced ? [{ key, values, by: propertyOf(SELECTOR, key) }] : [];
    }
    const keeps = terms?.every((term) => term.some((each) => each.key === key)) ?? true;
    return keeps ? [] : [{ key, values, by: TERMS }];
  });
}
